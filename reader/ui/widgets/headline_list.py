"""The list of headlines: drawn line by line, so that a hundred thousand cost as much as ten."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.binding import BindingType
from textual.events import Blur, Click, Focus, MouseScrollUp, Resize
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from reader.config import Density
from reader.model import Headline
from reader.text.relative_time import Language
from reader.ui.commands.bindings import bindings_of
from reader.ui.messages import RIGHT, Chosen, CommandAsked, MenuAsked
from reader.ui.state.density import RowForm, row_form, rows_of
from reader.ui.state.folding import Fold
from reader.ui.state.rows import Dividing, Rows
from reader.ui.state.values import CursorPlace, Opened, place_of
from reader.ui.textual_compat import resize_virtually, steady_scrollbar
from reader.ui.typeset.wrapping import wrap_notice
from reader.ui.widgets.calm_focus import lose_focus, take_focus
from reader.ui.widgets.dividers import divider_line
from reader.ui.widgets.headline_lines import (
    BLANK_PART,
    CURSOR,
    GUTTER,
    HERE,
    OPENED,
    PICKED,
    Line,
    RowState,
    names_story,
    part_in,
    row_lines,
    size_text,
)
from reader.ui.widgets.loaded_headlines import Load, LoadedHeadlines

# The rows in view by position, with their signs, and the other values that affect painting.
_Picture = tuple[dict[int, tuple[Sequence[Line], str]], Offset, Size, str, Rows]
# What is at a line: a line of a row, or a line between rows.
_Place = tuple[int, int] | Dividing
# The parts of a row, before some of them get another colour at the cursor.
PARTS = ("title", "read", "quiet", "mark", "failed", "bar")
# The number of rows below the cursor of which one takes its place if its headline is gone.
_NEAR = 64


class _Drawing:
    """What lines that are drawn together share: the width, their places, and the drawn rows."""

    def __init__(self, width: int, places: Mapping[int, _Place]) -> None:
        self.width = width
        self.places = places
        self.rows: dict[int, Sequence[Strip]] = {}


class HeadlineList(ScrollView, can_focus=True, inherit_bindings=False):
    """The headlines whose numbers are `ids`; posts Chosen for the one that is opened."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("list")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"headlines--{part}"
        for part in (
            *("here", "there"),
            *PARTS,
            *(f"{part}-here" for part in HERE),
            *("notice", "day", "fresh", "rule"),
        )
    }

    ids: reactive[Sequence[int]] = reactive((), repaint=False)
    # The number of rows once all of `ids` have been read.
    total = reactive(0, repaint=False)
    cursor = reactive(0, repaint=False)
    opened: reactive[Opened | None] = reactive(None, repaint=False)
    revision = reactive(0, repaint=False)
    density: reactive[Density] = reactive("auto", repaint=False)
    # Separate lines between the rows, and the positions of older reports of open stories.
    dividing: reactive[Sequence[Dividing]] = reactive((), repaint=False)
    members: reactive[Sequence[int]] = reactive((), repaint=False)
    picked: reactive[tuple[int, ...]] = reactive((), repaint=False)
    notice = reactive("")

    class AtTop(Message):
        """The reader went to the newest headline."""

    class MoreAsked(Message):
        """The reader wants to see further reports of the open story at the cursor."""

    def __init__(
        self,
        load: Load,
        now: Callable[[], datetime],
        language: Language,
        name: str,
        *,
        fold_of: Callable[[int], Fold | None] = lambda _: None,
    ) -> None:
        super().__init__(id=name)
        self._fold_of = fold_of
        self._loaded = LoadedHeadlines(load)
        self._now = now
        self._language = language
        self._form: RowForm = row_form("normal", 0, 0)
        self._rows = Rows(self._form.height)
        self._picture: _Picture = ({}, Offset(), Size(), "", self._rows)
        self._part_styles: dict[tuple[str, RowState], RichStyle] = {}
        self._drawing: _Drawing | None = None
        self._partial = False
        # The place to begin at, until the list is laid out.
        self._resuming: CursorPlace | None = None
        self._beyond: int | None = None

    def on_mount(self) -> None:
        """Keep the scrollbar as it is while its thumb does not move."""
        steady_scrollbar(self)

    # Queries of the screen.

    @property
    def cursor_id(self) -> int | None:
        """Return the number of the headline at the cursor."""
        return self.ids[self.cursor] if self.cursor < len(self.ids) else None

    @property
    def caret(self) -> Offset:
        """Return the first cell of the text of the row at the cursor, else of the notice."""
        if not self.ids:
            lines, first = self._placed_notice(self.scrollable_content_region.width)
            number = next((n for n, line in enumerate(lines) if line.strip()), 0)
            text = lines[number] if lines else ""
            return Offset(cell_len(text) - cell_len(text.lstrip()), first + number)
        return Offset(GUTTER, self._rows.top(self.cursor) - self.scroll_offset.y)

    @property
    def cursor_lines(self) -> range:
        """Return the lines of the screen that the row at the cursor takes; none if it is empty."""
        if not self.ids:
            return range(0)
        top = self.region.y + self._rows.top(self.cursor) - self.scroll_offset.y
        return range(top, top + self._rows.height_of(self.cursor))

    @property
    def place(self) -> CursorPlace | None:
        """Return the position of the cursor, to return to later."""
        return self._place_in(self.ids)

    def go_to(self, headline_id: int) -> None:
        """Put the cursor on a headline if the list holds it."""
        index = place_of(headline_id, self.ids, self.cursor)
        if index is not None:
            self.cursor = index

    def to_top(self) -> None:
        """Put cursor and view at the newest headline."""
        self.cursor = 0
        self._scroll_to_line(0)

    def to_row(self, number: int | None) -> None:
        """Put the cursor on the headline of this number, the first being 1, or on the last."""
        self.cursor = (number or self._count) - 1

    def return_to(self, place: CursorPlace) -> None:
        """Restore the positions of cursor and view, if the headline still exists."""
        index = place_of(place.headline_id, self.ids, self.cursor)
        if index is not None:
            self.cursor = index
            self._scroll_to_line(self._rows.top(self.cursor) - place.below_top)

    def resume(self, row: int, place: CursorPlace) -> None:
        """Put the cursor on a row where it was at the last end, as soon as the list has a size."""
        self._resuming = place
        self.cursor = row

    # Changes of state.

    def watch_ids(self, old: Sequence[int], _new: Sequence[int]) -> None:
        """Keep the cursor on its headline, at the same height, if the new list has it.

        Otherwise the next one that is left takes its place: it may have been folded under a newer
        report, at the top of the list.
        """
        place = self._place_in(old)
        if place is not None and place_of(place.headline_id, self.ids, self.cursor) is None:
            place = self._next_left(old, place)
        self._loaded.clear()
        self._resize_virtually()
        wanted = self._beyond if self._partial else None
        self._partial = self.total > len(self.ids)
        self.set_reactive(HeadlineList.cursor, min(self.cursor, max(len(self.ids) - 1, 0)))
        if wanted is not None:
            self.cursor = wanted
        elif place is not None:
            self.return_to(place)
        self._repaint_if_changed()

    def watch_density(self) -> None:
        """Lay out the rows again."""
        self._lay_out(self.size)

    def watch_dividing(self) -> None:
        """Put the lines between the rows; the row at the cursor stays where it is on the screen."""
        place = self.place
        self._rows = rows_of(self._form, self.dividing, self.members)
        self._resize_virtually()
        if place is not None:
            self.return_to(place)
        self.refresh()

    def watch_members(self) -> None:
        """Make the rows of older reports lower; the row at the cursor stays where it is."""
        self.watch_dividing()

    def _repaint_if_changed(self) -> None:
        """Repaint only the rows that changed; the whole list would take longer than a key may."""
        first = self._rows.row_at(self.scroll_offset.y)
        rows = {
            index: (self._row_lines(headline, self.size.width), self._sign(index, headline))
            for index in range(first, first + self.size.height // self._rows.least + 2)
            if (headline := self._headline(index))
        }
        before = self._picture
        self._picture = (rows, self.scroll_offset, self.size, self.notice, self._rows)
        if before[1:] != self._picture[1:] or before[0].keys() != rows.keys():
            self.refresh()
            return
        for index, row in rows.items():
            if before[0][index] != row:
                self._repaint_row(index)

    def _repaint_row(self, index: int) -> None:
        self.refresh_lines(self._rows.top(index), self._rows.height_of(index))

    def watch_picked(self) -> None:
        """Repaint the rows that were picked or unpicked."""
        self._repaint_if_changed()

    def watch_opened(self) -> None:
        """Repaint the rows of the previously and the newly opened headline."""
        self._repaint_if_changed()

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the two rows and scroll the new one into view."""
        self._repaint_row(old)
        self._repaint_row(new)
        self._show_cursor()

    def on_focus(self, event: Focus) -> None:
        """Take the focus without a repaint."""
        take_focus(self, event)

    def on_blur(self, event: Blur) -> None:
        """Lose the focus without a repaint."""
        lose_focus(self, event)

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Repaint the row at the cursor."""
        self._repaint_row(self.cursor)

    def watch_revision(self) -> None:
        """Reread the rows: marks or ages may have changed."""
        self._loaded.clear()
        self._repaint_if_changed()

    def validate_cursor(self, cursor: int) -> int:
        """Return the cursor, clamped to the rows that were read; remember a target beyond them."""
        self._beyond = cursor if cursor >= len(self.ids) else None
        return max(0, min(cursor, len(self.ids) - 1))

    def on_resize(self, event: Resize) -> None:
        """Choose the form of the rows for the new size, keeping the place."""
        self._lay_out(event.size)

    def _lay_out(self, size: Size) -> None:
        place, resuming = self.place, self._resuming
        self._form = self._form_for(size)
        self._rows = rows_of(self._form, self.dividing, self.members)
        self._resize_virtually()
        if resuming is not None and size.height:
            self._resuming = None
            below_top = resuming.below_top
            self._scroll_to_line(
                self._rows.first_line(self.cursor, below_top, size.height, self._count)
            )
        elif place is not None:
            self.return_to(place)
            self._show_cursor()
        self.refresh()

    def on_show(self) -> None:
        """Scroll to where the cursor went while the list was hidden."""
        self._show_cursor()

    def _show_cursor(self) -> None:
        # Without a region on the screen there is nothing to scroll into view.
        if self.scrollable_content_region.height:
            top = self._rows.top(self.cursor)
            # Include the divider above the row if there is room.
            above = 1 if top and not isinstance(self._rows.at(top - 1), tuple) else 0
            row = Region(0, top - above, 1, self._rows.height_of(self.cursor) + above)
            self.scroll_to_region(row, animate=False, force=True, immediate=True)

    def _place_in(self, ids: Sequence[int]) -> CursorPlace | None:
        if self.cursor >= len(ids):
            return None
        return CursorPlace(ids[self.cursor], self._rows.top(self.cursor) - self.scroll_offset.y)

    def _next_left(self, old: Sequence[int], place: CursorPlace) -> CursorPlace | None:
        """Return the place for the first headline below the cursor that the new list has."""
        after = {each: number for number, each in enumerate(old[self.cursor :][:_NEAR])}
        left = min((after[each] for each in self.ids if each in after), default=None)
        return None if left is None else CursorPlace(old[self.cursor + left], place.below_top)

    @property
    def _count(self) -> int:
        """Return how many rows the list has, also while only its beginning has been read."""
        return max(self.total, len(self.ids))

    def _resize_virtually(self) -> None:
        resize_virtually(self, Size(self.size.width, self._rows.extent(self._count)))

    def _scroll_to_line(self, y: int) -> None:
        self.scroll_to(y=max(y, 0), animate=False, force=True, immediate=True)

    # Drawing.

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a part of the view."""
        self._drawing = self._draw(crop.y, crop.height)
        try:
            return super().render_lines(crop)
        finally:
            self._drawing = None

    def render_line(self, y: int) -> Strip:
        """Return the line `y` of the view, filled to its whole width."""
        drawing = self._drawing or self._draw(y, 1)
        if not self.ids:
            return self._notice_line(y, drawing.width)
        found = drawing.places[y]
        if isinstance(found, Dividing):
            line = divider_line(found, drawing.width)
            return Strip(self._styled(line, ""), drawing.width)
        index, number = found
        if index not in drawing.rows:
            drawing.rows[index] = self._drawn_row(index, drawing.width)
        return drawing.rows[index][number]

    def _draw(self, y: int, count: int) -> _Drawing:
        """Return the beginnings of a drawing of `count` lines from the line `y` of the view on."""
        lines = self._rows.lines(y + self.scroll_offset.y, count)
        return _Drawing(self.scrollable_content_region.width, dict(enumerate(lines, y)))

    def _drawn_row(self, index: int, width: int) -> Sequence[Strip]:
        """Return the lines of a row; blank ones below the last row, or if its headline is gone."""
        headline = self._headline(index)
        if headline is None:
            blank = Strip([Segment(" " * width, self._style_of(BLANK_PART, ""))], width)
            return [blank] * self._rows.height_of(index)
        lines = self._row_lines(headline, width)
        return [Strip(each, width) for each in self._segments(lines, index, headline)]

    def _form_for(self, size: Size) -> RowForm:
        """Return the form of the rows in a list of this size, including a cell of scrollbar."""
        return row_form(self.density, size.width - 1, size.height)

    def _row_lines(self, headline: Headline, width: int) -> Sequence[Line]:
        fold, now = self._fold_of(headline.id), self._now()
        return row_lines(headline, width, self._form, now, self._language, fold=fold)

    def _headline(self, index: int) -> Headline | None:
        if index >= len(self.ids):
            return None
        if not self._loaded.has(self.ids[index]):
            rows = self.size.height // self._rows.least + 1
            first = max(min(self._rows.row_at(self.scroll_offset.y), index) - rows, 0)
            self._loaded.want(self.ids[first : first + 3 * rows])
        return self._loaded.get(self.ids[index])

    def _segments(
        self, lines: Sequence[Line], index: int, headline: Headline
    ) -> Iterator[list[Segment]]:
        """Yield the segments of each line of a row."""
        sign, state = self._sign(index, headline), self._state(index)
        for line in lines:
            signed = [(sign if part == "bar" else text, part) for text, part in line]
            yield self._styled(signed, state)

    def _state(self, index: int) -> RowState:
        if index != self.cursor:
            return ""
        return "here" if self.has_focus else "there"

    def _styled(self, line: Line, state: RowState) -> list[Segment]:
        """Return the segments of a line of a row in this state; blank lines have no background."""
        return [Segment(text, self._style_of(part, state)) for text, part in line]

    def _style_of(self, part: str, state: RowState) -> RichStyle:
        style = self._part_styles.get((part, state))
        if style is None:
            ground = (f"headlines--{state}",) if state else ()
            names = () if part == BLANK_PART else (*ground, f"headlines--{part_in(part, state)}")
            style = self._part_styles[part, state] = self.get_visual_style(*names).rich_style
        return style

    def notify_style_update(self) -> None:
        """Find the styles of the parts again."""
        self._part_styles.clear()
        super().notify_style_update()

    def _sign(self, index: int, headline: Headline) -> str:
        """Return the sign before a row: the cursor and the opened row have one without colours."""
        if index == self.cursor:
            return CURSOR
        if headline.id in self.picked:
            return PICKED
        is_opened = self.opened is not None and self.opened.headline.id == headline.id
        return OPENED if is_opened else " "

    def _notice_line(self, y: int, width: int) -> Strip:
        style = self.get_visual_style("headlines--notice")
        lines, first = self._placed_notice(width)
        row = y - first
        return _as_strip(lines[row] if 0 <= row < len(lines) else "", style, width)

    def _placed_notice(self, width: int) -> tuple[Sequence[str], int]:
        """Return the lines of the notice of an empty list, and the line at which they begin."""
        lines = wrap_notice(self.notice, width)
        return lines, max(self.size.height // 3 - len(lines) // 2, 0)

    # Actions of the reader.

    def move(self, rows: int) -> None:
        """Move the cursor by `rows`."""
        self.cursor += rows
        self._tell_top()

    def page(self, pages: int) -> None:
        """Move the cursor by `pages` screenfuls of rows."""
        self.cursor += pages * max(self.size.height // self._rows.height - 1, 1)
        self._tell_top()

    def top(self) -> None:
        """Move the cursor to the newest headline, and post AtTop."""
        self.to_top()
        self._tell_top()

    def on_mouse_scroll_up(self, _event: MouseScrollUp) -> None:
        """Post AtTop when the wheel has brought the newest headline into view."""
        if self.scroll_offset.y == 0:
            self.post_message(self.AtTop())

    def _tell_top(self) -> None:
        if self.cursor == 0:
            self.post_message(self.AtTop())

    def choose(self) -> None:
        """Choose the headline at the cursor."""
        if self.cursor_id is not None:
            self.post_message(Chosen(self.cursor_id))

    def on_click(self, event: Click) -> None:
        """Choose the headline under the mouse; on the size of its story, open or close that.

        With the right button, ask for the menu.
        """
        offset = event.get_content_offset(self)
        if offset is None:
            return
        found = self._rows.at(offset.y + self.scroll_offset.y)
        if isinstance(found, Dividing) and found.kind == "more" and event.button != RIGHT:
            self.cursor = found.row - 1
            self.post_message(self.MoreAsked())
        elif isinstance(found, tuple) and found[0] < len(self.ids):
            self.cursor = found[0]
            if event.button == RIGHT:
                self.post_message(MenuAsked(event.screen_offset))
            elif self._is_on_story(*found, offset.x):
                self.post_message(CommandAsked("reading.story"))
            else:
                self.choose()

    def _is_on_story(self, index: int, line: int, x: int) -> bool:
        """Tell whether a cell of a row is on the size of its story."""
        headline = self._headline(index)
        fold = self._fold_of(headline.id) if headline else None
        if headline is None or fold is None or fold.kind == "member":
            return False
        drawn = self._row_lines(headline, self.scrollable_content_region.width)[line]
        return names_story(drawn, x, self._story_size(headline, fold))

    def _story_size(self, headline: Headline, fold: Fold) -> str:
        """Return what a row says of the size of its story beside other texts."""
        return size_text(headline, fold)


def _as_strip(text: str, style: Style, width: int) -> Strip:
    rich_style = style.rich_style
    return Strip([Segment(text, rich_style)]).adjust_cell_length(width, rich_style)
