"""The arguments of `znreader`, its commands and their options."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from reader import __version__
from reader.cli.moment import now
from reader.text.sanitize import clean_line

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

    # The type of argparse's subcommands has no public name at run time.
    Commands = argparse._SubParsersAction["Parser"]  # noqa: SLF001

SHELLS = ("bash", "zsh", "fish")
_MAX_LIMIT = 1_000_000
# When a page may have been fetched.
_FIRST_YEAR, _LAST_YEAR = 1970, 2099
# Options of several letters have two dashes; `-h` is the only one with a single dash.
_DASHED = re.compile(r"-(?!-|h$)")


class Parser(argparse.ArgumentParser):
    """A parser that, with `words_have_dashes`, takes `-word` as an argument, not as an option."""

    words_have_dashes = False

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Return what argparse does; a word with a dash is passed on with a space before it."""
        given = sys.argv[1:] if args is None else list(args)
        if self.words_have_dashes:
            given = [f" {each}" if _DASHED.match(each) else each for each in given]
        return super().parse_known_args(given, namespace)

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        """Print help or a usage message; raises OSError if help cannot be printed."""
        stream = file or sys.stderr
        with suppress(OSError) if stream is sys.stderr else nullcontext():
            stream.write(message)

    def arguments(self) -> list[argparse.Action]:
        """Return the arguments that were added, without those for commands."""
        return [each for each in self._actions if each is not self._added_commands()]

    def commands(self) -> dict[str, tuple[str, Parser]]:
        """Return the help and the parser of each command that was added, by its name."""
        added = self._added_commands()
        if added is None:
            return {}
        # argparse has no public way to list them.
        helps = {each.dest: each.help or "" for each in added._choices_actions}  # noqa: SLF001
        return {name: (helps.get(name, ""), each) for name, each in added.choices.items()}

    def _added_commands(self) -> Commands | None:
        kind = argparse._SubParsersAction  # noqa: SLF001
        return next((each for each in self._actions if isinstance(each, kind)), None)

    def error(self, message: str) -> NoReturn:
        """Exit with status 2 and one clean sentence, since arguments may hold anything."""
        super().error(clean_line(message))


def whole_parser() -> Parser:
    """Return the parser with every command."""
    return build_parser(["--help"])


