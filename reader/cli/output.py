"""Human output: plain text that wraps at the terminal's width, coloured on a terminal only."""

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TextIO

from reader.cli.printer import Printer
from reader.glyphs import SAVED, unread_sign
from reader.jsonform import Json
from reader.model import Article, Block, Feed, Headline, Hit, Listing, Teaser
from reader.text.code import code_lines
from reader.text.credits import byline, caption, modified_at, tag_line
from reader.text.dateline import format_dateline
from reader.text.relative_time import describe_age
from reader.text.sanitize import clean_line
from reader.text.tables import Rows, table_lines

if TYPE_CHECKING:
    from reader.parse.explain import Explanation

_MAX_WIDTH = 80
_MIN_WIDTH = 20
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_INDENT = "  "
_BULLETS = {"item": ("• ", "  "), "quote": ("│ ", "│ ")}


def print_json(document: Json) -> None:
    """Print one document as JSON."""
    print(json.dumps(document, ensure_ascii=False, indent=2))


def print_headlines(headlines: Sequence[Headline], now: datetime, printer: Printer) -> None:
    """Print cached headlines, two lines each: marks and title, then section, place and age."""
    for headline in headlines:
        marks = f"{unread_sign(headline)} " + (f"{SAVED} " if headline.saved else "")
        _print_teaser(headline.teaser, marks, now, printer)


def print_hits(hits: Sequence[Hit], now: datetime, printer: Printer) -> None:
    """Print what a search found as `print_headlines` does, each with its snippet below."""
    for hit in hits:
        print_headlines([hit.headline], now, printer)
        _print_snippet(hit, printer)


def print_article(article: Article, now: datetime, printer: Printer) -> None:
    """Print a whole article and its related headlines."""
    teaser = article.teaser
    _wrapped(printer, _title(teaser), style=_BOLD)
    _wrapped(printer, byline(article.authors, printer.language))
    modified = f"{article.modified.astimezone():%Y-%m-%d %H:%M}" if article.modified else ""
    changed = modified_at(modified, printer.language) if modified else ""
    _wrapped(printer, _joined(_origin(teaser, now, printer), changed), style=_DIM)
    for block in article.blocks:
        print()
        _print_block(block, printer)
    for said in (
        caption(article.image, printer.language),
        tag_line(article.tags, printer.language),
    ):
        if said:
            print()
            _wrapped(printer, said, style=_DIM)
    if article.related:
        print()
        section = teaser.section
        title = printer.sentence("more_from", section=section) if section else ""
        _wrapped(printer, title or printer.sentence("related"), style=_BOLD)
        for each in article.related:
            _print_teaser(each, "", now, printer)


def print_listing(listing: Listing, now: datetime, printer: Printer) -> None:
    """Print what a section's page lists: ticker first, then its teasers."""
    _wrapped(printer, listing.section or printer.sentence("news"), style=_BOLD)
    for teaser in (*listing.ticker, *listing.teasers):
        _print_teaser(teaser, "", now, printer)
    if listing.next:
        _wrapped(printer, f"→ {listing.next}", style=_DIM)


def print_feed(feed: Feed, now: datetime, printer: Printer) -> None:
    """Print the title of a feed and its entries."""
    _wrapped(printer, feed.title or feed.home or "", style=_BOLD)
    for entry in feed.entries:
        _print_teaser(entry.teaser, "", now, printer)


def print_explanation(explanation: "Explanation", *, as_json: bool) -> None:
    """Print each piece of a page: its label, what became of it, and its text; as JSON if asked."""
    if as_json:
        print_json(
            {
                "kind": "explanation",
                "refusal": explanation.refusal,
                "pieces": [
                    {
                        "text": line.text,
                        "label": line.label,
                        "reason": line.reason,
                        "use": line.use,
                        "boxes": line.boxes,
                    }
                    for line in explanation.lines
                ],
            }
        )
        return
    if explanation.refusal is not None:
        print(f"refused: {explanation.refusal}")
    for line in explanation.lines:
        print(f"{line.use}: {line.text}" if line.text else f"{line.use}: (a link without words)")
        print(f"{_INDENT}{line.label}: {line.reason}; in {line.boxes or 'no element'}")


def _print_teaser(teaser: Teaser, marks: str, now: datetime, printer: Printer) -> None:
    _wrapped(printer, _title(teaser), first=marks, rest=" " * len(marks))
    origin = _origin(teaser, now, printer)
    if origin:
        _wrapped(
            printer,
            origin,
            first=" " * max(len(marks), 2),
            rest=" " * max(len(marks), 2),
            style=_DIM,
        )


def _print_snippet(hit: Hit, printer: Printer) -> None:
    """Print the snippet wrapped, its matches bold."""
    place = 0
    for line in textwrap.wrap(hit.snippet, _width() - len(_INDENT), break_on_hyphens=False):
        place = hit.snippet.index(line, place)
        spans = [
            (max(first - place, 0), min(last - place, len(line)))
            for first, last in hit.matches
            if first < place + len(line) and last > place
        ]
        text = printer.signs(line)
        print(_INDENT + (_emboldened(text, spans) if _is_coloured() else text))


def _emboldened(line: str, spans: Sequence[tuple[int, int]]) -> str:
    for first, last in reversed(spans):
        line = f"{line[:first]}{_BOLD}{line[first:last]}{_PLAIN}{line[last:]}"
    return line


def _print_block(block: Block, printer: Printer) -> None:
    if block.kind == "code":
        for line in code_lines(block.text):
            _print_line(printer, line)
    elif block.kind == "table" and block.rows:
        _print_table(block.rows, printer)
    else:
        first, rest = _BULLETS.get(block.kind, ("", ""))
        if block.kind == "item" and block.number is not None:
            first = f"{block.number}. "
            rest = " " * len(first)
        _wrapped(printer, block.text, first, rest, _BOLD if block.kind == "heading" else "")


def _print_table(rows: Rows, printer: Printer) -> None:
    for line in table_lines(rows, _width()):
        if line.kind == "field":
            _wrapped(printer, line.text, rest=_INDENT)
        else:
            _print_line(printer, line.text, _BOLD if line.kind == "header" else "")


def _title(teaser: Teaser) -> str:
    return teaser.title or teaser.summary or teaser.url or ""


def _origin(teaser: Teaser, now: datetime, printer: Printer) -> str:
    """Return section, dateline and age, as far as they are known."""
    parts = [
        teaser.section,
        format_dateline(teaser.dateline) if teaser.dateline else None,
        describe_age(teaser.published, now, printer.language) if teaser.published else None,
    ]
    return _joined(*parts)


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def _wrapped(printer: Printer, text: str, first: str = "", rest: str = "", style: str = "") -> None:
    lines = textwrap.wrap(clean_line(text), _width(), initial_indent=first, subsequent_indent=rest)
    for line in lines:
        _print_line(printer, line, style)


def _print_line(printer: Printer, line: str, style: str = "") -> None:
    print(
        f"{style}{printer.signs(line)}{_PLAIN}" if style and _is_coloured() else printer.signs(line)
    )


def width_of(stream: TextIO) -> int:
    """Return how wide the terminal behind a stream is; what is exported holds for a pipe only."""
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        columns = 0
    return columns or shutil.get_terminal_size().columns


def _width() -> int:
    return max(_MIN_WIDTH, min(width_of(sys.stdout), _MAX_WIDTH))


def _is_coloured() -> bool:
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )
