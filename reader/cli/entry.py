"""The entry point of the program: any interrupt, also during imports, ends it silently.

The handlers are in place before any module is imported that Python itself did not import.
"""

import os
import sys

# As in `typing`, which is not imported yet.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from sys import UnraisableHookArgs
    from types import FrameType, TracebackType

_INTERRUPTED = 130


def _note_unraisable(unraisable: "UnraisableHookArgs") -> None:
    """End if an interrupt came in a function that cannot pass it on, else proceed as usual."""
    if issubclass(unraisable.exc_type, KeyboardInterrupt):
        os._exit(_INTERRUPTED)
    sys.__unraisablehook__(unraisable)


def _note_uncaught(
    kind: type[BaseException], error: BaseException, traceback: "TracebackType | None"
) -> None:
    """Print an uncaught exception; end if it is an interrupt."""
    if issubclass(kind, KeyboardInterrupt):
        os._exit(_INTERRUPTED)
    sys.__excepthook__(kind, error, traceback)


def _end(_number: int, _frame: "FrameType | None") -> None:
    """End at once; until a command is under way there is nothing to finish."""
    os._exit(_INTERRUPTED)


def _guard() -> None:
    sys.unraisablehook = _note_unraisable
    sys.excepthook = _note_uncaught
    # This imports other modules, which are guarded by now.
    import signal

    # A signal that is ignored, as in the background, stays ignored.
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, _end)


def main() -> int:
    """Run the command line.

    Return 0 for success, 1 for failure, 2 for wrong usage, 130 if interrupted.
    """
    # Imported only now that an interrupt no longer causes a traceback.
    import gc

    # Nearly all objects that are made before the first output stay alive.
    gc.disable()
    from reader.cli import light_msgspec  # noqa: F401 - before any record is defined
    from reader.cli.main import main as run

    try:
        status = run()
    except KeyboardInterrupt:
        status = _INTERRUPTED
    _guard()
    return status


_guard()
