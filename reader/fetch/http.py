"""httpx, imported without its command line, which would also import click and rich (55 ms)."""

import sys

_COMMAND_LINE = "httpx._main"

# A module that is None cannot be imported, and httpx does without it.
sys.modules.setdefault(_COMMAND_LINE, None)  # type: ignore[arg-type]
import httpx  # noqa: E402 - what is above keeps its command line out

if sys.modules[_COMMAND_LINE] is None:
    del sys.modules[_COMMAND_LINE]

__all__ = ["httpx"]
