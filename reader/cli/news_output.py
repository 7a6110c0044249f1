"""Prints news for commands: headlines and hits as text, and anything as JSON."""

import json
import textwrap
from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from reader.cli.printer import Printer
from reader.cli.standard_output import (
    BOLD,
    DIM,
    INDENT,
    PLAIN,
    dotted,
    is_coloured,
    print_wrapped,
    shown_width,
)
from reader.glyphs import SAVED, unread_sign
from reader.jsonform import Json
from reader.model import DEFAULT_SOURCE, Headline, Hit, Teaser
from reader.text.dateline import format_dateline
from reader.text.relative_time import describe_age


def print_json(document: Json) -> None:
    """Print one document as JSON."""
    print(json.dumps(document, ensure_ascii=False, indent=2))


def print_headlines(headlines: Sequence[Headline], now: datetime, printer: Printer) -> None:
    """Print cached headlines, two lines each: marks and title, then section, place and age."""
    for headline in headlines:
        marks = f"{unread_sign(headline)} " + (f"{SAVED} " if headline.saved else "")
        teaser = headline.teaser
        if headline.source != DEFAULT_SOURCE:
            teaser = replace(teaser, section=headline.source)
        print_teaser(teaser, marks, now, printer)


def print_hits(hits: Sequence[Hit], now: datetime, printer: Printer) -> None:
    """Print search hits as `print_headlines` does, each with its snippet below."""
    for hit in hits:
        print_headlines([hit.headline], now, printer)
        _print_snippet(hit, printer)


def print_teaser(teaser: Teaser, marks: str, now: datetime, printer: Printer) -> None:
    """Print a teaser: its title after `marks`, and its origin and age below."""
    print_wrapped(printer, title_of(teaser), first=marks, rest=" " * len(marks))
    origin = origin_of(teaser, now, printer)
    if origin:
        print_wrapped(
            printer,
            origin,
            first=" " * max(len(marks), 2),
            rest=" " * max(len(marks), 2),
            style=DIM,
        )


def _print_snippet(hit: Hit, printer: Printer) -> None:
    """Print the snippet wrapped, its matches bold."""
    place = 0
    for line in textwrap.wrap(hit.snippet, shown_width() - len(INDENT), break_on_hyphens=False):
        place = hit.snippet.index(line, place)
        spans = [
            (max(first - place, 0), min(last - place, len(line)))
            for first, last in hit.matches
            if first < place + len(line) and last > place
        ]
        text = printer.signs(line)
        print(INDENT + (_emboldened(text, spans) if is_coloured() else text))


def _emboldened(line: str, spans: Sequence[tuple[int, int]]) -> str:
    for first, last in reversed(spans):
        line = f"{line[:first]}{BOLD}{line[first:last]}{PLAIN}{line[last:]}"
    return line


def title_of(teaser: Teaser) -> str:
    """Return the title, or the text that replaces a missing one."""
    return teaser.title or teaser.summary or teaser.url or ""


def origin_of(teaser: Teaser, now: datetime, printer: Printer) -> str:
    """Return section, dateline and age, as far as they are known."""
    parts = [
        teaser.section,
        format_dateline(teaser.dateline) if teaser.dateline else None,
        describe_age(teaser.published, now, printer.language) if teaser.published else None,
    ]
    return dotted(*parts)
