"""httpx, imported without its command line, which would also import click and rich (55 ms)."""

import sys

_COMMAND_LINE = "httpx._main"

if "httpx" not in sys.modules:
    # A module that is None cannot be imported, and httpx works without its command line.
    sys.modules[_COMMAND_LINE] = None  # type: ignore[assignment]
import httpx  # noqa: E402 - the lines above keep its command line out

sys.modules.pop(_COMMAND_LINE, None)

__all__ = ["httpx"]
