"""Pure typography of an article: what is said of it and its blocks, as lines in a column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from rich.cells import cell_len

from reader.model import Block, Headline
from reader.text.clean import clean_line, clean_text
from reader.text.reltime import Language
from reader.ui import words
from reader.ui.browser import may_open
from reader.ui.reasons import reason_text
from reader.ui.state.values import Fetch, Opened
from reader.ui.typeset.text import (
    SEPARATOR,
    age_text,
    dateline_text,
    headline_text,
    reading_minutes,
    sentence,
    worth_showing,
)
from reader.ui.typeset.wrapping import Hyphenate, Joint, Wrapped, wrap_evenly, wrap_text

BAR, BULLET, LEFT_OFF = "▌ ", "•  ", "› "
# Narrower than this (cells) a column has no room for signs beside its text.
_ROOM_FOR_SIGNS = 12
_KEPT_ARTICLES = 8
_HEADING_PARTS = ("kicker", "title", "about")
# All white space but newlines and the spaces at which no line may break.
_SPACES = re.compile(r"[^\S\n\xa0\u202f]+")


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """A line of the column: its text, drawn as `part` after a `sign` and before a `hyphen`.

    The part names a component style, as does `<part>-sign`. The joint leads to the next line's
    text where several lines are copied; signs and hyphens are not. `aside` stands in the margin.
    """

    text: str = ""
    part: str = "paragraph"
    sign: str = ""
    hyphen: str = ""
    joint: Joint = "\n"
    aside: str = ""


Lines = Sequence[ArticleLine]
BLANK = ArticleLine()


def heading_lines(
    opened: Opened, width: int, now: datetime, language: Language
) -> list[ArticleLine]:
    """Return section and title, and quietly below them where and when, how long, and the mark."""
    headline, article = opened.headline, opened.article
    section = clean_line(headline.teaser.section or "").upper()
    about = (
        dateline_text(headline.teaser.dateline),
        age_text(headline, now, language),
        words.say("article.reading-time", minutes=reading_minutes(article)) if article else "",
        words.say("article.saved") if headline.saved else "",
    )
    quiet = [line for text in _gathered(about, width) for line in _styled(text, "about")]
    return [
        BLANK,
        *(_styled(wrap_text(section, width), "kicker") if section else ()),
        *_styled(wrap_evenly(headline_text(headline.teaser), width), "title"),
        BLANK,
        *((*quiet, BLANK) if quiet else ()),
    ]


# An article is laid out again when one comes back to it, and with every mark it gets.
@lru_cache(_KEPT_ARTICLES)
def body_lines(
    blocks: tuple[Block, ...], width: int, hyphenate: Hyphenate | None = None
) -> tuple[ArticleLine, ...]:
    """Return the blocks that say something, the lead first, with air between them."""
    lines: list[ArticleLine] = []
    before: str | None = None
    for block in filter(worth_showing, blocks):
        part = "lead" if before is None and block.kind == "paragraph" else block.kind
        lines += [BLANK] * _air(before, part)
        lines += _block_lines(block.text, part, width, hyphenate)
        before = part
    return (*lines, BLANK)


def summary_lines(opened: Opened, width: int) -> list[ArticleLine]:
    """Return the summary where it says more than the title does, else nothing."""
    teaser = opened.headline.teaser
    summary = clean_line(teaser.summary)
    if summary in ("", headline_text(teaser)):
        return []
    return [*_block_lines(summary, "lead", width), BLANK]


def lack_text(headline: Headline, fetch: Fetch | None, wheel: str, *, offline: bool) -> str:
    """Return why the article is not there, and what is to be done about it.

    While it is fetched, that stands behind the `wheel`.
    """
    if fetch is not None and fetch.failure is None:
        return f"{wheel} {words.say('article.fetching')}"
    failure = (fetch and fetch.failure) or headline.failure
    if not may_open(headline.teaser.url):
        return words.say("article.not-offline-no-link")
    way = "go-online" if offline else "retry" if failure else "fetch"
    lack = sentence(reason_text(failure) if failure else words.say("article.not-offline"))
    return "\n".join((lack, words.say(f"article.how-to-{way}")))


def missing_lines(text: str, width: int) -> list[ArticleLine]:
    """Return why the article is not there, set off from what is."""
    return list(_block_lines(text, "missing", width))


def notice_lines(text: str, width: int, above: int) -> list[ArticleLine]:
    """Return a notice in the middle of the column, with `above` empty lines over it."""
    return [BLANK] * above + [
        replace(line, sign=" " * ((width - cell_len(line.text)) // 2))
        for line in _block_lines(text, "notice", width)
    ]


def characters(line: ArticleLine) -> int:
    """Return how many characters of the body, not counting spaces, the line has.

    Wrapping changes no sum of them; what stands above the body changes with time.
    """
    return 0 if line.part in _HEADING_PARTS else len(line.text) - line.text.count(" ")


def line_at(lines: Lines, place: int) -> int:
    """Return the number of the line that holds the character after `place` of the body."""
    for number, line in enumerate(lines):
        place -= characters(line)
        if place < 0:
            return number
    return max(len(lines) - 1, 0)


def with_place(lines: Lines, place: int) -> Lines:
    """Return the lines with a quiet sign beside the one where one left off; 0 is no such place."""
    if not place:
        return lines
    at = line_at(lines, place)
    return [
        *lines[:at],
        *(replace(line, aside=LEFT_OFF) for line in lines[at : at + 1]),
        *lines[at + 1 :],
    ]


def copied(pieces: Sequence[tuple[ArticleLine, int, int]]) -> str:
    """Return lines from and to a character each as running text, a paragraph on one line."""
    texts = [text for line, start, end in pieces for text in (line.text[start:end], line.joint)]
    return "".join(texts[:-1])


def _air(before: str | None, part: str) -> int:
    """Return how many empty lines stand between two parts."""
    if before is None or before == "heading" or (before == part == "item"):
        return 0
    return 2 if part == "heading" else 1


def _block_lines(
    text: str, part: str, width: int, hyphenate: Hyphenate | None = None
) -> Iterator[ArticleLine]:
    sign = {"quote": BAR, "missing": BAR, "item": BULLET}.get(part, "")
    if width < _ROOM_FOR_SIGNS:
        sign = ""
    text = _SPACES.sub(" ", clean_text(text))
    for text_line in filter(None, map(str.strip, text.split("\n"))):
        for line in wrap_text(text_line, width - len(sign), hyphenate):
            yield ArticleLine(line.text, part, sign, line.hyphen, line.joint)
            # A bullet hangs before the first line only, a bar stands before them all.
            sign = sign if sign == BAR else " " * len(sign)


def _styled(lines: Sequence[Wrapped], part: str) -> list[ArticleLine]:
    return [ArticleLine(line.text, part, "", line.hyphen, line.joint) for line in lines]


def _gathered(texts: Sequence[str], width: int) -> Iterator[list[Wrapped]]:
    """Yield the texts wrapped, as many on a line as fit, so that none begins or ends with a dot."""
    line = ""
    for text in filter(None, texts):
        longer = f"{line}{SEPARATOR}{text}" if line else text
        if line and cell_len(longer) > width:
            yield wrap_text(line, width)
            line = text
        else:
            line = longer
    if line:
        yield wrap_text(line, width)
