"""httpcore, imported without anyio and trio, which only its asynchronous half needs (4 ms)."""

import sys

_ASYNCHRONOUS = ("anyio", "trio")

# A module that is None cannot be imported, and httpcore does without these.
_hidden = [name for name in _ASYNCHRONOUS if name not in sys.modules]
sys.modules.update(dict.fromkeys(_hidden))  # type: ignore[arg-type]
import httpcore  # noqa: E402 - what is above keeps them out

for _name in _hidden:
    del sys.modules[_name]

__all__ = ["httpcore"]
