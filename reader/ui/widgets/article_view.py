"""The article: drawn line by line, at a measure that is comfortable to read."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import pairwise
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.events import Blur, Click, Focus, Resize
from textual.geometry import Offset, Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.timer import Timer

from reader.model import TextLink
from reader.text.relative_time import Language
from reader.ui import wording
from reader.ui.commands.bindings import bindings_of
from reader.ui.messages import RIGHT, CommandAsked, MenuAsked
from reader.ui.state.comparison import Comparison, comparison_in
from reader.ui.state.linking import Linking, numbered
from reader.ui.state.matches import Finding, Match, Sought, matches_in
from reader.ui.state.network import Network
from reader.ui.state.values import FetchAttempt, Opened
from reader.ui.typeset.hyphens import dutch_hyphens
from reader.ui.typeset.wrapping import MEASURE, TextColumn, column
from reader.ui.widgets.article_lines import (
    BAND_RULE,
    BLANK,
    HEAD_PARTS,
    LEFT_OFF,
    ArticleLine,
    Lines,
    body_lines,
    characters,
    copied,
    extra_lines,
    heading_lines,
    is_number,
    lack_text,
    line_at,
    link_lines,
    missing_lines,
    notice_block,
    summary_lines,
    with_place,
)
from reader.ui.widgets.calm_focus import lose_focus, take_focus
from reader.ui.widgets.change_lines import CHANGE_KINDS, change_lines
from reader.ui.widgets.header_state import percent
from reader.ui.widgets.scrolled import resize_quietly
from reader.ui.widgets.spanned_lines import Span

# Marks a link without colours, too.
_LINK = Style(underline=True)
# Marks matches of the sought text, and the present one, without colours, too.
_MATCH, _PRESENT = Style(bold=True, underline=True), Style(bold=True, reverse=True)
# Lines of the last screen that stay in view when paging on.
_OVERLAP = 2
_RULE = "─"


class _Held(Struct, frozen=True):
    """A reading place that is kept through resizes.

    The last resize scrolled the view to `line`; before the first one, `place` characters of the
    body were above the view, whose first line was `first_line` in a room of `room` cells.
    """

    line: int
    place: int
    room: int
    first_line: int


# For an article that no resize has moved.
_NOTHING_HELD = _Held(-1, 0, 0, 0)


class ArticleView(ScrollView, can_focus=True, inherit_bindings=False):
    """The opened headline with its article, or the summary where only that is offline.

    Its lines have at most `measure` cells; with `hyphenate`, Dutch words may be hyphenated.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("article")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"article--{part}"
        for part in (
            "band",
            "band-sign",
            "band-rule",
            "kicker",
            "title",
            "byline",
            "about",
            "lead",
            "paragraph",
            "heading",
            "quote",
            "quote-sign",
            "item",
            "item-sign",
            "code",
            "code-sign",
            "table",
            "table-header",
            "table-sign",
            "extra",
            "missing",
            "missing-sign",
            "notice",
            "story",
            "story-sign",
            "reworded",
            "reworded-sign",
            "changes",
            "changes-sign",
            "key",
            "link",
            "link-sign",
            "words-old",
            "words-new",
            "words-label",
            *(f"{kind}{part}" for kind in CHANGE_KINDS for part in ("", "-sign")),
        )
    }

    opened: reactive[Opened | None] = reactive(None, repaint=False)
    revision = reactive(0, repaint=False)
    network: reactive[Network] = reactive(Network(), repaint=False)
    fetch: reactive[FetchAttempt | None] = reactive(None, repaint=False)
    bare = reactive(False, repaint=False)
    # The reading progress, and whether the title has scrolled out of view.
    reached = reactive("", repaint=False)
    title_is_gone = reactive(False, repaint=False)
    sought: reactive[Sought] = reactive(Sought(), repaint=False)
    finding: reactive[Finding] = reactive(Finding(), repaint=False)
    comparing: reactive[Comparison | None] = reactive(None, repaint=False)
    linking: reactive[Linking] = reactive(Linking(), repaint=False)

    def __init__(
        self,
        now: Callable[[], datetime],
        language: Language,
        *,
        measure: int = MEASURE,
        hyphenate: bool = False,
    ) -> None:
        super().__init__()
        self._now = now
        self._language = language
        self._measure = measure
        self._hyphenate = hyphenate
        self._lines: Lines = ()
        self._room = 0
        # Whether the opened article has been visible, and where to scroll it once it is.
        self.seen = True
        self._first_line = 0
        # The reading place from an earlier visit.
        self._left_off = 0
        self._held = _NOTHING_HELD
        # The line that the reader scrolled to, in the view of this size.
        self._top = 0
        self._laid_out_for = Size()
        # The matches in these lines, and the match to scroll to once the view has its lines.
        self._matches: list[Match] = []
        self._hits: dict[int, list[tuple[int, int, bool]]] = {}
        self._wanted_match: int | None = None
        self._counting: Timer | None = None
        self._is_drawing = False
        self._waited = 0
        # The line at which reading continues.
        self._reads_from = 0
        # Whether reading continues at the present match.
        self._reads_match = False

    @property
    def at_end(self) -> bool:
        """Tell whether the last line is in view; never before the article has been seen."""
        return self.seen and self.scroll_offset.y >= self.max_scroll_y

    @property
    def place(self) -> int:
        """Return how many characters of the body are above the view: the same at any width."""
        return self._place_above(self.scroll_offset.y) if self.seen else 0

    @property
    def holds_place(self) -> bool:
        """Tell whether the end is in view only because the window grew, not by reading on."""
        return self._held.line == self.scroll_offset.y and self._held.place > 0 and self.at_end

    @property
    def caret(self) -> Offset:
        """Return the first cell of the text at which reading continues, within the view.

        That is the title of a newly opened article, after scrolling the first new line, and the
        match that was gone to.
        """
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.size.height
        if self._reads_match and self.finding.current < len(self._matches):
            number, start, _ = self._matches[self.finding.current][0]
            if top <= number < bottom:
                line = self._lines[number]
                before = cell_len(line.sign) + cell_len(line.text[:start])
                return Offset(self._column.left + before, number - top)
        first = min(max(self._reads_from, top), max(bottom - 1, top))
        shown = range(first, min(bottom, len(self._lines)))
        number = next((each for each in shown if self._lines[each].text.strip()), first)
        line = self._lines[number] if number < len(self._lines) else BLANK
        before = cell_len(line.sign) + len(line.text) - len(line.text.lstrip())
        return Offset(self._column.left + before, number - top)

    @property
    def line(self) -> int:
        """Return the number of the first line in view."""
        return self.scroll_offset.y

    def resume(self, place: int) -> None:
        """Scroll to a reading place, with a mark beside its line."""
        self._left_off = place
        self._lay_out()
        self.return_to(line_at(self._lines, place))

    def return_to(self, line: int) -> None:
        """Scroll to `line`, and again when the view has its height for what was opened."""
        self._first_line = line
        # A hidden view has no size, and would go back to where it was when it gets one.
        self._top = line
        self._scroll_to_line(line)

    def scroll_by(self, lines: int) -> None:
        """Scroll by `lines`."""
        self._scroll_to_line(self.scroll_offset.y + lines)

    def page(self, pages: int) -> None:
        """Scroll by `pages` views, keeping a few lines of context."""
        # A held key must not page an article that nobody has seen.
        if self.seen:
            lines = max(self.size.height - _OVERLAP, 1)
            self._scroll_to_line(self.scroll_offset.y + pages * lines)

    def to_start(self) -> None:
        """Scroll to the first line."""
        self._scroll_to_line(0)

    def to_end(self) -> None:
        """Scroll to the last line."""
        self._scroll_to_line(self.max_scroll_y)

    @property
    def match_count(self) -> int:
        """Return how many matches of the sought text there are."""
        return len(self._matches)

    def first_match_in_view(self) -> int:
        """Return the number of the first match in view or below, else of the first of all."""
        top = self.scroll_offset.y
        below = (number for number, match in enumerate(self._matches) if match[0][0] >= top)
        return next(below, 0)

    def go_to_match(self, number: int) -> None:
        """Scroll so that a match is in view, also once the view has its lines."""
        self._wanted_match = number
        self._show_match()

    def _show_match(self) -> None:
        if self._wanted_match is None or self._wanted_match >= len(self._matches):
            return
        line, height = self._matches[self._wanted_match][0][0], self.size.height
        if self.seen:
            self._wanted_match = None
        if not self.scroll_offset.y <= line < self.scroll_offset.y + height:
            self.return_to(max(line - height // 3, 0))
        self._reads_match = True

    def watch_sought(self) -> None:
        """Mark the sought text."""
        self._find_matches()
        self.refresh()

    def watch_finding(self) -> None:
        """Mark the present match."""
        self._place_hits()
        self.refresh()

    def _find_matches(self) -> None:
        lines = [(line.text, line.joint) for line in self._lines] if self.sought else []
        self._matches = matches_in(lines, self.sought)
        self._place_hits()

    def _place_hits(self) -> None:
        self._hits = {}
        for number, match in enumerate(self._matches):
            present = number == self.finding.current
            for line, start, end in match:
                self._hits.setdefault(line, []).append((start, end, present))

    def watch_opened(self, old: Opened | None, new: Opened | None) -> None:
        """Draw another article from its beginning; keep the reading place of the same one."""
        if old and new and old.headline.id == new.headline.id:
            self._lay_out()
            return
        self.seen, self._left_off, self._held = False, 0, _NOTHING_HELD
        self._reads_from, self._reads_match = 0, False
        self._drop_selection()
        self._lay_out()
        self.return_to(0)
        self.call_after_refresh(self._settle)

    def watch_revision(self) -> None:
        """Redraw the age."""
        self._lay_out()

    def on_focus(self, event: Focus) -> None:
        """Take the focus without a repaint."""
        take_focus(self, event)

    def on_blur(self, event: Blur) -> None:
        """Lose the focus without a repaint."""
        lose_focus(self, event)

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Repaint nothing: the rule above the article shows the focus."""

    def watch_bare(self) -> None:
        """Redraw the head."""
        self._lay_out()

    def measure_reading(self) -> None:
        """Update the reading progress: the share of all lines above the end of the view."""
        opened, last = self.opened, self.scroll_offset.y + self.size.height
        if opened is None or not self._lines:
            self.reached, self.title_is_gone = "", False
            return
        count = len(self._lines)
        self.reached = wording.say("status.end") if last >= count else percent(last, count)
        titles = (n for n, line in enumerate(self._lines) if line.part == "title")
        self.title_is_gone = self.scroll_offset.y > max(titles, default=0)

    def watch_comparing(self) -> None:
        """Toggle between the changes in the article and its text."""
        self._lay_out()

    def watch_linking(self) -> None:
        """Show or hide the numbers of the links; the top line of the view stays there."""
        place = self.place
        self._lay_out()
        if self.seen and place:
            self._scroll_to_line(line_at(self._lines, place))

    def watch_network(self) -> None:
        """Redraw the advice for a missing article."""
        self._lay_out()

    def watch_fetch(self, _old: FetchAttempt | None, new: FetchAttempt | None) -> None:
        """Redraw the state of the missing article; while it is fetched, count the seconds."""
        self._waited = 0
        self._lay_out()
        if self._counting is not None:
            self._counting.stop()
            self._counting = None
        if new is not None and new.failure is None:
            self._counting = self.set_interval(1, self._count)

    def _count(self) -> None:
        self._waited += 1
        self._lay_out()

    def on_resize(self, _event: Resize) -> None:
        """Lay the article out at its new width, keeping the text at the top there."""
        held = self._held
        if held.line != self._top:
            held = _Held(self._top, self._place_above(self._top), self._room, self._top)
        had_lines, self._laid_out_for = bool(self._lines), self.size
        if self._room != self.scrollable_content_region.width:
            self._drop_selection()
        self._lay_out()
        self._resize_virtually()
        if had_lines:
            wrapped = line_at(self._lines, held.place) if held.place else 0
            self._scroll_to_line(held.first_line if held.room == self._room else wrapped)
            self._held = replace(held, line=self.scroll_offset.y)
        self._top = self.scroll_offset.y
        if not self.seen:
            self._settle()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Note the line that the reader scrolled to; a resize scrolls before its event arrives."""
        super().watch_scroll_y(old_value, new_value)
        if self.size == self._laid_out_for:
            self._top = round(new_value)

    def _place_above(self, top: int) -> int:
        """Return how many characters of the body are above the line `top`.

        For the line to which a resize scrolled, return the place before the resize: a window
        that is large for a moment shows more, and must not lose the place.
        """
        held = self._held
        return held.place if held.line == top else sum(map(characters, self._lines[:top]))

    def _settle(self) -> None:
        """Note that the opened article was visible, unless the view is hidden."""
        if self.scrollable_content_region.width:
            # An article that was opened while the view was hidden had no lines then.
            first = line_at(self._lines, self._left_off) if self._left_off else self._first_line
            if first:
                self._scroll_to_line(first)
            self._first_line = 0
            self.seen = True
            self._show_match()

    def _lay_out(self) -> None:
        """Make the lines and repaint those that changed."""
        # While hidden, the view uses its previous width, which it will probably have again; before
        # it had any, that of the window, as it is hidden where one pane is shown.
        room = self._room
        whole = self.app.size.width - self.styles.scrollbar_size_vertical
        self._room = self.scrollable_content_region.width or room or whole
        if not self._room:
            return
        old, self._lines = self._lines, with_place(self._drawn(), self._left_off)
        if self.sought:
            self._find_matches()
        # In a room of another size, the same lines may be at other positions.
        if len(old) != len(self._lines) or room != self._room:
            self._drop_selection()
            self._resize_virtually()
            self.refresh()
            return
        changed = [
            number for number, pair in enumerate(zip(old, self._lines, strict=True))
            if pair[0] is not pair[1] and pair[0] != pair[1]
        ]  # fmt: skip
        if changed:
            self.refresh_lines(changed[0], changed[-1] - changed[0] + 1)

    def _resize_virtually(self) -> None:
        # At least as high as the view; at that height the scrollbar is empty.
        height = max(len(self._lines), self.size.height)
        resize_quietly(self, Size(self._room, height))
        self._scroll_to_line(self.scroll_offset.y)
        self.measure_reading()

    def _scroll_to_line(self, line: int) -> None:
        top = self.scroll_offset.y
        target = max(0, min(line, self.max_scroll_y))
        if target != top:
            self._reads_match = False
            # When scrolling down, what was in view has been read; otherwise the view is new.
            self._reads_from = max(top + self.size.height, target) if target > top else target
            if self._reads_from >= target + self.size.height:
                self._reads_from = target
        self.scroll_to(y=line, animate=False, force=True, immediate=True)

    def _drawn(self) -> Lines:
        width, opened = self._column.width, self.opened
        if opened is None:
            return notice_block(wording.say("empty.nothing-opened"), width, self.size.height // 4)
        height, now = self.size.height, self._now()
        compared = comparison_in(self.comparing, opened)
        # The view of the changes names them itself.
        headed = replace(opened, changes=None) if compared else opened
        lines = heading_lines(headed, width, height, now, self._language, bare=self.bare)
        if compared:
            return [*lines, *change_lines(compared, width, now)]
        if opened.article is not None:
            hyphens = dutch_hyphens() if self._hyphenate else None
            blocks = opened.article.blocks
            if self.linking:
                blocks = numbered(blocks, self.linking.numbers)
            body = body_lines(blocks, width, hyphens)
            extra = extra_lines(opened.article, width, self._language)
            return [*lines, *body, *extra, *link_lines(self.linking, width)]
        fetch = self.fetch if self.fetch and self.fetch.headline_id == opened.headline.id else None
        lack = lack_text(opened.headline, fetch, self._waited, offline=self.network.offline)
        return [*lines, *summary_lines(opened, width), *missing_lines(lack, width)]

    @property
    def _column(self) -> TextColumn:
        return column(self._room, self._measure)

    def render_line(self, y: int) -> Strip:
        """Return the line `y` of the view, filled to its whole width."""
        number = y + self.scroll_offset.y
        line = self._lines[number] if number < len(self._lines) else BLANK
        if line.part in HEAD_PARTS or line.part == BAND_RULE:
            return self._head_strip(line, number)
        base = self.get_visual_style().rich_style
        left = self._column.left
        has_present = any(present for *_, present in self._hits.get(number, ()))
        aside = LEFT_OFF if has_present else line.aside
        segments = [Segment(aside.rjust(left)[:left], base), *self._segments(line, number)]
        strip = Strip(segments).adjust_cell_length(self.scrollable_content_region.width, base)
        # The mouse selects by offsets, also in empty space; each has its own style, which stays in
        # caches.
        return strip if self._is_drawing else strip.apply_offsets(0, number)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines to draw; the mouse asks for single ones."""
        self._is_drawing = True
        try:
            return super().render_lines(crop)
        finally:
            self._is_drawing = False

    def _head_strip(self, line: ArticleLine, number: int) -> Strip:
        """Return a line of the head, drawn on a band across the whole pane."""
        width, left = self.scrollable_content_region.width, self._column.left
        if line.part == BAND_RULE:
            style = self.get_visual_style("article--band-rule").rich_style
            return Strip([Segment(_RULE * width, style)], width)
        base = self.get_visual_style("article--band").rich_style
        sign = Segment(line.aside, self.get_visual_style("article--band-sign").rich_style)
        segments = [sign, Segment(" " * (left - len(line.aside)), base)]
        strip = Strip([*segments, *self._segments(line, number)]).adjust_cell_length(width, base)
        return strip if self._is_drawing else strip.apply_offsets(0, number)

    def _segments(self, line: ArticleLine, number: int) -> Iterator[Segment]:
        if line.sign:
            sign = f"article--{line.part}" + ("-sign" if line.sign.strip() else "")
            yield Segment(line.sign, self.get_visual_style(sign).rich_style)
        style = self.get_visual_style(f"article--{line.part}").rich_style
        selection = self.text_selection
        span = selection.get_span(number) if selection else None
        hits = self._hits.get(number, ())
        if span is None and not line.links and not hits and not line.spans:
            yield Segment(line.text + line.hyphen, style)
            return
        spans = [(link.start, link.end, self._link_style(line, link)) for link in line.links]
        spans += [(each.start, each.end, self._span_style(line, each)) for each in line.spans]
        spans += [(start, end, _PRESENT if present else _MATCH) for start, end, present in hits]
        if span is not None:
            # Only its background, as it has no text colour.
            ground = self.screen.get_visual_style("screen--selection").rich_style.bgcolor
            spans.append((*self._cut(line, span), Style(bgcolor=ground)))
        edges = sorted({0, len(line.text), *(edge for each in spans for edge in each[:2])})
        for start, end in pairwise(edges):
            styles = (more for first, last, more in spans if first <= start and end <= last)
            yield Segment(line.text[start:end], sum(styles, style))
        yield Segment(line.hyphen, style)

    def _span_style(self, line: ArticleLine, span: Span) -> Style:
        """Return the style of a piece of a line, on the background of the line."""
        parts = (f"article--{line.part}", f"article--{span.part}")
        return self.get_visual_style(*parts).rich_style

    def _link_style(self, line: ArticleLine, link: TextLink) -> Style:
        """Return the style of the words of a link, or of the number after them."""
        if self.linking and is_number(line.text[link.start : link.end]):
            return self.get_visual_style("article--heading").rich_style
        return _LINK

    def on_click(self, event: Click) -> None:
        """Run the command of the line under the mouse; with the right button, ask for the menu."""
        if event.button == RIGHT and self.opened is not None:
            self.post_message(MenuAsked(event.screen_offset))
            return
        offset = event.get_content_offset(self)
        number = self.scroll_offset.y + offset.y if offset else len(self._lines)
        command = self._lines[number].command if number < len(self._lines) else ""
        if command:
            self.post_message(CommandAsked(command))

    # Selection with the mouse.

    def get_selection(self, selection: Selection) -> tuple[str, str]:
        """Return the selected text, one line per paragraph, and the text to append to it."""
        pieces = [
            (line, *self._cut(line, span))
            for number, line in enumerate(self._lines)
            if (span := selection.get_span(number))
        ]
        return copied(pieces), "\n"

    def selection_updated(self, _selection: Selection | None) -> None:
        """Show the selection."""
        self.refresh()

    def _drop_selection(self) -> None:
        if self.text_selection is not None:
            self.screen.clear_selection()

    def _cut(self, line: ArticleLine, span: tuple[int, int]) -> tuple[int, int]:
        """Return the characters of a line's text in a span of the drawn line; -1 is its end."""
        before, length = self._column.left + len(line.sign), len(line.text)
        start, end = span
        return (
            min(max(start - before, 0), length),
            length if end < 0 else min(max(end - before, 0), length),
        )
