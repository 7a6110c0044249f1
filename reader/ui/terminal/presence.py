"""Detects whether the terminal that the program draws on still exists."""

import os
import sys


def terminal_is_gone() -> bool:
    """Tell whether the terminal was closed, for cases in which no hangup signal arrives.

    A program started through another one, such as make, may never get that signal.
    """
    try:
        descriptor = sys.__stdin__.fileno() if sys.__stdin__ else -1
        os.get_terminal_size(descriptor)
    except (OSError, ValueError):
        return True
    return False
