"""The list of headlines: drawn line by line, so that a hundred thousand cost as much as ten."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from rich.segment import Segment
from textual.binding import BindingType
from textual.content import Content
from textual.events import Click, MouseScrollUp, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from reader.model import Headline
from reader.text.reltime import Language
from reader.ui.commands import bindings_of
from reader.ui.messages import Chosen
from reader.ui.state import Opened
from reader.ui.widgets.lines import CURSOR, OPENED, Line, row_height, row_lines, row_part
from reader.ui.widgets.loaded import Load, LoadedHeadlines


@dataclass(frozen=True, slots=True)
class Place:
    """Where the cursor stands: on which headline, how far below the top of the view (lines)."""

    headline_id: int
    below_top: int


class HeadlineList(ScrollView, can_focus=True, inherit_bindings=False):
    """The headlines whose numbers are `ids`; posts Chosen for the one that is opened."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("list")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"headlines--{part}"
        for part in (
            "cursor",
            "even",
            "odd",
            "title",
            "read",
            "quiet",
            "age",
            "mark",
            "failed",
            "bar",
            "notice",
        )
    }

    ids: reactive[Sequence[int]] = reactive((), repaint=False)
    cursor = reactive(0, repaint=False)
    opened: reactive[Opened | None] = reactive(None)
    revision = reactive(0, repaint=False)
    notice = reactive("")

    class AtTop(Message):
        """The reader went to the newest headline."""

    def __init__(self, load: Load, now: Callable[[], datetime], language: Language) -> None:
        super().__init__()
        self._loaded = LoadedHeadlines(load)
        self._now = now
        self._language = language
        self._row_height = 2
        self._picture: object = None

    # What the screen asks.

    @property
    def cursor_id(self) -> int | None:
        """Return the number of the headline at the cursor."""
        return self.ids[self.cursor] if self.cursor < len(self.ids) else None

    @property
    def place(self) -> Place | None:
        """Return where the cursor stands, to come back to."""
        return self._place_in(self.ids)

    def go_to(self, headline_id: int) -> None:
        """Put the cursor on a headline if the list holds it."""
        if headline_id in self.ids:
            self.cursor = self.ids.index(headline_id)

    def to_top(self) -> None:
        """Put cursor and view at the newest headline."""
        self.cursor = 0
        self._scroll_to_line(0)

    def return_to(self, place: Place) -> None:
        """Put cursor and view back where they stood, as far as the headline is still there."""
        if place.headline_id in self.ids:
            self.cursor = self.ids.index(place.headline_id)
            self._scroll_to_line(self.cursor * self._row_height - place.below_top)

    # What changes.

    def watch_ids(self, old: Sequence[int], _new: Sequence[int]) -> None:
        """Keep the cursor on its headline, at its height, where the new list has it."""
        place = self._place_in(old)
        self._loaded.clear()
        self._resize_virtually()
        self.set_reactive(HeadlineList.cursor, min(self.cursor, max(len(self.ids) - 1, 0)))
        if place is not None:
            self.return_to(place)
        self._repaint_if_changed()

    def _repaint_if_changed(self) -> None:
        """Paint anew only what looks otherwise, since a whole list takes longer than a key may."""
        height = self._row_height
        first = self.scroll_offset.y // height
        rows = range(first, first + self.size.height // height + 2)
        shown = [headline for index in rows if (headline := self._headline(index))]
        now, room = self._now(), (self.size.width, height)
        lines = [row_lines(each, *room, now, self._language) for each in shown]
        picture = (self.scroll_offset, room, self.cursor, self.notice, lines)
        if picture != self._picture:
            self._picture = picture
            self.refresh()

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the two rows and scroll the new one into view."""
        height = self._row_height
        self.refresh_lines(old * height, height)
        self.refresh_lines(new * height, height)
        self._show_cursor()

    def watch_revision(self) -> None:
        """Read the rows anew: marks or ages may have changed."""
        self._loaded.clear()
        self._repaint_if_changed()

    def validate_cursor(self, cursor: int) -> int:
        """Hold the cursor within the list."""
        return max(0, min(cursor, len(self.ids) - 1))

    def on_resize(self, event: Resize) -> None:
        """Choose two or three lines a row for the new width, keeping the place."""
        place = self.place
        self._row_height = row_height(event.size.width, event.size.height)
        self._resize_virtually()
        if place is not None:
            self.return_to(place)
            self._show_cursor()
        self.refresh()

    def on_show(self) -> None:
        """Catch up with where the cursor went while the list was hidden."""
        self._show_cursor()

    def _show_cursor(self) -> None:
        # Without a place on the screen there is nothing to scroll into.
        if self.scrollable_content_region.height:
            row = Region(0, self.cursor * self._row_height, 1, self._row_height)
            self.scroll_to_region(row, animate=False, force=True, immediate=True)

    def _place_in(self, ids: Sequence[int]) -> Place | None:
        if self.cursor >= len(ids):
            return None
        return Place(ids[self.cursor], self.cursor * self._row_height - self.scroll_offset.y)

    def _resize_virtually(self) -> None:
        self.virtual_size = Size(self.size.width, len(self.ids) * self._row_height)

    def _scroll_to_line(self, y: int) -> None:
        self.scroll_to(y=max(y, 0), animate=False, force=True, immediate=True)

    # What it looks like.

    def render_line(self, y: int) -> Strip:
        """Return the line `y` of the view, filled to its whole width."""
        width = self.scrollable_content_region.width
        if not self.ids:
            return self._notice_line(y, width)
        index, line = divmod(y + self.scroll_offset.y, self._row_height)
        headline = self._headline(index)
        if headline is None:
            return Strip([Segment(" " * width, self.get_visual_style().rich_style)], width)
        lines = row_lines(headline, width, self._row_height, self._now(), self._language)
        return Strip(self._segments(lines[line], index, headline), width)

    def _headline(self, index: int) -> Headline | None:
        if index >= len(self.ids):
            return None
        if not self._loaded.has(self.ids[index]):
            rows = self.size.height // self._row_height + 1
            first = max(min(self.scroll_offset.y // self._row_height, index) - rows, 0)
            self._loaded.want(self.ids[first : first + 3 * rows])
        return self._loaded.get(self.ids[index])

    def _segments(self, line: Line, index: int, headline: Headline) -> list[Segment]:
        at_cursor = index == self.cursor
        row = f"headlines--{row_part(index, self.cursor)}"
        is_opened = self.opened is not None and self.opened.headline.id == headline.id
        # Both have a sign of their own, for terminals without colours.
        bar = CURSOR if at_cursor else OPENED if is_opened else " "
        return [
            Segment(
                bar if part == "bar" else text,
                self.get_visual_style(row, f"headlines--{part}").rich_style,
            )
            for text, part in line
        ]

    def _notice_line(self, y: int, width: int) -> Strip:
        style = self.get_visual_style("headlines--notice")
        lines = Content(self.notice).wrap(max(width - 4, 2))
        row = y - max(self.size.height // 3 - len(lines) // 2, 0)
        text = lines[row].center(max(width, 1)) if 0 <= row < len(lines) else Content(" " * width)
        return _as_strip(text, style, width)

    # What the reader does.

    def action_move(self, rows: int) -> None:
        """Move the cursor by `rows`."""
        self.cursor += rows
        self._tell_top()

    def action_page(self, pages: int) -> None:
        """Move the cursor by `pages` views of rows."""
        self.cursor += pages * max(self.size.height // self._row_height - 1, 1)
        self._tell_top()

    def action_top(self) -> None:
        """Move the cursor to the newest headline."""
        self.to_top()
        self._tell_top()

    def on_mouse_scroll_up(self, _event: MouseScrollUp) -> None:
        """Notice when the wheel has brought the newest headline into view."""
        if self.scroll_offset.y == 0:
            self.post_message(self.AtTop())

    def _tell_top(self) -> None:
        if self.cursor == 0:
            self.post_message(self.AtTop())

    def action_bottom(self) -> None:
        """Move the cursor to the last headline."""
        self.cursor = len(self.ids) - 1

    def action_open(self) -> None:
        """Choose the headline at the cursor."""
        if self.cursor_id is not None:
            self.post_message(Chosen(self.cursor_id))

    def on_click(self, event: Click) -> None:
        """Choose the headline under the mouse."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index = (offset.y + self.scroll_offset.y) // self._row_height
        if index < len(self.ids):
            self.cursor = index
            self.action_open()


def _as_strip(text: Content, style: Style, width: int) -> Strip:
    rich_style = style.rich_style
    return Strip([Segment(text.plain, rich_style)]).adjust_cell_length(width, rich_style)
