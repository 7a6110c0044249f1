"""The command line: the only place that wires the real parts together."""

import gc
import io
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

from reader.cli.arguments import build_parser
from reader.errors import ReaderError, UsageError
from reader.text.sanitize import clean_line

_WRONG_USAGE = 2
_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 done, 1 could not, 2 wrong usage, 130 interrupted."""
    # Nearly all that is made on the way to the first output stays.
    gc.disable()
    interrupts: list[int] = []
    try:
        _prepare_streams()
        given = sys.argv[1:] if arguments is None else arguments
        chosen = build_parser(given).parse_args(given)
        if chosen.command is not None:
            _note_interrupts(interrupts)
        # Imported once the arguments hold, so that `--version` and wrong usage answer at once.
        from reader.cli.commands import run  # noqa: PLC0415

        status = run(chosen)
        sys.stdout.flush()
        # What is left goes with the process, and need not be looked through before.
        gc.freeze()
    except ReaderError as error:
        # SQLite makes an error of an interrupt that comes while it calls a function of ours.
        if interrupts:
            return _INTERRUPTED
        _complain(str(error))
        return _WRONG_USAGE if isinstance(error, UsageError) else 1
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader of the pipe has seen enough; nothing more may be written to it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _complain(f"it could not go on: {error}")
    except Exception as error:  # noqa: BLE001 - the outermost: a user never sees a traceback
        return _complain(f"unexpected {type(error).__name__}: {error}; please report this")
    return status


def _note_interrupts(interrupts: list[int]) -> None:
    """Have the number of each signal that interrupts the program added to `interrupts`."""

    def interrupt(number: int, _frame: FrameType | None) -> NoReturn:
        interrupts.append(number)
        raise KeyboardInterrupt

    # Where it is ignored, as in the background, it stays so.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, interrupt)


def _prepare_streams() -> None:
    """Let no closed stream and no character that the locale lacks stop a command."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _complain(message: str) -> int:
    print(f"znreader: {clean_line(message)}", file=sys.stderr)
    return 1
