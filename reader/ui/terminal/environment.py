"""Corrections of what the environment says about the terminal."""

import os
from collections.abc import Mapping

# Consoles without a clipboard; some would print the sequence sent to it.
_BARE_TERMINALS = ("linux", "dumb", "unknown", "ansi", "cons25", "sun", "vt")


def settle_environment(descriptor: int) -> None:
    """Remove wrong statements about the terminal behind a descriptor from the environment.

    An exported size is valid for the terminal that it was exported in, and for the size of this one
    at that time. An empty NO_COLOR means nothing.
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
