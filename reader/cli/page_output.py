"""Prints pages for people: an article, a listing, a feed, or how the parser read a page."""

from datetime import datetime
from typing import TYPE_CHECKING

from reader.cli.news_output import origin_of, print_json, print_teaser, title_of
from reader.cli.printer import Printer
from reader.cli.standard_output import (
    BOLD,
    DIM,
    INDENT,
    dotted,
    print_line,
    print_wrapped,
    shown_width,
)
from reader.model import Article, Block, Feed, Listing
from reader.text.code import code_lines
from reader.text.credits import byline, caption, modified_at, tag_line
from reader.text.sanitize import clean_line
from reader.text.tables import Rows, table_lines

if TYPE_CHECKING:
    from reader.parse.explain import Explanation

_BULLETS = {"item": ("• ", "  "), "quote": ("│ ", "│ ")}


def print_article(article: Article, now: datetime, printer: Printer, feed: str = "") -> None:
    """Print a whole article, with the name of the feed that brought it, and related headlines."""
    teaser = article.teaser
    print_wrapped(printer, title_of(teaser), style=BOLD)
    print_wrapped(printer, byline(article.authors, printer.language))
    modified = f"{article.modified.astimezone():%Y-%m-%d %H:%M}" if article.modified else ""
    changed = modified_at(modified, printer.language) if modified else ""
    origin = origin_of(teaser, now, printer)
    # A feed without a group is a group by itself.
    name = clean_line(feed) if feed != teaser.section else ""
    print_wrapped(printer, dotted(name, origin, changed), style=DIM)
    for block in article.blocks:
        print()
        _print_block(block, printer)
    for line in (
        caption(article.image, printer.language),
        tag_line(article.tags, printer.language),
    ):
        if line:
            print()
            print_wrapped(printer, line, style=DIM)
    if article.related:
        print()
        section = teaser.section
        title = printer.sentence("more_from", section=section) if section else ""
        print_wrapped(printer, title or printer.sentence("related"), style=BOLD)
        for each in article.related:
            print_teaser(each, "", now, printer)


def print_listing(listing: Listing, now: datetime, printer: Printer) -> None:
    """Print the page of a section: ticker first, then its teasers."""
    print_wrapped(printer, listing.section or printer.sentence("news"), style=BOLD)
    for teaser in (*listing.ticker, *listing.teasers):
        print_teaser(teaser, "", now, printer)
    if listing.next:
        print_wrapped(printer, f"→ {listing.next}", style=DIM)


def print_feed(feed: Feed, now: datetime, printer: Printer) -> None:
    """Print the title of a feed and its entries."""
    print_wrapped(printer, feed.title or feed.home or "", style=BOLD)
    for entry in feed.entries:
        print_teaser(entry.teaser, "", now, printer)


def print_explanation(explanation: "Explanation", *, as_json: bool) -> None:
    """Print each piece of a page: its label, how it was used, and its text; as JSON if asked."""
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
        print(f"{INDENT}{line.label}: {line.reason}; in {line.boxes or 'no element'}")


def _print_block(block: Block, printer: Printer) -> None:
    if block.kind == "code":
        for line in code_lines(block.text):
            print_line(printer, line)
    elif block.kind == "table" and block.rows:
        _print_table(block.rows, printer)
    else:
        first, rest = _BULLETS.get(block.kind, ("", ""))
        if block.kind == "item" and block.number is not None:
            first = f"{block.number}. "
            rest = " " * len(first)
        print_wrapped(printer, block.text, first, rest, BOLD if block.kind == "heading" else "")


def _print_table(rows: Rows, printer: Printer) -> None:
    for line in table_lines(rows, shown_width()):
        if line.kind == "field":
            print_wrapped(printer, line.text, rest=INDENT)
        else:
            print_line(printer, line.text, BOLD if line.kind == "header" else "")
