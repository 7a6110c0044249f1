"""`znreader`: runs one command, and turns whatever happens into an exit status."""

import argparse
import gc
import importlib
import io
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout, suppress
from types import FrameType
from typing import NoReturn, TextIO

from reader.cli.parser import build_parser
from reader.cli.printer import Printer
from reader.config import Settings, language_of_locale, load_settings
from reader.errors import ReaderError, Reason, UsageError, os_reason, reason

# Selectors are checked for these commands, which import the parser anyway.
_PARSING = {"sync", "fetch", "show", "parse", "import", "reparse"}
# The first two print problems themselves; the output of the others is read by programs.
_TELLS_NO_PROBLEMS = {"config", "doctor", "completion", "man"}
# The modules of commands that have other names, and of actions that have one of their own.
_MODULES = {
    None: "open_reader",
    "import": "import_pages",
    "list": "list_headlines",
    "feeds add": "feeds_add",
    "feeds import": "feeds_import",
    "feeds export": "feeds_export",
}
_WRONG_USAGE = 2
_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Return 0 for success, 1 for failure, 2 for wrong usage, 130 if interrupted.
    """
    try:
        status = _status_of(arguments)
    except OSError as error:
        # The error could not be printed either.
        status = 0 if isinstance(error, BrokenPipeError) else 1
    # The remaining objects end with the process, and need no collection before that.
    gc.freeze()
    return _close_streams(status)


def _status_of(arguments: Sequence[str] | None) -> int:
    interrupts: list[int] = []
    # The language and signs are unknown until the settings are read.
    chosen, printer = argparse.Namespace(), Printer(language_of_locale())
    try:
        _prepare_streams()
        given = sys.argv[1:] if arguments is None else arguments
        try:
            chosen = build_parser(given).parse_args(given)
        except SystemExit as end:
            # After `--help` and `--version`, and after invalid arguments.
            sys.stdout.flush()
            return end.code if isinstance(end.code, int) else 0
        settings = load_settings(
            getattr(chosen, "config", None),
            getattr(chosen, "site", None),
            offline=getattr(chosen, "offline", None),
        )
        printer = Printer.of(settings)
        status = _run(chosen, settings, printer, interrupts)
        sys.stdout.flush()
    except ReaderError as error:
        # SQLite turns an interrupt during one of our functions into an error.
        if interrupts:
            return _INTERRUPTED
        _complain(error.reason, chosen, printer)
        return _WRONG_USAGE if isinstance(error, UsageError) else 1
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader of the pipe has closed it.
        return 0
    except OSError as error:
        code = "stopped_by_rights" if isinstance(error, PermissionError) else "stopped"
        why = reason(code, cause=os_reason(error))
        _complain(why.at(error.filename) if error.filename else why, chosen, printer)
        return 1
    except Exception as error:  # noqa: BLE001 - the outermost: a user never sees a traceback
        _complain(reason("unexpected", kind=type(error).__name__, detail=error), chosen, printer)
        return 1
    return status


def load_command(
    name: str | None, action: str | None = None
) -> Callable[[argparse.Namespace, Settings], int]:
    """Import the module of a command and return its function, which returns the exit status.

    None stands for the reader itself. An action, as in `feeds add`, may have a module of its own.
    """
    found = _MODULES.get(f"{name} {action}") or _MODULES.get(name, name)
    module = importlib.import_module(f"reader.cli.commands.{found}")
    run: Callable[[argparse.Namespace, Settings], int] = module.run
    return run


def _run(
    chosen: argparse.Namespace, settings: Settings, printer: Printer, interrupts: list[int]
) -> int:
    """Run the chosen command, or the reader if none is chosen; return the exit status.

    Garbage collection is on again once its module is imported; in the reader, once its screen is
    drawn.
    """
    if chosen.command is not None:
        if settings.selectors and chosen.command in _PARSING:
            # Slow to import, and few users set selectors.
            from reader.cli.settings_check import without_wrong_selectors

            settings = without_wrong_selectors(settings)
        if chosen.command not in _TELLS_NO_PROBLEMS:
            for problem in settings.problems:
                printer.complain(problem)
    command = load_command(chosen.command, getattr(chosen, "action", None))
    if chosen.command is not None:
        # What was imported stays, so that collections need not look through it.
        gc.freeze()
        gc.enable()
        _note_interrupts(interrupts)
    if not getattr(chosen, "quiet", False):
        return command(chosen, settings)
    with _nowhere() as nowhere, redirect_stdout(nowhere):
        return command(chosen, settings)


def _complain(why: Reason, chosen: argparse.Namespace, printer: Printer) -> None:
    """Print why a command failed, also as an event if events are asked for."""
    printer.complain(why)
    if getattr(chosen, "events", False):
        # Only runs have events.
        from reader.events import Stopped, to_line

        # The program that reads them may be gone.
        with suppress(OSError):
            print(to_line(Stopped(why)), flush=True)


def _note_interrupts(interrupts: list[int]) -> None:
    """Append the number of each signal that interrupts the program to `interrupts`."""

    def interrupt(number: int, _frame: FrameType | None) -> NoReturn:
        interrupts.append(number)
        raise KeyboardInterrupt

    # A signal that is ignored, as in the background, stays ignored.
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, interrupt)


def _prepare_streams() -> None:
    """Open closed streams on the null device; replace characters that the locale lacks."""
    # A newly opened file must not get the descriptor of a closed stream.
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")


def _close_streams(status: int) -> int:
    """Flush the streams; redirect those that fail, so that nothing is written to them at exit."""
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            stream.flush()
        except (OSError, ValueError) as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), number)
            if not isinstance(error, BrokenPipeError):
                status = status or 1
    return status
