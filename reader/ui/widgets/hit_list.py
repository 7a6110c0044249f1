"""The list of search results: each headline with the text that matched."""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache, partial
from typing import ClassVar

from msgspec.structs import replace
from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive

from reader.model import Headline, Hit, Term
from reader.text.relative_time import Language
from reader.text.sanitize import clean_text
from reader.text.snippet import find_terms
from reader.ui import wording
from reader.ui.state.density import RowForm
from reader.ui.state.folding import Fold
from reader.ui.state.search import HitRows
from reader.ui.widgets.headline_lines import BEFORE_MEMBER, Line, as_member, full_lines, size_text
from reader.ui.widgets.headline_list import HeadlineList
from reader.ui.widgets.scrolled import resize_quietly

_DRAWN_ROWS = 128
MATCH, AROUND = "match", "snippet"
# The parts of a row that may draw its title.
_TITLE = ("title", "read")
_WHITE = re.compile(r"\s+")


class HitList(HeadlineList, can_focus=True):
    """The hits of a search, the best first; otherwise like any list of headlines."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"headlines--{MATCH}", f"headlines--{AROUND}"}

    hit_rows: reactive[HitRows] = reactive(HitRows(), repaint=False)

    # By headline number, as in `ids`; empty before anything was found.
    _hits: dict[int, Hit]

    def watch_hit_rows(self, old: HitRows, new: HitRows) -> None:
        """Show the hits from the best on, or with the same hits, more or fewer of them."""
        self._hits = {hit.headline.id: hit for hit in new.found.hits}
        if new.found is old.found:
            self.ids = new.folded.rows
            return
        # The cursor must not stay on a headline that is now a worse hit.
        self.set_reactive(HeadlineList.cursor, 0)
        self.ids = new.folded.rows
        self.to_top()
        self._repaint_if_changed()

    def _resize_virtually(self) -> None:
        resize_quietly(self, Size(self.size.width, self._rows.extent(len(self.ids))))

    def _form_for(self, size: Size) -> RowForm:
        return hit_form(super()._form_for(size))

    def _row_lines(self, headline: Headline, width: int) -> Sequence[Line]:
        # The headline has its present marks, the hit those it was found with.
        hit = replace(self._hits[headline.id], headline=headline)
        fold = self._fold_of(headline.id)
        row = hit_lines(hit, width, self._form, self._now(), self._language, fold=fold)
        return [_marked(line, self.hit_rows.found.terms) for line in row]

    def _story_size(self, headline: Headline, fold: Fold) -> str:
        return _size_of_story(headline, fold)


def hit_form(form: RowForm) -> RowForm:
    """Return the form of the rows of hits, in place of that of headlines in this form.

    The snippet needs a line of its own, and section and age are on the last one. Where lines
    separate the rows, a title may take two.
    """
    texts = 3 if form.blank else 2
    return RowForm(texts + 1 + form.blank, texts, form.blank)


# A row is drawn a line at a time, and requested for each of them.
@lru_cache(_DRAWN_ROWS)
def hit_lines(
    hit: Hit,
    width: int,
    form: RowForm,
    now: datetime,
    language: Language,
    *,
    fold: Fold | None = None,
) -> list[Line]:
    """Return a row of this form, each line `width` cells: title, snippet, then section and age.

    The snippet takes the lines that the title leaves. The number of further hits of its story that
    are folded under this one precedes the age.
    """
    if fold and fold.kind == "member":
        own = hit_lines(hit, max(width - len(BEFORE_MEMBER), 0), form, now, language)
        return [as_member(line) for line in own]
    snippet = partial(_snippet_lines, hit)
    aside = _size_of_story(hit.headline, fold) if fold else ""
    return full_lines(hit.headline, width, form, now, language, below=snippet, aside=aside)


def _size_of_story(headline: Headline, fold: Fold) -> str:
    """Return how many further hits are folded under this one, or the size of an open story."""
    if fold.kind == "closed" and fold.here > 1:
        return wording.say("search.in-story", count=fold.here - 1)
    return size_text(headline, fold)


def _marked(line: Line, terms: Sequence[Term]) -> Line:
    """Return a line with the terms marked if it is a line of a title."""
    wanted = [term for term in terms if term.column in (None, "title")]
    marked: Line = []
    for text, part in line:
        end = 0
        if part in _TITLE:
            for (first, after), _ in find_terms(text, wanted):
                marked += [(text[end:first], part), (text[first:after], MATCH)]
                end = after
        marked.append((text[end:], part))
    return marked


def _snippet_lines(hit: Hit, room: int, count: int) -> list[Line]:
    lines = _snippet(hit, room * count).wrap(max(room, 2))
    if len(lines) > count:
        rest = Content(" ").join(lines[count - 1 :])
        lines[count - 1 :] = [rest.truncate(max(room, 1), ellipsis=True)]
    lines += [Content()] * (count - len(lines))
    return [[*_parts(line), _filling(line, room)] for line in lines]


def _snippet(hit: Hit, room: int) -> Content:
    """Return the snippet with its matches styled; `room` (cells) includes the first of them."""
    pieces, end = [], 0
    for first, after in sorted(hit.matches):
        pieces += [(hit.snippet[end:first], ""), (hit.snippet[max(first, end) : after], MATCH)]
        end = max(after, end)
    pieces.append((hit.snippet[end:], ""))
    # Each is cleaned separately, since cleaning would shift the positions.
    pieces = [(_WHITE.sub(" ", clean_text(text)), part) for text, part in pieces]
    before, width = pieces[0][0], cell_len("".join(text for text, _ in pieces))
    if hit.matches and width > room and len(before) > room // 3:
        pieces[0] = ("… " + before[-max(room // 3, 1) :].partition(" ")[2], "")
    return Content.assemble(*pieces)


def _parts(line: Content) -> Line:
    parts, end = [], 0
    for span in line.spans:
        parts += [
            (line.plain[end : span.start], AROUND),
            (line.plain[span.start : span.end], MATCH),
        ]
        end = span.end
    return [*parts, (line.plain[end:], AROUND)]


def _filling(line: Content, room: int) -> tuple[str, str]:
    return " " * max(room - line.cell_length, 0), AROUND
