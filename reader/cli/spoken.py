"""News as lines for speech or braille: words for signs, one line per item, paragraph or field."""

from collections.abc import Iterator
from datetime import datetime

from reader.cli.news_output import title_of
from reader.cli.printer import Printer
from reader.model import DEFAULT_SOURCE, Article, Block, Headline
from reader.text.code import code_lines
from reader.text.credits import byline, caption
from reader.text.dateline import format_dateline
from reader.text.relative_time import describe_age
from reader.text.tables import table_lines


def headline_line(headline: Headline, now: datetime, printer: Printer) -> str:
    """Return a headline with its marks as words: `Title, unread, Section, 38 minutes ago`."""
    teaser = headline.teaser
    parts = [
        title_of(teaser),
        printer.sentence("spoken_read") if headline.read else printer.sentence("spoken_unread"),
        printer.sentence("spoken_saved") if headline.saved else "",
        "" if headline.cached else printer.sentence("spoken_headline_only"),
        headline.source if headline.source != DEFAULT_SOURCE else teaser.section,
        describe_age(teaser.published, now, printer.language) if teaser.published else "",
    ]
    return ", ".join(part for part in parts if part)


def article_lines(
    headline: Headline,
    article: Article | None,
    now: datetime,
    printer: Printer,
    *,
    offline: bool = False,
) -> Iterator[str]:
    """Yield an article as unwrapped lines; for one that is not stored, the headline and the reason.

    If the program is `offline`, it cannot be fetched.
    """
    teaser = headline.teaser
    yield printer.sentence("spoken_title", title=title_of(teaser))
    authors = byline(article.authors, printer.language) if article else ""
    age = describe_age(teaser.published, now, printer.language) if teaser.published else ""
    dateline = format_dateline(teaser.dateline) if teaser.dateline else ""
    if about := ", ".join(filter(None, (authors, teaser.section, dateline, age))):
        yield f"{about}."
    if article is None:
        if teaser.summary:
            yield teaser.summary
        yield printer.sentence("spoken_not_cached_offline" if offline else "spoken_not_cached")
        return
    for block in article.blocks:
        yield from block_lines(block, printer)
    if line := caption(article.image, printer.language):
        yield line
    yield printer.sentence("spoken_end")


def block_lines(block: Block, printer: Printer) -> Iterator[str]:
    """Yield a block as lines, its kind named by a word; a table becomes a record for each row."""
    if block.kind == "heading":
        yield printer.sentence("spoken_heading", text=block.text)
    elif block.kind == "quote":
        yield printer.sentence("spoken_quote", text=block.text)
    elif block.kind == "item":
        number = block.number
        yield (
            f"{number}. {block.text}"
            if number
            else printer.sentence("spoken_item", text=block.text)
        )
    elif block.kind == "table" and block.rows:
        yield from _table_lines(block, printer)
    elif block.kind == "code":
        yield printer.sentence("spoken_code")
        yield from code_lines(block.text)
    else:
        yield block.text


def _table_lines(block: Block, printer: Printer) -> Iterator[str]:
    # With no room at all, each row becomes a record.
    records: list[list[str]] = [[]]
    for line in table_lines(block.rows, 0):
        if line.kind == "gap":
            records.append([])
        else:
            records[-1].append(line.text)
    yield printer.sentence("spoken_table", rows=len(records))
    for number, fields in enumerate(records, 1):
        yield printer.sentence("spoken_row", number=number, fields="; ".join(fields))
