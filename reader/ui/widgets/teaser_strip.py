"""The related headlines as cards side by side below the article."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from rich.segment import Segment
from textual.binding import BindingType
from textual.content import Content
from textual.events import Click, MouseScrollDown, MouseScrollUp, Resize
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.model import Headline
from reader.text.relative_time import Language
from reader.text.sanitize import clean_line
from reader.ui import words
from reader.ui.commands.table import bindings_of
from reader.ui.messages import Chosen
from reader.ui.state.values import Opened
from reader.ui.widgets.lines import card_lines

# Cells: a good card with the gap after it, the least that the strip makes of it, and its edges.
_CARD = 31
_MINIMUM = 16
_EDGE = 2
_GAP = 1
# Narrower than this (cells), what is in view of a card has no room for a title.
_LEAST_SHOWN = 12
_BEFORE, _AFTER = "‹", " ›"


def pitch(width: int, count: int) -> int:
    """Return how far one of `count` cards stands from the next in `width` cells.

    Where they do not all fit, half a card at the end shows that there are more.
    """
    if count * _CARD <= width:
        return _CARD
    whole = max(round(width / _CARD - 0.5), 1)
    return max(int(width / (whole + 0.5)), _MINIMUM)


class TeaserStrip(ScrollView, can_focus=True, inherit_bindings=False):
    """The `Meer uit` headlines of what is opened; posts Chosen for the one that is chosen."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("strip")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"teasers--{part}"
        for part in ("card", "cursor", "title", "read", "quiet", "age", "mark", "failed", "edge")
    }

    opened: reactive[Opened | None] = reactive(None)
    cursor = reactive(0)

    def __init__(self, now: Callable[[], datetime], language: Language) -> None:
        super().__init__()
        self._now = now
        self._language = language

    @property
    def cursor_id(self) -> int | None:
        """Return the number of the headline at the cursor."""
        return self._related[self.cursor].id if self.cursor < len(self._related) else None

    @property
    def _related(self) -> tuple[Headline, ...]:
        return self.opened.related if self.opened else ()

    @property
    def _pitch(self) -> int:
        return pitch(self.size.width, len(self._related))

    def watch_opened(self, old: Opened | None, new: Opened | None) -> None:
        """Show the cards of the newly opened article from the first, or nothing."""
        self.set_class(not (new and new.related), "-empty")
        self.border_title = self._heading()
        self._resize_virtually()
        if not (old and new and old.headline.id == new.headline.id):
            self.cursor = 0
            self.scroll_to(x=0, animate=False, force=True, immediate=True)

    def _heading(self) -> Content:
        section = clean_line((self.opened and self.opened.headline.teaser.section) or "")
        of_story, alike = self.opened.alike if self.opened else (0, 0)
        below = len(self._related) - of_story - alike
        named = (
            (words.say("strip.story"), of_story),
            (words.say("strip.alike"), alike),
            (
                words.say("strip.more-from", section=section)
                if section
                else words.say("strip.related"),
                below,
            ),
        )
        groups = [(name, count) for name, count in named if count]
        if len(groups) < 2:
            return Content(f" {groups[0][0] if groups else named[-1][0]} ")
        return Content(f" {' · '.join(f'{name} {count}' for name, count in groups)} ")

    def watch_cursor(self, cursor: int) -> None:
        """Scroll the card at the cursor into view, clear of the signs at the ends."""
        card = Region(max(cursor * self._pitch - _GAP, 0), 0, self._pitch + _GAP, 1)
        self.scroll_to_region(card, animate=False, force=True, immediate=True)

    def validate_cursor(self, cursor: int) -> int:
        """Hold the cursor within the cards."""
        return max(0, min(cursor, len(self._related) - 1))

    def on_resize(self, _event: Resize) -> None:
        """Lay the cards out anew."""
        self._resize_virtually()
        self.watch_cursor(self.cursor)

    def _resize_virtually(self) -> None:
        self.virtual_size = Size(len(self._related) * self._pitch, self.size.height)

    def render_line(self, y: int) -> Strip:
        """Return the line `y` of the cards in view."""
        base = self.get_visual_style().rich_style
        first = self.scroll_offset.x // self._pitch
        cards = self._related[first : first + self.size.width // self._pitch + 2]
        strip = Strip(
            [
                segment
                for index, headline in enumerate(cards, first)
                for segment in self._card_segments(index, headline, y)
            ]
        )
        return self._with_signs(strip.extend_cell_length(self.size.width, base), y)

    def _with_signs(self, strip: Strip, line: int) -> Strip:
        """Return the line with signs in the middle of the ends beyond which there are more."""
        if line != self.size.height // 2:
            return strip
        style = self.get_visual_style("teasers--edge").rich_style
        width = self.size.width
        if self.scroll_offset.x:
            strip = Strip.join([Strip([Segment(_BEFORE, style)]), strip.crop(len(_BEFORE), width)])
        if self.scroll_offset.x < self.max_scroll_x:
            strip = Strip.join(
                [strip.crop(0, width - len(_AFTER)), Strip([Segment(_AFTER, style)])]
            )
        return strip

    def _card_segments(self, index: int, headline: Headline, line: int) -> list[Segment]:
        """Return a line of a card, which at the ends has as much room as is in view of it."""
        left = index * self._pitch - self.scroll_offset.x
        right = min(left + self._pitch, self.size.width)
        shown = right - max(left, 0)
        state = "teasers--cursor" if index == self.cursor and self.has_focus else "teasers--card"
        ground = self.get_visual_style().rich_style
        # What goes on beyond the end has no gap after it.
        after = self.get_visual_style(state).rich_style if right < left + self._pitch else ground
        gap = Segment(" " * min(_GAP, shown), after)
        if shown < _LEAST_SHOWN:
            blank = self.get_visual_style(state).rich_style
            return [Segment(" " * (shown - gap.cell_length), blank), gap]
        room = shown - _EDGE - _GAP
        parts = card_lines(headline, room, self.size.height, self._now(), self._language)[line]
        edge = "▌ " if index == self.cursor and self.has_focus else "  "
        edge_style = self.get_visual_style(state, "teasers--edge").rich_style
        return [
            Segment(edge, edge_style),
            *(
                Segment(text, self.get_visual_style(state, f"teasers--{part}").rich_style)
                for text, part in parts
            ),
            gap,
        ]

    def move(self, cards: int) -> None:
        """Move the cursor by `cards`."""
        self.cursor += cards

    def choose(self) -> None:
        """Choose the headline at the cursor."""
        if self.cursor_id is not None:
            self.post_message(Chosen(self.cursor_id, related=True))

    def on_click(self, event: Click) -> None:
        """Choose the headline under the mouse."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index = (offset.x + self.scroll_offset.x) // self._pitch
        if index < len(self._related):
            self.cursor = index
            self.choose()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Scroll to the next card, in place of scrolling down."""
        self._scroll_by(self._pitch, event)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Scroll to the previous card, in place of scrolling up."""
        self._scroll_by(-self._pitch, event)

    def _scroll_by(self, cells: int, event: MouseScrollDown | MouseScrollUp) -> None:
        self.scroll_relative(x=cells, animate=False)
        event.stop()
        event.prevent_default()
