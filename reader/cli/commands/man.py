"""`znreader man`: the manual page, made from the parser and the table of settings."""

import argparse
from collections.abc import Iterable, Iterator

from reader import __version__
from reader.cli.parser import Parser, whole_parser
from reader.config import Settings
from reader.config.settings import table_of_settings
from reader.config.toml_values import written
from reader.i18n import result, sentence

_DESCRIPTION = (
    "Without a command it opens the reader on this terminal: headlines, the article and what is"
    " related to it. Everything that was fetched once is kept and read without a network. In the"
    " reader the key ? shows all keys."
)
_FILES = {
    "~/.config/znreader/config.toml": "The settings, all of them optional.",
    "~/.local/share/znreader/cache.sqlite3": "All headlines, articles and marks.",
}
_ENVIRONMENT = {
    "ZNREADER_DATA": "Another folder for the cache.",
    "XDG_CONFIG_HOME, XDG_DATA_HOME": "Where the folders of settings and cache lie.",
    "VISUAL, EDITOR": "What znreader config edit opens the settings with.",
    "LC_ALL, LC_MESSAGES, LANG": "The language of the screen, where the settings name none.",
    "http_proxy, https_proxy, all_proxy": "The address of an http or https proxy through which the"
    " site is asked. SOCKS is not supported.",
    "no_proxy": "Hosts, domains and networks that are asked directly, between commas; * for all."
    " This machine itself is never asked through a proxy.",
    "SSL_CERT_FILE": "A file of the certificates to trust, in place of the usual ones.",
    "NO_COLOR": "Where it is set, nothing is coloured.",
    "TEXTUAL_THEME": "The theme, where neither the settings nor the reader chose one.",
}
_STATUSES = {
    "0": "Done.",
    "1": "It could not be done; one line on standard error says why and what to do.",
    "2": "Wrong usage.",
    "130": "Interrupted with Ctrl+C.",
}
_EXAMPLES = {
    "znreader sync": "Fetch the news, also from cron.",
    "znreader list --unread --limit 10": "The newest ten unread headlines.",
    "znreader search place:vlissingen kust": "Reports from Vlissingen with the word kust.",
    "znreader --offline": "Read without touching the network.",
    "znreader list --json | jq -r '.teasers[].title'": "Titles, one a line.",
}


def run(_: argparse.Namespace, __: Settings) -> int:
    """Print the manual page; return 0."""
    print(manual(), end="")
    return 0


def manual() -> str:
    """Return the manual page as troff source, as `man -l` shows it."""
    parser = whole_parser()
    common = {each.dest for each in parser.arguments()} | {"command"}
    lines = [
        f'.TH ZNREADER 1 "" "znreader {__version__}" "User Commands"',
        *_section("NAME"),
        r"znreader \- read the news of ZeelandNet in a terminal, also without a network",
        *_section("SYNOPSIS"),
        r".B znreader",
        r"[\fIOPTION\fR]... [\fICOMMAND\fR [\fIARGUMENT\fR]...]",
        *_section("DESCRIPTION"),
        _escaped(_DESCRIPTION),
        *_section("OPTIONS"),
        "These may stand before or after the command.",
        *_options(parser, without=set()),
        *_section("COMMANDS"),
    ]
    for name, (summary, command) in parser.commands().items():
        lines += [f".SS {_synopsis(name, command, common)}", _sentence(summary)]
        lines += _options(command, without=common)
    lines += [*_section("ANSWERS IN READ"), "What the dialogue of \\fBread\\fR takes:"]
    for each in result("read_help", {}, "en").split("; "):
        lines += [r".IP \(bu 2", _sentence(each)]
    lines += [*_section("SETTINGS"), "The settings file is in TOML; every key is optional."]
    lines += [r"\fBznreader config \-\-example\fR prints it in whole."]
    for setting in table_of_settings().values():
        lines += [".TP", rf"\fB{_escaped(setting.name)}\fR = {_escaped(written(setting.default))}"]
        lines += [
            _escaped(setting.comment),
            _escaped(f"Allowed: {sentence(setting.kind.description, 'en')}."),
        ]
    for title, entries in (
        ("FILES", _FILES),
        ("ENVIRONMENT", _ENVIRONMENT),
        ("EXIT STATUS", _STATUSES),
        ("EXAMPLES", _EXAMPLES),
    ):
        lines += [*_section(title), *_entries(entries.items())]
    return "".join(f"{line}\n" for line in lines)


def _synopsis(name: str, command: Parser, common: set[str]) -> str:
    """Return a command with its positional arguments, `export [FILE|-]`, or its action."""
    words = [rf"\fB{_escaped(name)}\fR"]
    for action in command.arguments():
        if not action.option_strings and action.dest not in common:
            shown = rf"\fI{_escaped(str(action.metavar))}\fR"
            many = "..." if action.nargs in ("*", "+") else ""
            words.append(f"{shown}{many}" if action.nargs in (None, "+") else f"[{shown}]{many}")
    if command.commands():
        words.append(r"[\fIACTION\fR]")
    return '"' + " ".join(words) + '"'


def _options(parser: Parser, without: set[str]) -> Iterator[str]:
    """Yield the entries of the arguments that have a help text, except those in `without`."""
    for action in parser.arguments():
        if action.dest in without:
            continue
        names = ", ".join(rf"\fB{_escaped(name)}\fR" for name in action.option_strings)
        value = rf"\fI{_escaped(str(action.metavar or action.dest.upper()))}\fR"
        takes = action.nargs != 0
        if action.help:
            usage = f"{names} {value}" if names and takes else names or value
            yield from (".TP", usage, _sentence(action.help))


def _entries(entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, text in entries:
        yield from (".TP", rf"\fB{_escaped(name)}\fR", _escaped(text))


def _section(title: str) -> list[str]:
    return [f".SH {title}"]


def _sentence(text: str) -> str:
    """Return the help of an argument as a sentence."""
    text = text.replace("%(prog)s", "znreader").removesuffix(".")
    return _escaped(f"{text[:1].upper()}{text[1:]}.")


def _escaped(text: str) -> str:
    """Return text in which troff finds no commands, not even at the beginning of a line."""
    plain = text.replace("\\", r"\e").replace("-", r"\-").replace('"', r"\(dq")
    plain = plain.replace("'", r"\(aq").replace("`", "").replace("\n", " ")
    return rf"\&{plain}" if plain.startswith(".") else plain
