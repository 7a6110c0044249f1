"""The related headlines: whole cards side by side below the article, or a rail beside it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import accumulate, pairwise
from typing import ClassVar

from msgspec import Struct
from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import BindingType
from textual.events import Blur, Click, Focus, MouseScrollDown, MouseScrollUp, Resize
from textual.geometry import Offset, Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from reader.model import Headline
from reader.text.relative_time import Language
from reader.text.sanitize import clean_line
from reader.ui import wording
from reader.ui.commands.bindings import bindings_of
from reader.ui.messages import RIGHT, Chosen, MenuAsked
from reader.ui.state.rows import Dividing, Rows
from reader.ui.state.values import Opened
from reader.ui.typeset.text import fit, headline_text
from reader.ui.widgets.calm_focus import lose_focus, take_focus
from reader.ui.widgets.cards import BEFORE_TEXT, CardPlace, card_lines, places
from reader.ui.widgets.headline_lines import (
    BLANK_PART,
    CURSOR,
    HERE,
    Line,
    RowState,
    line_width,
    mark_signs,
    part_in,
)
from reader.ui.widgets.rule_line import THIN, RuleText

# The lines of a card in the rail, and those including the blank line after it.
_RAIL_CARD, _RAIL_PITCH = 4, 5
_AFTER = "›"
# In one line, the cells of the sign of the cursor, and those of the mark before the title; the
# label has at most one in so many cells.
_BAR, _MARK, _LABEL_SHARE = 1, 2, 3


class StripGroup(Struct, frozen=True):
    """Headlines that are related in the same way, from the one at `start` on."""

    name: str
    start: int
    count: int


class TeaserStrip(Widget, can_focus=True, inherit_bindings=False):
    """The related headlines of what is opened; posts Chosen for the one that is chosen.

    As a `rail`, it stacks the cards. With a height of one line, it shows one title.
    """

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("strip")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"teasers--{part}"
        for part in (
            *("card", "here", "title", "read", "quiet", "mark", "failed", "bar", "label"),
            *(f"{part}-here" for part in HERE if part != "match"),
            *("rule", "label-here"),
        )
    }

    opened: reactive[Opened | None] = reactive(None)
    cursor = reactive(0, repaint=False)
    # The first card in view.
    first = reactive(0, repaint=False)
    rail = reactive(False)

    class Shown(Message):
        """Other cards are in view, or the cursor is at another one."""

    def __init__(self, now: Callable[[], datetime], language: Language) -> None:
        super().__init__()
        self._now = now
        self._language = language
        self._related: Sequence[Headline] = ()

    @property
    def cursor_id(self) -> int | None:
        """Return the number of the headline at the cursor."""
        return self._related[self.cursor].id if self.cursor < len(self._related) else None

    @property
    def caret(self) -> Offset:
        """Return the first cell of the text of the card at the cursor, within the strip."""
        before = BEFORE_TEXT
        if not self.rail and self.size.height <= 1:
            before = _BAR + cell_len(self._title_label) + _MARK
        return self._region_of(self.cursor).offset + Offset(before, 0)

    # The contents of the rule above it.

    @property
    def groups(self) -> list[StripGroup]:
        """Return the groups of headlines, in order."""
        section = clean_line((self.opened and self.opened.headline.teaser.section) or "")
        name = (
            wording.say("strip.more-from", section=section)
            if section
            else wording.say("strip.related")
        )
        names = (wording.say("strip.story"), wording.say("strip.alike"), name)
        starts = (0, *accumulate(self._counts))
        sized = zip(names, starts, self._counts, strict=False)
        return [StripGroup(name, start, count) for name, start, count in sized if count]

    @property
    def _counts(self) -> tuple[int, int, int]:
        """Return how many headlines are of this story, similar, and from the page."""
        of_story, alike = self.opened.alike if self.opened else (0, 0)
        return of_story, alike, len(self._related) - of_story - alike

    def _arranged(self, related: Sequence[Headline], before: Sequence[Headline]) -> list[Headline]:
        """Return the headlines with the unread of each group first, or in the order of `before`."""
        order = {headline.id: place for place, headline in enumerate(before)}
        of_story, alike = self.opened.alike if self.opened else (0, 0)
        edges = (0, of_story, of_story + alike, len(related))
        return [
            headline
            for start, end in pairwise(edges)
            for headline in sorted(
                related[start:end],
                key=lambda each: order.get(each.id, len(order)) if before else each.read,
            )
        ]

    @property
    def labels(self) -> list[RuleText]:
        """Return a label for each group in view, above its first visible card."""
        labels = []
        for group in self.groups:
            shown = range(max(group.start, self.first), group.start + group.count)
            if not shown or shown[0] >= self.first + self._in_view:
                continue
            card = shown[0] - self.first
            x = 0 if self.rail else self._places[card].x
            here = group.start <= self.cursor < group.start + group.count
            text = f"{group.name} {wording.number(group.count)}"
            labels.append(RuleText(text, x, strong=here and self.has_focus))
            if self.rail:
                break
        return labels

    @property
    def figure(self) -> str:
        """Return which cards of how many are in view, nothing if all are."""
        count, last = len(self._related), self.first + self._in_view
        if count <= self._in_view:
            return ""
        text = wording.say("status.cards", first=self.first + 1, last=min(last, count), count=count)
        if self._in_view == 1:
            text = wording.out_of(self.first + 1, count)
        return f"{'‹ ' if self.first else ''}{text}{' ›' if last < count else ''}"

    # Changes of state.

    def watch_opened(self, old: Opened | None, new: Opened | None) -> None:
        """Show the cards of the newly opened article from the first, or nothing."""
        related = new.related if new else ()
        same = old is not None and new is not None and old.headline.id == new.headline.id
        # Headlines that are read meanwhile keep their positions.
        self._related = self._arranged(related, self._related if same else ())
        if not same:
            self.first = self.cursor = 0
        self.set_class(not related, "-empty")
        self.cursor = min(self.cursor, max(len(related) - 1, 0))
        self.refresh()
        self.post_message(self.Shown())

    def watch_cursor(self) -> None:
        """Repaint, and move the window so that the card at the cursor is in it."""
        self._show_cursor()
        self.refresh()
        self.post_message(self.Shown())

    def watch_first(self) -> None:
        """Repaint."""
        self.refresh()
        self.post_message(self.Shown())

    def validate_cursor(self, cursor: int) -> int:
        """Return the cursor, clamped to the cards."""
        return max(0, min(cursor, len(self._related) - 1))

    def validate_first(self, first: int) -> int:
        """Return the first card of the window, so that no room is left below the last one."""
        first = max(0, min(first, len(self._related) - 1))
        while first > 0 and first - 1 + self._in_view_from(first - 1) >= len(self._related):
            first -= 1
        return first

    def on_resize(self, _event: Resize) -> None:
        """Keep the card at the cursor in view."""
        self._show_cursor()
        self.post_message(self.Shown())

    def on_focus(self, event: Focus) -> None:
        """Take the focus without a repaint."""
        take_focus(self, event)

    def on_blur(self, event: Blur) -> None:
        """Lose the focus without a repaint."""
        lose_focus(self, event)

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Repaint the card at the cursor, which is marked while the strip has the focus."""
        self.refresh(self._region_of(self.cursor))
        self.post_message(self.Shown())

    def _region_of(self, index: int) -> Region:
        """Return the region of a card that is in view."""
        number = index - self.first
        if self.rail:
            top = self._rail_rows(self.first).top(number)
            return Region(0, top, self.size.width, _RAIL_CARD)
        if self.size.height <= 1 or not 0 <= number < len(self._places):
            return Region(0, 0, self.size.width, self.size.height)
        place = self._places[number]
        return Region(place.x, 0, place.width, self.size.height)

    def _show_cursor(self) -> None:
        first = min(self.first, self.cursor)
        while self.cursor > first + self._in_view_from(first) - 1:
            first += 1
        self.first = first

    # Drawing.

    @property
    def _places(self) -> list[CardPlace]:
        return places(self.size.width, len(self._related))

    @property
    def _in_view(self) -> int:
        """Return how many cards are in view."""
        return self._in_view_from(self.first)

    def _in_view_from(self, first: int) -> int:
        """Return how many cards fit if this one is the first."""
        if not self.rail:
            return len(self._places) if self.size.height > 1 else 1
        rows, count = self._rail_rows(first), 1
        while rows.top(count) + _RAIL_CARD <= self.size.height:
            count += 1
        return count

    def _rail_rows(self, first: int) -> Rows:
        """Return the rows of the cards in the rail, with a label above each group but the first."""
        return Rows(
            _RAIL_PITCH,
            [
                Dividing(group.start - first, f"{group.name} {wording.number(group.count)}")
                for group in self.groups
                if group.start > first
            ],
        )

    def render_line(self, y: int) -> Strip:
        """Return the line `y` of the cards in view."""
        width = self.size.width
        if not self._related:
            return Strip([Segment(" " * width, self.get_visual_style().rich_style)], width)
        if self.rail:
            segments = self._rail_segments(y)
        elif self.size.height <= 1:
            segments = self._title_segments()
        else:
            segments = self._card_segments(y)
        base = self.get_visual_style().rich_style
        return Strip(segments).adjust_cell_length(width, base)

    def _state(self, index: int) -> RowState:
        return "here" if index == self.cursor and self.has_focus else ""

    def _card_segments(self, y: int) -> list[Segment]:
        segments: list[Segment] = []
        gap = Segment(" ", self.get_visual_style().rich_style)
        for index, place in enumerate(self._places, self.first):
            if index >= len(self._related):
                break
            segments += [gap] * bool(segments)
            segments += self._card(index, place.width, self.size.height, y, "card")
        return segments

    def _rail_segments(self, y: int) -> list[Segment]:
        found = self._rail_rows(self.first).at(y)
        if isinstance(found, Dividing):
            return self._rail_label(found)
        number, line = found
        index = self.first + number
        if line >= _RAIL_CARD or number >= self._in_view or index >= len(self._related):
            return []
        return self._card(index, self.size.width, _RAIL_CARD, line, "")

    def _rail_label(self, label: Dividing) -> list[Segment]:
        """Return the name of a group above its first card, if some of the group is in view."""
        start = self.first + label.row
        group = next(each for each in self.groups if each.start == start)
        if label.row >= self._in_view:
            return []
        here = self.has_focus and start <= self.cursor < start + group.count
        text = f"  {label.text} "
        rule = THIN * max(self.size.width - cell_len(text), 0)
        part = "label-here" if here else "label"
        return [
            Segment(text, self.get_visual_style(f"teasers--{part}").rich_style),
            Segment(rule, self.get_visual_style("teasers--rule").rich_style),
        ]

    def _card(self, index: int, width: int, height: int, line: int, ground: str) -> list[Segment]:
        headline, state = self._related[index], self._state(index)
        parts = card_lines(headline, width, height, self._now(), self._language)[line]
        return self._styled(parts, state, ground, index)

    def _styled(self, line: Line, state: RowState, ground: str, index: int) -> list[Segment]:
        grounds = tuple(f"teasers--{each}" for each in (state or ground,) if each)
        sign = CURSOR if index == self.cursor and self.has_focus else " "
        return [
            Segment(
                sign if part == "bar" else text,
                self.get_visual_style(
                    *grounds,
                    *(() if part == BLANK_PART else (f"teasers--{part_in(part, state)}",)),
                ).rich_style,
            )
            for text, part in line
        ]

    @property
    def _title_label(self) -> str:
        """Return the group of the one title that is shown, in short if its name is long."""
        names = (each.name for each in reversed(self.groups) if each.start <= self.first)
        name = next(names, "")
        if not name or cell_len(name) * _LABEL_SHARE > self.size.width:
            name = wording.say("strip.related")
        return f"{name}  "

    def _title_segments(self) -> list[Segment]:
        """Return one line: a label, the title at the cursor, and its number."""
        headline, count = self._related[self.first], len(self._related)
        mark, part = mark_signs(headline)[0]
        figure = wording.out_of(self.first + 1, count)
        after = f" {_AFTER} " if self.first + 1 < count else "   "
        title = "read" if headline.read else "title"
        line: Line = [(" ", "bar"), (self._title_label, "label"), (f"{mark} ", part)]
        room = self.size.width - line_width(line) - cell_len(figure) - cell_len(after) - 2
        line += [(fit(headline_text(headline.teaser), max(room, 0)), title)]
        line += [(f"  {figure}", "mark"), (after, "mark")]
        return self._styled(line, self._state(self.first), "card", self.first)

    # Actions of the reader.

    def move(self, cards: int) -> None:
        """Move the cursor by `cards`."""
        self.cursor += cards

    def turn(self, step: int) -> None:
        """Show the cards after those in view, or with -1 those before them."""
        self.first += step * self._in_view

    def choose(self) -> None:
        """Choose the headline at the cursor."""
        if self.cursor_id is not None:
            self.post_message(Chosen(self.cursor_id, related=True))

    def on_click(self, event: Click) -> None:
        """Choose the headline under the mouse; with the right button, ask for the menu."""
        offset = event.get_content_offset(self)
        index = None if offset is None else self._index_at(offset.x, offset.y)
        if index is not None:
            self.cursor = index
            if event.button == RIGHT:
                self.post_message(MenuAsked(event.screen_offset))
            else:
                self.choose()

    def _index_at(self, x: int, y: int) -> int | None:
        """Return the index of the card at a position of the strip, None if there is none."""
        if self.rail:
            at = self._rail_rows(self.first).at(y)
            number, line = (0, _RAIL_CARD) if isinstance(at, Dividing) else at
            index = self.first + number
            on_card = line < _RAIL_CARD and number < self._in_view
        else:
            shown = self._places if self.size.height > 1 else [CardPlace(0, self.size.width)]
            found = (n for n, place in enumerate(shown) if place.x <= x < place.x + place.width)
            number = next(found, -1)
            index, on_card = self.first + number, number >= 0
        return index if on_card and index < len(self._related) else None

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Move the window to the next card."""
        self._scroll_by(1, event)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Move the window to the previous card."""
        self._scroll_by(-1, event)

    def _scroll_by(self, cards: int, event: MouseScrollDown | MouseScrollUp) -> None:
        self.first += cards
        event.stop()
        event.prevent_default()
