"""What the environment says of the terminal, as far as it is reliable."""

import os
from collections.abc import Mapping

# Consoles without a clipboard; some would print what is sent to it.
_BARE_TERMINALS = ("linux", "dumb", "unknown", "ansi", "cons25", "sun", "vt")


def settle_environment(descriptor: int) -> None:
    """Remove what the environment says wrongly of the terminal behind a descriptor.

    An exported size holds for the terminal that it was exported in, and for the size this one had
    then. An empty NO_COLOR says nothing.
    """
    try:
        known = all(os.get_terminal_size(descriptor))
    except OSError:
        known = False
    if known:
        for name in ("COLUMNS", "LINES"):
            os.environ.pop(name, None)
    if os.environ.get("NO_COLOR") == "":
        del os.environ["NO_COLOR"]


def has_clipboard(environment: Mapping[str, str]) -> bool:
    """Tell whether the terminal may have a clipboard that programs can write to."""
    name = environment.get("TERM", "").lower()
    if environment.get("TERM_PROGRAM") == "Apple_Terminal":
        return False
    return bool(name) and not name.startswith(_BARE_TERMINALS)
