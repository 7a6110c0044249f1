"""Where the program begins: whatever interrupts it, also while it is imported, it ends in silence.

What sees to that is in place before anything is imported that Python itself did not import.
"""

import os
import sys

# As `typing` has it, which is not there yet.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from sys import UnraisableHookArgs
    from types import FrameType, TracebackType

_INTERRUPTED = 130


def _note_unraisable(unraisable: "UnraisableHookArgs") -> None:
    """End where an interrupt came in a function that cannot pass it on, else as usual."""
    if issubclass(unraisable.exc_type, KeyboardInterrupt):
        os._exit(_INTERRUPTED)
    sys.__unraisablehook__(unraisable)


def _note_uncaught(
    kind: type[BaseException], error: BaseException, traceback: "TracebackType | None"
) -> None:
    """Print what nothing caught; end where it is an interrupt."""
    if issubclass(kind, KeyboardInterrupt):
        os._exit(_INTERRUPTED)
    sys.__excepthook__(kind, error, traceback)


def _end(_number: int, _frame: "FrameType | None") -> None:
    """End at once; until a command is under way there is nothing to finish."""
    os._exit(_INTERRUPTED)


def _guard() -> None:
    sys.unraisablehook = _note_unraisable
    sys.excepthook = _note_uncaught
    # Imports others, which are guarded by now.
    import signal  # noqa: PLC0415

    # Where it is ignored, as in the background, it stays so.
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, _end)


def main() -> int:
    """Run the command line; return 0 done, 1 could not, 2 wrong usage, 130 interrupted."""
    # Imported once an interrupt is not a traceback any more.
    from reader.cli.main import main as run  # noqa: PLC0415

    try:
        status = run()
    except KeyboardInterrupt:
        status = _INTERRUPTED
    _guard()
    return status


_guard()
