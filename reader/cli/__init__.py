"""The command line: the only place that wires the real parts together."""

import os
import sys
from collections.abc import Sequence

from reader.cli.arguments import build_parser
from reader.errors import ReaderError
from reader.text.clean import clean_line

_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 done, 1 could not, 2 wrong usage, 130 interrupted."""
    parser = build_parser()
    chosen = parser.parse_args(arguments)
    try:
        # Imported once the arguments hold, so that `--version` and wrong usage answer at once.
        from reader.cli.commands import run  # noqa: PLC0415

        status = run(chosen)
        sys.stdout.flush()
    except ReaderError as error:
        return _complain(str(error))
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader of the pipe has seen enough; nothing more may be written to it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the outermost: a user never sees a traceback
        return _complain(f"unexpected {type(error).__name__}: {error}; please report this")
    return status


def _complain(message: str) -> int:
    print(f"znreader: {clean_line(message)}", file=sys.stderr)
    return 1
