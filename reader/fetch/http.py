"""httpx, imported without its command line, which would bring click and rich along (55 ms)."""

import sys

_COMMAND_LINE = "httpx._main"

if "httpx" not in sys.modules:
    # A module that is None cannot be imported, and httpx does without where that is so.
    sys.modules[_COMMAND_LINE] = None  # type: ignore[assignment]
import httpx  # noqa: E402 - what is above keeps its command line out

sys.modules.pop(_COMMAND_LINE, None)

__all__ = ["httpx"]
