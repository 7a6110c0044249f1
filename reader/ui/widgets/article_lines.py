"""Pure typography of an article: its head and its blocks, as lines in a column."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len

from reader.errors import is_gone_for_good
from reader.model import Article, Block, Headline, TextLink
from reader.text.article_links import may_open
from reader.text.code import code_lines
from reader.text.credits import byline, caption, modified_at, tag_line
from reader.text.link_places import links_in_lines
from reader.text.relative_time import Language
from reader.text.sanitize import clean_line, clean_text
from reader.text.tables import TableLine, table_lines
from reader.ui import wording
from reader.ui.state.linking import Linking
from reader.ui.state.notices import notice_of
from reader.ui.state.values import FetchAttempt, Notice, Opened
from reader.ui.typeset.text import (
    SEPARATOR,
    age_text,
    as_sentence,
    clock_text,
    dateline_text,
    fit,
    headline_text,
    origin_of,
    reading_minutes,
    short_age_text,
    worth_showing,
)
from reader.ui.typeset.wrapping import Hyphenate, Joint, Wrapped, wrap_evenly, wrap_text
from reader.ui.widgets.rule_line import THIN
from reader.ui.widgets.spanned_lines import UNBROKEN, Pieces, Span, wrap_pieces

BAR, BULLET, LEFT_OFF, CODE = "▎ ", "•  ", "› ", "│ "
# Beside the head, from its first line with text to its last.
BAND = "▊"
# The indent of the further lines of a piece of code or of a table's record.
_HANGING = "  "
# A column narrower than this (cells) has the host of a link below its words.
_HOST_BESIDE = 50
# A column narrower than this (cells) has no room for signs beside its text.
_ROOM_FOR_SIGNS = 12
_KEPT_ARTICLES = 8
# The parts drawn on the band; a rule ends it if there are no colours.
HEAD_PARTS = ("band", "kicker", "title", "byline", "about", "story", "reworded")
BAND_RULE = "band-rule"
# The number of a link, after its words.
_NUMBER = re.compile(r"\[\d{1,4}\]")
_OUTSIDE_BODY = (*HEAD_PARTS, BAND_RULE, "extra")
# The largest widths of a title in the head and of each fact there (cells): the rest of the view
# is the article's.
_TITLE_CELLS, _FACT_CELLS = 480, 160
# In a view of fewer lines the head has no empty lines.
_ROOMY_VIEW = 20
_SIGNS = {"quote": BAR, "missing": BAR, "item": BULLET}
# All white space except newlines and the spaces at which no line may break.
_SPACES = re.compile(r"[^\S\n\xa0\u202f]+")


class ArticleLine(Struct, frozen=True):
    """A line of the column: its text, drawn as `part` after a `sign` and before a `hyphen`.

    The part names a component style, as does `<part>-sign`. The joint is inserted before the next
    line's text when several lines are copied; signs and hyphens are not copied. `aside` is drawn in
    the margin. `weight` is how many characters of the body the line counts for, if not those of
    its text. A line that names a key is a button for its `command`. `spans` are the pieces that are
    drawn as other parts.
    """

    text: str = ""
    part: str = "paragraph"
    sign: str = ""
    hyphen: str = ""
    joint: Joint = "\n"
    aside: str = ""
    links: tuple[TextLink, ...] = ()
    weight: int | None = None
    command: str = ""
    spans: tuple[Span, ...] = ()


Lines = Sequence[ArticleLine]
BLANK = ArticleLine()


def heading_lines(
    opened: Opened, width: int, height: int, now: datetime, language: Language, *, bare: bool
) -> list[ArticleLine]:
    """Return section, title and authors, and in quiet style place, time, length and mark.

    In a view of few lines (`height`) the section comes first among the quiet facts, and no line
    is empty. A `bare` head, without colours, ends in a rule.
    """
    headline, article = opened.headline, opened.article
    authors = _bounded(byline(article.authors, language), _FACT_CELLS) if article else ""
    # For a feed, its group and its name.
    places = dict.fromkeys((headline.teaser.section or "", origin_of(headline)))
    section = _bounded(SEPARATOR.join(clean_line(each) for each in places if each), _FACT_CELLS)
    roomy = height >= _ROOMY_VIEW
    about = (
        "" if roomy else section,
        _bounded(dateline_text(headline.teaser.dateline), _FACT_CELLS),
        age_text(headline, now, language),
        _modified_text(article, now, language) if article else "",
        wording.say("article.reading-time", minutes=reading_minutes(article)) if article else "",
        wording.say("article.saved") if headline.saved else "",
    )
    quiet = [line for text in _gathered(about, width) for line in _styled(text, "about")]
    kicker = _styled(wrap_text(section.upper(), width), "kicker") if section and roomy else []
    title = _bounded(headline_text(headline.teaser), _TITLE_CELLS)
    offers = (
        (_story_notice(opened, now, language, brief=not roomy), "story"),
        (_changed_notice(opened, brief=not roomy), "reworded"),
    )
    lines = [
        line
        for notice, part in offers
        if notice
        for line in offer_lines(notice, part, width, brief=not roomy)
    ]
    head = [
        *kicker,
        *_styled(wrap_evenly(title, width), "title"),
        *(_styled(wrap_text(authors, width), "byline") if authors else ()),
        *quiet,
    ]
    if roomy:
        band = ArticleLine(part="band")
        head = [band, *(replace(line, aside=BAND) for line in head), band]
        lines = [*lines, band] if lines else []
    head += lines
    return [*head, *([ArticleLine(part=BAND_RULE)] if bare else ()), BLANK]


def offer_lines(notice: Notice, part: str, width: int, *, brief: bool = False) -> Lines:
    """Return a sentence that begins with a sign, and the key of what it offers, as buttons.

    With `brief` the key has no label.
    """
    sign, _, text = notice.text.partition(" ")
    pieces = [(text, "")]
    for offer in notice.offers:
        key = wording.key_of_command(offer.command)
        # No line may break between a key and its label.
        label = "" if brief else f" {clean_line(offer.label)}".replace(" ", UNBROKEN)
        pieces += [("  ", ""), (key.replace(" ", UNBROKEN), "key"), (label, "")]
    lines = styled_pieces(pieces, part, width - len(_HANGING))
    command = notice.offers[0].command if notice.offers else ""
    signs = (f"{sign} ", *[_HANGING] * len(lines))
    return [
        replace(line, sign=before, command=command)
        for line, before in zip(lines, signs, strict=False)
    ]


def styled_pieces(pieces: Pieces, part: str, width: int) -> list[ArticleLine]:
    """Return the lines of joined pieces, drawn as `part` where they have none of their own."""
    return [
        ArticleLine(line.text, part, joint=line.joint, spans=spans)
        for line, spans in wrap_pieces(pieces, width)
    ]


def _story_notice(
    opened: Opened, now: datetime, language: Language, *, brief: bool
) -> Notice | None:
    """Return how many reports the story of an article has, or that there is a newer one."""
    if len(opened.story) < 2:
        return None
    newest = opened.story[0]
    if newest.id == opened.headline.id:
        key = "article.story-brief" if brief else "article.story-newest"
        return notice_of(key, reports=len(opened.story))
    key = "article.story-newer-brief" if brief else "article.story-newer"
    return notice_of(key, age=short_age_text(newest, now, language))


def _changed_notice(opened: Opened, *, brief: bool) -> Notice | None:
    """Return what differs from the last reading of an article, or None."""
    changes = opened.changes
    if changes is None:
        return None
    what = [wording.say("article.changed-title")] if changes.title else []
    if changes.number:
        what.append(wording.say_count("article.changed-sentences", changes.number))
    return notice_of("article.changed-brief" if brief else "article.changed", what=", ".join(what))


# An article is laid out again on each return to it, and at each mark.
@lru_cache(_KEPT_ARTICLES)
def body_lines(
    blocks: tuple[Block, ...], width: int, hyphenate: Hyphenate | None = None
) -> tuple[ArticleLine, ...]:
    """Return the lines of the blocks that hold text, the lead first, with empty lines between."""
    lines: list[ArticleLine] = []
    before: str | None = None
    for block, sign in _with_signs(filter(worth_showing, blocks), width):
        part = "lead" if before is None and block.kind == "paragraph" else block.kind
        lines += [BLANK] * _air(before, part)
        if part == "code":
            lines += _code_lines(block.text, width)
        elif part == "table" and block.rows:
            lines += _table_lines(block, width)
        else:
            own = list(_block_lines(block.text, part, width, hyphenate, sign))
            lines += _linked(own, block) if block.links else own
        before = part
    return (*lines, BLANK)


def extra_lines(article: Article, width: int, language: Language) -> list[ArticleLine]:
    """Return the facts about the image and the subjects, in quiet style below the body."""
    texts = caption(article.image, language), tag_line(article.tags, language)
    return [
        line
        for text in filter(None, texts)
        for line in (*_styled(wrap_text(text, width), "extra"), BLANK)
    ]


def link_lines(linking: Linking, width: int) -> list[ArticleLine]:
    """Return the numbered links under their heading: words and host, wrapped where needed."""
    if not linking:
        return []
    # None of these lines is part of the body.
    lines = [ArticleLine(wording.say("links.title"), "heading", weight=0)]
    for number, link in enumerate(linking.links, 1):
        words = (clean_line(link.text), "")
        host = (urlsplit(link.url).hostname or "", "words-label")
        beside = width >= _HOST_BESIDE
        sign = f"[{number}] "
        texts = [[words, ("  ", ""), host]] if beside else [[words], [host]]
        for text in texts:
            for line in styled_pieces(text, "link", width - len(sign)):
                lines.append(replace(line, sign=sign, weight=0))
                sign = " " * len(sign)
    return [*lines, BLANK]


def is_number(text: str) -> bool:
    """Tell whether a piece of a line is the number of a link: `[2]`."""
    return _NUMBER.fullmatch(text) is not None


def summary_lines(opened: Opened, width: int) -> list[ArticleLine]:
    """Return the summary where it says more than the title does, else nothing."""
    teaser = opened.headline.teaser
    summary = clean_line(teaser.summary)
    if summary in ("", headline_text(teaser)):
        return []
    return [*_block_lines(summary, "lead", width), BLANK]


def lack_text(headline: Headline, fetch: FetchAttempt | None, waited: int, *, offline: bool) -> str:
    """Return why the article is missing, and what a reader can do about it.

    While the article is fetched, the text says for how many seconds one has `waited`.
    """
    if fetch is not None and fetch.failure is None:
        return wording.say("article.fetching", seconds=waited)
    failure = (fetch and fetch.failure) or headline.failure
    if not may_open(headline.teaser.url):
        return wording.say("article.not-offline-no-link")
    lack = as_sentence(
        wording.reason_text(failure) if failure else wording.say("article.not-offline")
    )
    if failure and is_gone_for_good(failure):
        return lack
    way = "go-online" if offline else "retry" if failure else "fetch"
    return "\n".join((lack, wording.say(f"article.how-to-{way}")))


def missing_lines(text: str, width: int) -> list[ArticleLine]:
    """Return the lines that say why the article is missing, set off from the summary."""
    return list(_block_lines(text, "missing", width))


def notice_block(text: str, width: int, above: int) -> list[ArticleLine]:
    """Return a notice in the middle of the column, with `above` empty lines above it."""
    return [BLANK] * above + [
        replace(line, sign=" " * ((width - cell_len(line.text)) // 2))
        for line in _block_lines(text, "notice", width)
    ]


def characters(line: ArticleLine) -> int:
    """Return how many characters of the body, not counting spaces, the line has.

    Wrapping does not change their sum; the text above the body changes with time.
    """
    if line.weight is not None:
        return line.weight
    return 0 if line.part in _OUTSIDE_BODY else _letters(line.text)


def line_at(lines: Lines, place: int) -> int:
    """Return the number of the line that holds the character after `place` of the body."""
    for number, line in enumerate(lines):
        place -= characters(line)
        if place < 0:
            return number
    return max(len(lines) - 1, 0)


def with_place(lines: Lines, place: int) -> Lines:
    """Return the lines with a mark beside the one at `place`; 0 is not a place."""
    if not place:
        return lines
    at = line_at(lines, place)
    return [
        *lines[:at],
        *(replace(line, aside=LEFT_OFF) for line in lines[at : at + 1]),
        *lines[at + 1 :],
    ]


def copied(pieces: Sequence[tuple[ArticleLine, int, int]]) -> str:
    """Return lines, each with its start and end, as running text, one line per paragraph."""
    texts = [text for line, start, end in pieces for text in (line.text[start:end], line.joint)]
    return "".join(texts[:-1])


def _air(before: str | None, part: str) -> int:
    """Return the number of empty lines between two parts."""
    if before is None or before == "heading" or (before == part == "item"):
        return 0
    return 1


def _letters(text: str) -> int:
    return len(text) - text.count(" ")


def _modified_text(article: Article, now: datetime, language: Language) -> str:
    """Return when the article was changed since it was published, or nothing."""
    published = article.teaser.published
    if article.modified is None or (published and article.modified <= published.latest):
        return ""
    return modified_at(clock_text(article.modified, now), language)


def _with_signs(blocks: Iterable[Block], width: int) -> Iterator[tuple[Block, str]]:
    """Yield the blocks, each with its sign; the numbers of one list are aligned at their ends."""
    for number_or_none, group in groupby(blocks, _is_numbered):
        together = list(group)
        if not number_or_none:
            yield from ((block, _SIGNS.get(block.kind, "")) for block in together)
            continue
        signs = [f"{block.number}. " for block in together]
        widest = max(map(len, signs))
        fits = widest <= width // 3
        for block, sign in zip(together, signs, strict=True):
            yield block, sign.rjust(widest) if fits else BULLET


def _is_numbered(block: Block) -> bool:
    return block.kind == "item" and block.number is not None


def _code_lines(text: str, width: int) -> Iterator[ArticleLine]:
    """Yield code line by line; the rest of a long line is indented on the next."""
    sign = CODE if width >= _ROOM_FOR_SIGNS else ""
    for code_line in code_lines(text):
        indent = min(len(code_line) - len(code_line.lstrip()), width // 3)
        hanging = " " * indent + _HANGING if sign else ""
        before = sign
        for line in _wrapped_code(code_line, width - len(sign), len(hanging)):
            yield ArticleLine(line.text, "code", before, joint=line.joint)
            before = sign + hanging


def _wrapped_code(code_line: str, width: int, hanging: int) -> list[Wrapped]:
    if cell_len(code_line) <= width:
        return [Wrapped(code_line)]
    return wrap_text(code_line, width - hanging)


def _table_lines(block: Block, width: int) -> Iterator[ArticleLine]:
    for line in table_lines(block.rows, width, cell_len):
        if line.kind == "field":
            yield from _field_lines(line, width)
        elif line.kind == "rule":
            # Only drawn, from the first column to the last: a copy has no trace of it.
            yield ArticleLine("", "table", THIN * cell_len(line.text), joint="")
        else:
            part = "table-header" if line.kind == "header" else "table"
            yield ArticleLine(line.text, part, weight=line.characters)


def _field_lines(field: TableLine, width: int) -> Iterator[ArticleLine]:
    """Yield a field of a record, wrapped; the label is not part of the body."""
    hanging = _HANGING if width >= _ROOM_FOR_SIGNS else ""
    label = _letters(field.text[: field.label])
    # The header of the table counts with the first field, whose `characters` include it.
    more = field.characters - _letters(field.text) + label
    before = ""
    for line in wrap_text(field.text, width - len(hanging)):
        letters = _letters(line.text)
        of_label = min(label, letters)
        yield ArticleLine(
            line.text, "table", before, joint=line.joint, weight=letters - of_label + more
        )
        label, more, before = label - of_label, 0, hanging


def _linked(lines: Sequence[ArticleLine], block: Block) -> list[ArticleLine]:
    """Return the lines of a block with its links in them."""
    links = links_in_lines(block.text, block.links, [line.text for line in lines])
    pairs = zip(lines, links, strict=True)
    return [
        replace(line, links=its_links, weight=_weight_without_numbers(line, its_links))
        if its_links
        else line
        for line, its_links in pairs
    ]


def _weight_without_numbers(line: ArticleLine, links: Sequence[TextLink]) -> int | None:
    """Return how many characters of the body a line has, if it contains numbers of links."""
    added = sum(
        link.end - link.start for link in links if is_number(line.text[link.start : link.end])
    )
    return _letters(line.text) - added if added else None


def _block_lines(
    text: str, part: str, width: int, hyphenate: Hyphenate | None = None, sign: str = ""
) -> Iterator[ArticleLine]:
    sign = sign or _SIGNS.get(part, "")
    if width < _ROOM_FOR_SIGNS:
        sign = ""
    text = _SPACES.sub(" ", clean_text(text))
    for text_line in filter(None, map(str.strip, text.split("\n"))):
        for line in wrap_text(text_line, width - len(sign), hyphenate):
            yield ArticleLine(line.text, part, sign, line.hyphen, line.joint)
            # A bullet is drawn before the first line only, a bar before all lines.
            sign = sign if sign == BAR else " " * len(sign)


def _styled(lines: Sequence[Wrapped], part: str) -> list[ArticleLine]:
    return [ArticleLine(line.text, part, "", line.hyphen, line.joint) for line in lines]


def _bounded(text: str, most: int) -> str:
    """Return a text, cut to so many cells with an ellipsis if it is longer."""
    return text if cell_len(text) <= most else fit(text, most).rstrip()


def _gathered(texts: Sequence[str], width: int) -> Iterator[list[Wrapped]]:
    """Yield the texts wrapped, as many on a line as fit, with no dot at either end of a line."""
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
