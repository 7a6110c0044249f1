"""The arguments of `znreader`, its commands and their options."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reader import __version__

if TYPE_CHECKING:
    # What argparse hands out for its subcommands has no public name at run time.
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001

_MAX_LIMIT = 1_000_000


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line; options for all commands may stand before or after."""
    parser = argparse.ArgumentParser(
        prog="znreader",
        parents=[_common()],
        description="A terminal reader for the ZeelandNet news site. Alone it opens the reader.",
    )
    parser.add_argument("--version", action="version", version=f"znreader {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for define in (_sync, _fetch, _list, _show, _parse, _import, _reparse, _doctor):
        define(commands)
    for define in (_prune, _backup, _restore, _export):
        define(commands)
    return parser


def _sync(commands: Commands) -> None:
    command = _command(commands, "sync", "fetch listings and articles into the cache")
    command.add_argument("sections", metavar="SECTION", nargs="*", help="only these sections")
    command.add_argument("--pages", metavar="N", type=_count, help="pages of each listing")
    command.add_argument("--all", action="store_true", help="every article that is not offline")
    form = command.add_mutually_exclusive_group()
    _json(form)
    _events(form)


def _fetch(commands: Commands) -> None:
    command = _command(commands, "fetch", "one page into the cache")
    command.add_argument("url", metavar="URL")
    _events(command)


def _list(commands: Commands) -> None:
    command = _command(commands, "list", "headlines from the cache, newest first")
    command.add_argument("--section", metavar="S", help="only those of this section")
    command.add_argument("--unread", action="store_true", help="only unread ones")
    command.add_argument("--saved", action="store_true", help="only saved ones")
    command.add_argument("--limit", metavar="N", type=_count, help="at most N")
    _json(command)


def _show(commands: Commands) -> None:
    command = _command(commands, "show", "one article, from the cache, else from the network")
    command.add_argument("url", metavar="URL", help="its address, or title where it has none")
    _json(command)


def _parse(commands: Commands) -> None:
    command = _command(commands, "parse", "what the parser makes of a page; stores nothing")
    command.add_argument("page", metavar="FILE|URL|-")
    command.add_argument("--url", help="the address that the page was fetched from")
    command.add_argument("--at", metavar="TIME", type=_time, help="when it was fetched (ISO 8601)")
    _json(command)


def _import(commands: Commands) -> None:
    what = "saved pages (HTML or text), or an export, into the cache"
    command = _command(commands, "import", what)
    either = command.add_mutually_exclusive_group(required=True)
    either.add_argument("paths", metavar="PATH", nargs="*", type=Path, default=[])
    either.add_argument(
        "--sample", action="store_true", help="the bundled edition, if all is empty"
    )
    times = "when the pages were fetched (ISO 8601), else the files' own times"
    command.add_argument("--at", metavar="TIME", type=_time, help=times)


def _reparse(commands: Commands) -> None:
    what = "read the kept pages of the last days again, as after a better parser or new selectors"
    _command(commands, "reparse", what)


def _doctor(commands: Commands) -> None:
    what = "paths, versions, cache health, and what the parser sees of the site"
    command = _command(commands, "doctor", what)
    repair = "save what can be read of a damaged cache into a new one, and keep the old file"
    command.add_argument("--repair", action="store_true", help=repair)


def _prune(commands: Commands) -> None:
    what = "remove old headlines that are not saved, as the settings or these options want"
    command = _command(commands, "prune", what)
    command.add_argument("--days", metavar="N", type=_count, help="keep those of the last N days")
    command.add_argument("--articles", metavar="N", type=_count, help="keep the newest N articles")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--dry-run", action="store_true", help="only tell what would go")
    form.add_argument("--undo", action="store_true", help="take back what went in the last day")
    _json(command)


def _backup(commands: Commands) -> None:
    command = _command(
        commands, "backup", "copy the whole cache to a file, also while it is in use"
    )
    command.add_argument("file", metavar="FILE", type=Path)
    _force(command)


def _restore(commands: Commands) -> None:
    what = "put a copy in the place of the cache, which is kept beside it"
    _command(commands, "restore", what).add_argument("file", metavar="FILE", type=Path)


def _export(commands: Commands) -> None:
    command = _command(commands, "export", "all headlines, articles and marks as lines of JSON")
    command.add_argument("file", metavar="FILE|-", nargs="?", default="-")
    _force(command)


def _force(command: argparse.ArgumentParser) -> None:
    command.add_argument("--force", action="store_true", help="overwrite a file that is there")


def _command(commands: Commands, name: str, text: str) -> argparse.ArgumentParser:
    return commands.add_parser(name, help=text, description=text, parents=[_common()])


def _json(command: argparse._ActionsContainer) -> None:
    command.add_argument("--json", action="store_true", help="print one JSON document")


def _events(command: argparse._ActionsContainer) -> None:
    command.add_argument("--events", action="store_true", help="print one JSON event a line")


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--site", metavar="URL", help="another base URL for the site")
    common.add_argument("--offline", action="store_true", help="touch no network")
    common.add_argument(
        "--online", dest="offline", action="store_false", help="whatever the settings say"
    )
    common.add_argument("--config", metavar="FILE", type=Path, help="another settings file")
    return common


def _count(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= _MAX_LIMIT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to {_MAX_LIMIT}")
    return int(text)


def _time(text: str) -> datetime:
    """Return an ISO 8601 moment in UTC; one without an offset is in UTC already."""
    try:
        moment = datetime.fromisoformat(text)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        example = "2026-03-14T15:20:00Z"
        raise argparse.ArgumentTypeError(f"{text!r} is no ISO 8601 time like {example}") from None