def build_parser(given: Sequence[str]) -> Parser:
    """Return the parser of the command line; global options may come before or after.

    It knows only the command that is given, and none if none is: building the others takes longer
    than listing headlines. Where another word stands for the command, it knows all of them.
    """
    common = _common()
    parser = Parser(
        prog="znreader",
        parents=[common],
        description="A terminal reader for the ZeelandNet news site. Alone it opens the reader.",
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"znreader {__version__}",
        help="show the version and exit",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    name = _command_in(given, common)
    for known, add in COMMANDS.items():
        if name == known or (name is not None and name not in COMMANDS):
            add(commands)
    return parser


def _command_in(given: Sequence[str], common: Parser) -> str | None:
    """Return the first argument that is neither a `common` option nor the value of one.

    Another form of an option, as with `=`, counts as one.
    """
    values = {name: each.nargs for each in common.arguments() for name in each.option_strings}
    arguments = iter(given)
    for argument in arguments:
        if argument not in values:
            return argument
        if values[argument] != 0:
            next(arguments, None)
    return None


def _sync(commands: Commands) -> None:
    command = _command(commands, "sync", "fetch listings and articles into the cache")
    command.add_argument("sections", metavar="SECTION", nargs="*", help="only these sections")
    command.add_argument("--pages", metavar="N", type=_count, help="pages of each listing")
    command.add_argument("--all", action="store_true", help="every article that is not offline")
    command.add_argument("--verbose", action="store_true", help="print a line per page")
    form = command.add_mutually_exclusive_group()
    _json(form)
    _events(form)
    _quiet(form)


def _fetch(commands: Commands) -> None:
    command = _command(commands, "fetch", "one page into the cache")
    command.add_argument("url", metavar="URL")
    what = "accept the site's text even if it is worse than the stored one"
    text = command.add_mutually_exclusive_group()
    text.add_argument("--accept", action="store_true", help=what)
    what = "for an entry of a feed: show the text of its page, or that of the feed again"
    text.add_argument("--full-text", choices=("page", "feed"), help=what)
    form = command.add_mutually_exclusive_group()
    _events(form)
    _quiet(form)


def _list(commands: Commands) -> None:
    command = _command(commands, "list", "headlines from the cache, newest first")
    what = "only headlines of this section"
    command.add_argument("--section", metavar="S", type=clean_line, help=what)
    command.add_argument("--unread", action="store_true", help="only unread ones")
    command.add_argument("--saved", action="store_true", help="only saved ones")
    command.add_argument(
        "--cached", action="store_true", help="only those with their article offline"
    )
    command.add_argument("--tag", metavar="T", default="", help="only those with this tag")
    command.add_argument("--muted", action="store_true", help="only muted ones")
    command.add_argument("--search", metavar="NAME", help="only the hits of a saved search")
    command.add_argument("--limit", metavar="N", type=_count, help="at most N")
    _json(command)


def _show(commands: Commands) -> None:
    command = _command(commands, "show", "one article, from the cache, else from the network")
    command.add_argument("url", metavar="URL", help="its address, or its title if it has none")
    form = command.add_mutually_exclusive_group()
    _json(form)
    form.add_argument("--markdown", action="store_true", help="print it as Markdown")
    older = command.add_mutually_exclusive_group()
    older.add_argument("--revisions", action="store_true", help="list its older texts")
    what = "an older text, 1 for the newest of them"
    older.add_argument("--revision", metavar="N", type=_count, help=what)


def _read(commands: Commands) -> None:
    what = "the news as a dialogue, line by line, for example for a screen reader"
    command = _command(commands, "read", what)
    what = "begin with this section"
    command.add_argument("--section", metavar="S", type=clean_line, help=what)
    command.add_argument(
        "--all", action="store_true", help="begin with all headlines, read ones included"
    )


def _search(commands: Commands) -> None:
    command = _command(commands, "search", "full-text search of the cache, the best hits first")
    command.words_have_dashes = True
    what = (
        'words, "a phrase", -word, place: agency: section: source: title: is: story: before: after:'
    )
    command.add_argument("query", metavar="QUERY", nargs="+", help=what)
    command.add_argument("--limit", metavar="N", type=_count, default=20, help="at most N (20)")
    _json(command)


def _stories(commands: Commands) -> None:
    what = "the stories of the cache: reports of one event; take reports out, or join them"
    command = _command(commands, "stories", what)
    actions = ("list", "split", "join", "undo", "watch", "unwatch", "place")
    command.add_argument(
        "action",
        metavar="|".join(actions),
        nargs="?",
        choices=actions,
        help="list stories; take reports out of theirs, or join them, for good, and undo that;"
        " watch a story; place reports that are in none yet",
    )
    what = "numbers of stories to list or watch; addresses, ids or titles of reports to move"
    command.add_argument("items", metavar="ITEM", nargs="*", help=what)
    _json(command)


def _changes(commands: Commands) -> None:
    what = "the changes in articles, by sentence: since they were read, or since a moment"
    command = _command(commands, "changes", what)
    command.add_argument("url", metavar="URL", nargs="?", help="only this article")
    what = "since this time, such as 2d or a date, instead of since they were read"
    command.add_argument("--since", metavar="TIME", type=_since, help=what)
    _json(command)


def _digest(commands: Commands) -> None:
    what = "the news by story; sets no mark and needs no network"
    command = _command(commands, "digest", what)
    what = "since this time, such as 2d or a date, instead of since the last visit"
    command.add_argument("--since", metavar="TIME", type=_since, help=what)
    what = "only reports of this section"
    command.add_argument("--section", metavar="S", type=clean_line, help=what)
    what = "only reports of sources, such as feeds, with this in their name"
    command.add_argument("--source", metavar="NAME", type=clean_line, help=what)
    command.add_argument("--limit", metavar="N", type=_count, help="at most N stories and singles")
    form = command.add_mutually_exclusive_group()
    _json(form)
    form.add_argument("--markdown", action="store_true", help="print it as Markdown, as for mail")


def _mark(commands: Commands) -> None:
    what = "mark headlines as read or saved, tag them, or undo that"
    command = _command(commands, "mark", what)
    what = "an address, or the id that `list --json` gives; `-` reads them from standard input"
    command.add_argument("items", metavar="ITEM", nargs="+", help=what)
    for mark, other, does in (("read", "unread", "read"), ("save", "unsave", "saved")):
        either = command.add_mutually_exclusive_group()
        either.add_argument(f"--{mark}", action="store_true", help=f"as {does}")
        either.add_argument(f"--{other}", action="store_true", help=f"as not {does}")
    for option, does in (("--tag", "with this tag"), ("--untag", "without this tag")):
        command.add_argument(option, metavar="T", action="append", default=[], help=does)
    _quiet(command)


def _mute(commands: Commands) -> None:
    command = _command(commands, "mute", "words, phrases and sections that the lists leave out")
    actions = _actions(command)
    what = "a word, a phrase, the beginning of a word with *, or section:NAME"
    for name, does in (("add", "mute it"), ("remove", "unmute it")):
        action = _action(actions, name, does)
        action.add_argument("words", metavar="WORDS", nargs="+", help=what)
        _quiet(action)
    _json(_action(actions, "list", "the mutes, and how many headlines each hides"))


def _searches(commands: Commands) -> None:
    command = _command(commands, "searches", "saved searches, which are views beside the sections")
    actions = _actions(command)
    saving = _action(actions, "save", "save a search under a name, replacing any with that name")
    saving.words_have_dashes = True
    saving.add_argument("name", metavar="NAME")
    saving.add_argument("query", metavar="QUERY", nargs="+", help="as for `znreader search`")
    _quiet(saving)
    forgetting = _action(actions, "forget", "delete a saved search")
    forgetting.add_argument("name", metavar="NAME")
    _quiet(forgetting)
    _json(_action(actions, "list", "the saved searches, with the number of hits of each"))


def _parse(commands: Commands) -> None:
    command = _command(commands, "parse", "parse a page and print the result; stores nothing")
    command.add_argument("page", metavar="FILE|URL|-")
    command.add_argument("--url", help="the address that the page was fetched from")
    command.add_argument("--at", metavar="TIME", type=_time, help="when it was fetched (ISO 8601)")
    what = "show each piece of the page with its label, its use and the reason"
    command.add_argument("--explain", action="store_true", help=what)
    _json(command)


def _import(commands: Commands) -> None:
    what = "saved pages (HTML or text), or an export, into the cache"
    command = _command(commands, "import", what)
    either = command.add_mutually_exclusive_group(required=True)
    either.add_argument("paths", metavar="PATH", nargs="*", type=Path, default=[])
    either.add_argument("--sample", action="store_true", help="the sample edition, if all is empty")
    _events(command)
    times = "when the pages were fetched (ISO 8601), else the files' own times"
    command.add_argument("--at", metavar="TIME", type=_time, help=times)
    marks = "with the marks in an export, even if it is of another cache"
    command.add_argument("--marks", action="store_true", help=marks)
    _quiet(command)


def _feeds(commands: Commands) -> None:
    command = _command(commands, "feeds", "the feeds that are followed besides the site")
    actions = _actions(command)
    address = "its address, or its name"

    adding = _action(actions, "add", "follow a feed, and fetch it at once")
    adding.add_argument("url", metavar="URL", help="of the feed, or of a page that offers one")
    adding.add_argument("--name", help="its display name, else its own title")
    adding.add_argument("--section", help="its group, else one of its own")
    _full_text(adding)
    form = adding.add_mutually_exclusive_group()
    _events(form)
    _quiet(form)

    _quiet(_feed(_action(actions, "remove", "unfollow a feed; its news stays"), address))
    renaming = _feed(_action(actions, "rename", "change the display name of a feed"), address)
    renaming.add_argument("name", metavar="NAME", help='the name, "" for its own title')
    renaming.add_argument("--section", help='the group that it is in, "" for one of its own')
    _full_text(renaming)
    _quiet(renaming)
    muting = _feed(_action(actions, "mute", "do not fetch a feed until it is unmuted"), address)
    muting.add_argument("--off", action="store_true", help="unmute it")
    _quiet(muting)

    _json(_action(actions, "list", "each feed with its unread count and its last answer"))
    what = "follow the feeds of an OPML file or of newsboat's urls file"
    importing = _action(actions, "import", what)
    importing.add_argument("file", metavar="FILE|-")
    _quiet(importing)
    exporting = _action(actions, "export", "the feeds as an OPML file")
    exporting.add_argument("file", metavar="FILE|-", nargs="?", default="-")
    _force(exporting)
    _quiet(exporting)
    _json(_action(actions, "suggest", "sites whose feeds many readers follow"))


def _actions(command: Parser) -> Commands:
    """Give a command actions, of which `list` is the one without a name."""
    _json(command)
    actions = command.add_subparsers(dest="action", metavar="ACTION")
    command.set_defaults(action="list")
    return actions


def _action(actions: Commands, name: str, text: str) -> Parser:
    return actions.add_parser(name, help=text, description=text, parents=[_common()])


def _feed(action: Parser, text: str) -> Parser:
    action.add_argument("feed", metavar="FEED", help=text)
    return action


def _full_text(action: Parser) -> None:
    what = "the text to show: that of the feed, of the page, or the better one (auto)"
    action.add_argument("--full-text", choices=("auto", "feed", "page"), help=what)


def _reparse(commands: Commands) -> None:
    what = "parse the kept pages of the last days again, with a new parser or new selectors"
    command = _command(commands, "reparse", what)
    since = "only pages fetched since this time: 2d, a day or an ISO 8601 time"
    command.add_argument("--since", metavar="TIME", type=_since, help=since)
    _quiet(command)


def _doctor(commands: Commands) -> None:
    what = "paths, versions, health of the cache, and a check of the parser on the site"
    command = _command(commands, "doctor", what)
    repair = "save what can be read of a damaged cache into a new one, and keep the old file"
    form = command.add_mutually_exclusive_group()
    form.add_argument("--repair", action="store_true", help=repair)
    junk = "list headlines from pages that the present parser would refuse"
    form.add_argument("--junk", action="store_true", help=junk)
    report = (
        "print what a maintainer needs, without addresses, paths or titles, and without network"
    )
    form.add_argument("--report", action="store_true", help=report)
    remove = "with --junk: remove those that are not saved; `prune --undo` restores them"
    command.add_argument("--remove", action="store_true", help=remove)
    _quiet(command)


def _config(commands: Commands) -> None:
    command = _command(commands, "config", "the settings in force, and the origin of each")
    form = command.add_mutually_exclusive_group()
    what = "print the path of the settings file, or edit it"
    form.add_argument("action", metavar="path|edit", nargs="?", choices=("path", "edit"), help=what)
    form.add_argument("--example", action="store_true", help="print a whole settings file")


def _completion(commands: Commands) -> None:
    command = _command(commands, "completion", "a script that completes commands in your shell")
    command.add_argument("shell", metavar="SHELL", choices=SHELLS, help="for bash, zsh or fish")


def _man(commands: Commands) -> None:
    _command(commands, "man", "the manual page, for `man -l -`")


def _prune(commands: Commands) -> None:
    what = "remove old headlines that are not saved, by the settings or these options"
    command = _command(commands, "prune", what)
    command.add_argument("--days", metavar="N", type=_count, help="keep those of the last N days")
    command.add_argument("--articles", metavar="N", type=_count, help="keep the newest N articles")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--dry-run", action="store_true", help="only report what would be removed")
    form.add_argument(
        "--undo", action="store_true", help="restore what was removed in the last day"
    )
    form = command.add_mutually_exclusive_group()
    _json(form)
    _quiet(form)


def _backup(commands: Commands) -> None:
    command = _command(
        commands, "backup", "copy the whole cache to a file, even while it is in use"
    )
    command.add_argument("file", metavar="FILE", type=Path)
    _force(command)
    _quiet(command)


def _restore(commands: Commands) -> None:
    what = "replace the cache by a copy, and keep the old one beside it"
    command = _command(commands, "restore", what)
    command.add_argument("file", metavar="FILE", type=Path)
    _quiet(command)


def _export(commands: Commands) -> None:
    command = _command(commands, "export", "all headlines, articles and marks as lines of JSON")
    command.add_argument("file", metavar="FILE|-", nargs="?", default="-")
    _force(command)
    _quiet(command)


def _bundle(commands: Commands) -> None:
    what = "news without marks as one small file, for many readers: see `import`"
    command = _command(commands, "bundle", what)
    command.add_argument("file", metavar="FILE|-", nargs="?", default="-")
    since = "only news since this time, such as 2d or a date"
    command.add_argument("--since", metavar="DAY", type=_since, help=since)
    _force(command)
    _quiet(command)


def _force(command: argparse.ArgumentParser) -> None:
    command.add_argument("--force", action="store_true", help="overwrite an existing file")


def _exchange(commands: Commands) -> None:
    command = _command(commands, "exchange", "exchange marks with your other machines, once")
    form = command.add_mutually_exclusive_group()
    _json(form)
    _events(form)
    _quiet(form)


def _devices(commands: Commands) -> None:
    command = _command(commands, "devices", "your machines that exchange marks over sync_folder")
    _json(command)
    actions = command.add_subparsers(dest="action", metavar="ACTION")
    renaming = _action(actions, "rename", "give this machine another name")
    renaming.add_argument("name", metavar="NAME")
    _quiet(renaming)
    forgetting = _action(actions, "forget", "remove the files of a machine that is gone")
    forgetting.add_argument("device", metavar="NAME", help="its name, or its number")
    _quiet(forgetting)


# The functions that define the commands; `reader.cli.main` loads the modules that run them.
COMMANDS: dict[str, Callable[[Commands], None]] = {
    "sync": _sync,
    "fetch": _fetch,
    "list": _list,
    "show": _show,
    "read": _read,
    "search": _search,
    "stories": _stories,
    "digest": _digest,
    "changes": _changes,
    "mark": _mark,
    "mute": _mute,
    "searches": _searches,
    "parse": _parse,
    "import": _import,
    "feeds": _feeds,
    "reparse": _reparse,
    "doctor": _doctor,
    "prune": _prune,
    "exchange": _exchange,
    "devices": _devices,
    "backup": _backup,
    "restore": _restore,
    "export": _export,
    "bundle": _bundle,
    "config": _config,
    "completion": _completion,
    "man": _man,
}


def _command(commands: Commands, name: str, text: str) -> Parser:
    return commands.add_parser(name, help=text, description=text, parents=[_common()])


def _json(command: argparse._ActionsContainer) -> None:
    command.add_argument("--json", action="store_true", help="print one JSON document")


def _quiet(command: argparse._ActionsContainer) -> None:
    command.add_argument("--quiet", action="store_true", help="print only errors")


def _events(command: argparse._ActionsContainer) -> None:
    command.add_argument("--events", action="store_true", help="print one JSON event per line")


def _common() -> Parser:
    common = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--site", metavar="URL", help="another base URL for the site")
    common.add_argument("--offline", action="store_true", help="do not use the network")
    common.add_argument(
        "--online",
        dest="offline",
        action="store_false",
        help="use the network, whatever the settings say",
    )
    common.add_argument("--config", metavar="FILE", type=Path, help="another settings file")
    return common


def _count(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= _MAX_LIMIT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to {_MAX_LIMIT}")
    return int(text)


def _since(text: str) -> datetime:
    """Return the moment in UTC that a span, a day or a time stands for."""
    # No other option needs it.
    from reader.text.query import parse_moment

    moment = (None if "T" in text else parse_moment(text, now())) or _moment(text)
    if moment is None:
        day, example = "2d, a day like 2026-03-14 or yesterday", "2026-03-14T15:20:00Z"
        raise argparse.ArgumentTypeError(f"{text!r} is no span like {day}, or time like {example}")
    return moment


def _time(text: str) -> datetime:
    """Return an ISO 8601 moment in UTC from 1970 to 2099; one without an offset is in UTC."""
    if (moment := _moment(text)) is None:
        example = "2026-03-14T15:20:00Z"
        raise argparse.ArgumentTypeError(f"{text!r} is no ISO 8601 time like {example}")
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        years = f"{_FIRST_YEAR} to {_LAST_YEAR}"
        raise argparse.ArgumentTypeError(f"{text!r} is not in the years {years}")
    return moment


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None
