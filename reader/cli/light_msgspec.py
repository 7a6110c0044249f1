"""msgspec, imported without typing_extensions, which would also import inspect (5 ms).

msgspec then uses the same names of `typing`. What needs typing_extensions later can import it.
"""

import sys

_EXTENSIONS = "typing_extensions"

# A module that is None cannot be imported.
sys.modules.setdefault(_EXTENSIONS, None)  # type: ignore[arg-type]
import msgspec  # noqa: E402 - what is above keeps typing_extensions out

if sys.modules[_EXTENSIONS] is None:
    del sys.modules[_EXTENSIONS]

__all__ = ["msgspec"]
