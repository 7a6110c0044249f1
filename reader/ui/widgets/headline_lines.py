"""Pure drawing of one headline as lines of (text, part); parts are names of component styles."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Literal, TypeVar

from rich.cells import cell_len

from reader.glyphs import FAILED, SAVED, unread_sign
from reader.model import DEFAULT_SOURCE, Headline
from reader.text.relative_time import Language
from reader.text.sanitize import clean_line
from reader.ui import wording
from reader.ui.state.density import RowForm
from reader.ui.state.folding import Fold
from reader.ui.typeset.text import (
    ends,
    fit,
    headline_text,
    joined,
    origin_of,
    places_text,
    short_age_text,
    since_text,
    wrap,
)
from reader.ui.typeset.wrapping import wrap_text

Line = list[tuple[str, str]]
# Returns the lines below a title, given their largest number and their width (cells).
Below = Callable[[int, int], Sequence[Line]]
_Meaning = TypeVar("_Meaning")

CURSOR, OPENED, PICKED = "▌", "│", "+"
# The signs of a closed story and of an open one, and the line before its older reports.
CLOSED, OPEN = "▸", "▾"
BEFORE_MEMBER = "  │ "
# The background of a whole row: at the cursor with or without the focus, or none.
RowState = Literal["here", "there", ""]
# The parts that have another colour at the cursor of the pane with the focus.
HERE = ("title", "read", "quiet", "match", "failed", "bar")
# A line that only separates rows, and has no background of its own.
BLANK_PART = "blank"
GUTTER = 3
_GAP = 2
# The largest number of lines of a title.
_PAIR = 2
_SECTION_WIDTH, _AGE_WIDTH = 12, 8
# A list narrower than this (cells) shows no section.
_WITH_SECTION = 40
# A lead of fewer cells is useless.
_LEAST_LEAD = 10
# So is a name of fewer.
_LEAST_NAME = 6
_DRAWN_ROWS = 256


def line_width(line: Line) -> int:
    """Return the width of a line (cells)."""
    return sum(cell_len(text) for text, _ in line)


def piece_at(pieces: Iterable[tuple[_Meaning, Line]], x: int) -> _Meaning | None:
    """Return the meaning of the piece of a drawn line at the cell `x`, None if there is none."""
    for meaning, line in pieces:
        x -= line_width(line)
        if x < 0:
            return meaning
    return None


def part_in(part: str, state: RowState) -> str:
    """Return the part in whose style a text of a row in this state is drawn."""
    return f"{part}-here" if state == "here" and part in HERE else part


# A row or card is drawn a line at a time, and requested for each of them.
@lru_cache(_DRAWN_ROWS)
def row_lines(
    headline: Headline,
    width: int,
    form: RowForm,
    now: datetime,
    language: Language,
    *,
    fold: Fold | None = None,
) -> list[Line]:
    """Return a list row of this form, each line `width` cells: the title, its lead, and the rest.

    The lead fills the rest of the title's second line; section and age end it. The size of a story
    is shown below it, or at the end of its line before section and age; the older reports of an
    open story have a line before them.
    """
    if fold and fold.kind == "member":
        own = row_lines(headline, max(width - len(BEFORE_MEMBER), 0), form.member, now, language)
        return [as_member(line) for line in own]
    row = _Row(headline, width, now, language)
    if fold and not form.blank:
        row.size = size_text(headline, fold)
    if form.height == 1:
        lines = [row.in_columns() if form.columns else row.with_age()]
    elif form.texts > _PAIR:
        lines = full_lines(headline, width, form, now, language)
    else:
        lines = row.pair(form)
    if fold and form.blank:
        age = row.age_below(lines[-1])
        room = row.room - (cell_len(age) + _GAP if age else 0)
        if story := story_text(headline, fold, now, room):
            lines[-1] = row.line(form.height, row.ended(story, "day", age))
    return lines


def as_member(line: Line) -> Line:
    """Return a line of an older report of an open story, indented after a vertical line."""
    if line[0][1] == BLANK_PART:
        return [(line[0][0] + " " * len(BEFORE_MEMBER), BLANK_PART)]
    return [line[0], (BEFORE_MEMBER, "quiet"), *line[1:]]


def size_text(headline: Headline, fold: Fold) -> str:
    """Return the number of reports in the story of a row: `▸7`; nothing for one report."""
    if fold.kind == "member" or headline.story_size is None or fold.here <= 1:
        return ""
    return f"{OPEN if fold.kind == 'open' else CLOSED}{wording.number(fold.here)}"


def names_story(line: Line, x: int, size: str) -> bool:
    """Tell whether the cell `x` of a line of a row is on the size of its story.

    That is a text of its own, or `size` at the end of another one.
    """
    for text, part in line:
        before, label = ("", text.rstrip()) if part == "day" else ("", "")
        if part == "quiet" and size and size in text:
            before, label = text[: text.rfind(size)], size
        begin = cell_len(before)
        if begin <= x < begin + cell_len(label):
            return True
        x -= cell_len(text)
    return False


def story_text(headline: Headline, fold: Fold, now: datetime, width: int) -> str:
    """Return the size of the story of a row: `▸ 7 berichten, 3 ongelezen, sinds wo`.

    The text is shortened to fit into `width` cells.
    """
    size = headline.story_size
    if fold.kind == "member" or size is None:
        return ""
    elsewhere = size.reports - fold.here
    parts = []
    if fold.here > 1:
        parts.append(wording.say_count("list.reports", fold.here))
        if not elsewhere:
            parts.append(wording.say("list.unread", count=size.unread) if size.unread else "")
        parts.append(wording.say("list.since", clock=since_text(size.since, now)))
    if elsewhere > 0 and fold.in_section:
        parts.append(wording.say("list.elsewhere", count=elsewhere))
    parts = list(filter(None, parts))
    sign = OPEN if fold.kind == "open" else CLOSED
    while len(parts) > 1 and cell_len(", ".join(parts)) + 2 > width:
        parts.pop()
    return f"{sign} {', '.join(parts)}" if parts else ""


def full_lines(
    headline: Headline,
    width: int,
    form: RowForm,
    now: datetime,
    language: Language,
    *,
    below: Below | None = None,
    aside: str = "",
) -> list[Line]:
    """Return a row whose lead fills the lines left by the title, with place and age below.

    The lines from `below` replace the lead, and `aside` precedes the age.
    """
    row = _Row(headline, width, now, language)
    row.put_before_age(aside)
    title = wrap(row.title, row.room, min(_PAIR, form.texts - 1))
    lead = (below or row.lead_lines)(row.room, form.texts - len(title))
    texts: list[Line] = [[(text, row.part)] for text in title] + list(lead)
    texts.append(row.about())
    lines = [row.line(number, text) for number, text in enumerate(texts)]
    return lines + [blank_line(width)] * (form.height - len(lines))


def blank_line(width: int) -> Line:
    """Return a line that separates rows."""
    return [(" " * width, BLANK_PART)]


class _Row:
    """A headline laid out in a row of a given width (cells)."""

    def __init__(self, headline: Headline, width: int, now: datetime, language: Language) -> None:
        self.headline = headline
        self.width = width
        self.room = max(width - GUTTER - 1, 0)
        self.title = headline_text(headline.teaser)
        self.part = "read" if headline.read else "title"
        self.age = short_age_text(headline, now, language)
        self.section = clean_line(origin_of(headline))
        self.is_of_feed = headline.source != DEFAULT_SOURCE
        self.reason = failure_text(headline)
        self.put_before_age(wording.say("list.retitled") if headline.retitled else "")
        # The size of its story, which comes before section and age.
        self.size = ""

    def put_before_age(self, text: str) -> None:
        """Put a text before the age, if there is one."""
        self.age = f"{text} {self.age}" if text else self.age

    def _after_size(self, meta: str) -> str:
        return f"{self.size} {meta}" if self.size else meta

    def age_below(self, line: Line) -> str:
        """Return the age if the last line showed it, as something else will replace that line."""
        if line[0][1] == BLANK_PART:
            return ""
        return self._metas()[0] if self.is_of_feed else self.age

    def line(self, number: int, text: Line) -> Line:
        """Return a text after the mark of the row's line with this number."""
        sign, part = dict(enumerate(mark_signs(self.headline))).get(number, (" ", self.part))
        return [(" ", "bar"), (sign, part), (" ", self.part), *text, (" ", self.part)]

    def with_age(self) -> Line:
        """Return the row as one line: the title, and the age at its end."""
        title, age = ends(self.title, self._after_size(self.age), self.room)
        return self.line(0, [(title, self.part), (age, "quiet")])

    def in_columns(self) -> Line:
        """Return the row as one line with columns for section and age."""
        about = fit(self.section, _SECTION_WIDTH)
        age = self._after_size(self.age)
        age = " " * max(_AGE_WIDTH - cell_len(age), 0) + age
        room = self.room - 2 * _GAP - _SECTION_WIDTH - cell_len(age)
        gap = " " * _GAP
        text = [(fit(self.title, room) + gap, self.part), (about + gap, "quiet"), (age, "quiet")]
        return self.line(0, text)

    def pair(self, form: RowForm) -> list[Line]:
        """Return two lines of title or lead with section and age at their end, then blank ones.

        The first blank one shows what does not fit in them, and why an article is missing.
        """
        first, *more = [each.text for each in wrap_text(self.title, max(self.room, 2))]
        rest = " ".join(more)
        texts: list[Line] = [[(fit(first, self.room), self.part)]]
        if not rest:
            texts.append(self.ended(self.reason or self.lead, "quiet", self._beside_lead()))
        else:
            metas = self._metas()
            if self.is_of_feed and form.blank:
                # The line below has room for the name.
                metas = metas[:1]
            meta = next((each for each in metas if self._fits(rest, each)), "")
            below = bool(form.blank) and bool(self.reason or not meta)
            texts.append(self.ended(rest, self.part, meta or ("" if below else self.age)))
            if below:
                texts.append(self.ended(self.reason, "quiet", "" if meta else self._metas()[0]))
        lines = [self.line(number, text) for number, text in enumerate(texts)]
        return lines + [blank_line(self.width)] * (form.height - len(lines))

    def _metas(self) -> list[str]:
        """Return the candidates for the end of a row, the fullest first."""
        named = self._meta_with_name()
        metas = [named, self.age] if named else [self.age]
        return [self._after_size(meta) for meta in metas]

    def _meta_with_name(self) -> str:
        """Return the section and the age; nothing where the section has no room."""
        if self.width >= _WITH_SECTION:
            return joined(self.section, self.age)
        if not self.is_of_feed:
            return ""
        # Other sources than the site are named even where sections have no room.
        end = self._after_size(joined(" ", self.age))
        room = self.room - _LEAST_LEAD - _GAP - cell_len(end) + 1
        name = fit(self.section, min(room, cell_len(self.section))) if room >= _LEAST_NAME else ""
        return joined(name, self.age)

    def _beside_lead(self) -> str:
        """Return the end of the line of a lead that still has a useful length."""
        left = self.reason or self.lead
        least = min(cell_len(left), _LEAST_LEAD)
        rooms = ((each, self.room - _GAP - cell_len(each)) for each in self._metas())
        return next((each for each, room in rooms if room >= least), self.age)

    def _fits(self, text: str, meta: str) -> bool:
        return cell_len(text) + _GAP + cell_len(meta) <= self.room

    def ended(self, text: str, part: str, meta: str) -> Line:
        """Return a text followed by the end of the line."""
        left, right = ends(text, meta, self.room)
        return [(left, part), (right, "quiet")]

    @property
    def lead(self) -> str:
        """Return the lead where it says more than the title."""
        return lead_text(self.headline)

    def lead_lines(self, room: int, count: int) -> list[Line]:
        """Return the lead, or why the article is missing, on at most `count` lines."""
        shown = self.reason or self.lead
        return [[(text, "quiet")] for text in wrap(shown, room, count)] if shown else []

    def about(self) -> Line:
        """Return section and place, up to the age at the end."""
        place = places_text(self.headline.teaser.dateline)
        about = joined(self.section, place)
        room = self.room - cell_len(self.age) - _GAP
        # A truncated place is less useful than the section alone.
        if place.casefold() == self.section.casefold() or (self.section and cell_len(about) > room):
            about = self.section
        return self.ended(about, "quiet", self.age)


def lead_text(headline: Headline) -> str:
    """Return the summary on one line where it says more than the title does, else nothing."""
    teaser = headline.teaser
    summary = clean_line(teaser.summary)
    return summary if teaser.title and summary != clean_line(teaser.title) else ""


def failure_text(headline: Headline) -> str:
    """Return why the article is missing, or nothing."""
    if headline.failure and not headline.cached:
        return wording.reason_text(headline.failure)
    return ""


def mark_signs(headline: Headline) -> Line:
    """Return the marks of a headline, one per line of its row: unread or missing, then saved."""
    sign, saved = unread_sign(headline), (SAVED if headline.saved else " ", "mark")
    return [saved] if sign == " " else [(sign, mark_part(headline)), saved]


def mark_part(headline: Headline) -> str:
    """Return the part of a headline's mark."""
    if headline.read:
        return "quiet"
    return "failed" if unread_sign(headline) == FAILED else "mark"
