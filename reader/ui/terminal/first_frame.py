"""The first frame, as lines of (text, part): the reading screen before any key.

It is pure, and calls the widgets' own functions for every line, so that it equals Textual's
drawing. `tests/ui/test_frame.py` compares the two, cell by cell.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from math import ceil

from msgspec import Struct, field
from rich.cells import cell_len

from reader.config import Density
from reader.model import Headline
from reader.text.relative_time import Language
from reader.ui import wording
from reader.ui.state.density import RowForm, lines_between, row_form
from reader.ui.state.folding import Fold
from reader.ui.state.network import Network
from reader.ui.state.rows import Dividing, Rows
from reader.ui.state.split import RAIL, WITH_RAIL, Split, has_rules
from reader.ui.state.values import CursorPlace, Tabs, ViewStatus
from reader.ui.typeset.wrapping import MEASURE, column, wrap_text
from reader.ui.widgets.dividers import divider_line
from reader.ui.widgets.header_line import header_line
from reader.ui.widgets.header_state import list_figure, list_labels, state_pieces
from reader.ui.widgets.headline_lines import (
    BLANK_PART,
    CURSOR,
    Line,
    RowState,
    line_width,
    part_in,
    row_lines,
)
from reader.ui.widgets.key_bar_line import key_line
from reader.ui.widgets.rule_line import RuleText, rule_line

# The smallest terminal that it is drawn for (cells, lines); the layouts below assume it.
SMALLEST = (40, 12)
_THUMB_ENDS = " ▇▆▅▄▃▂▁"


class Room(Struct, frozen=True):
    """The division of a terminal: its size, and the list's width with its scrollbar (cells)."""

    columns: int
    lines: int
    list_width: int
    rail_width: int = 0

    @property
    def alone(self) -> bool:
        """Tell whether the list is the only pane."""
        return self.list_width == self.columns

    @property
    def rules(self) -> bool:
        """Tell whether panes have a rule above them."""
        return has_rules((self.columns, self.lines), alone=self.alone)

    @property
    def height(self) -> int:
        """Return how many lines are between the bars and below the rules."""
        return self.lines - 2 - self.rules


class Scene(Struct, frozen=True):
    """The contents of the first frame: some `headlines` of the list, and the bars.

    `bare` means that the theme leaves all colours to the terminal. `rows` is the number of rows in
    the list, `first` that of the first of `headlines`, and `folds` describes those that belong to a
    story. The list is shown with the cursor on the row and at the height where it was `left`, or
    else at the top; the cursor has `moved` so many rows since.
    """

    headlines: Sequence[Headline]
    density: Density
    status: ViewStatus
    tabs: Tabs
    network: Network
    language: Language
    measure: int = MEASURE
    dividing: Sequence[Dividing] = ()
    bare: bool = False
    rows: int | None = None
    folds: Mapping[int, Fold] = field(default_factory=dict)
    first: int = 0
    left: tuple[int, CursorPlace] | None = None
    moved: int = 0

    @property
    def cursor(self) -> int:
        """Return the row of the cursor."""
        return self.moved + (self.left[0] if self.left else 0)

    @property
    def count(self) -> int:
        """Return how many rows the list has."""
        return self.status.total if self.rows is None else self.rows


def room_of(columns: int, lines: int, split: Split) -> Room:
    """Return the division of a terminal of this size on the reading screen."""
    if split.single(columns):
        return Room(columns, lines, columns)
    rail = RAIL if columns >= WITH_RAIL else 0
    return Room(columns, lines, split.list_width(columns), rail)


def can_move(scene: Scene, room: Room) -> bool:
    """Tell whether the list needs no scrolling for the cursor, which is below the first row."""
    place = scene.cursor - scene.first
    if scene.cursor < 1 or not 0 <= place < len(scene.headlines):
        return False
    _, rows = _rows(scene, room)
    top, line = _top(scene, room, rows), rows.top(scene.cursor)
    above = isinstance(rows.at(line - 1), Dividing)
    return top <= line - above and line + rows.height_of(scene.cursor) <= top + room.height


def first_frame(scene: Scene, room: Room, now: datetime) -> Iterator[Line]:
    """Yield every line of the first frame, each as wide as the terminal."""
    figure = list_figure(scene.cursor, scene.count)
    state = state_pieces(scene.status, scene.network, now, "" if room.rules else figure)
    header = header_line(scene.tabs, state, room.columns, bare=scene.bare)
    yield _named("header", header)
    yield from _middle(scene, room, now)
    yield _filled(_named("keys", key_line("list", room.columns)), room.columns, "keys-rest")


def _middle(scene: Scene, room: Room, now: datetime) -> Iterator[Line]:
    """Yield the lines of the panes, side by side."""
    left = _list_lines(scene, room, now)
    beside = room.columns - room.list_width - 1 - room.rail_width
    if room.alone:
        yield from left
        return
    right = _notice_lines(beside, room, scene.measure)
    between: Line = [("│" if scene.bare else " ", "divider")]
    for one, other, third in zip(left, right, _rail_lines(room), strict=True):
        yield [*one, *between, *other, *third]


def _rail_lines(room: Room) -> Iterator[Line]:
    """Yield the lines of the rail, which is empty, with the column before it."""
    width = room.rail_width
    if width and room.rules:
        line = rule_line([], "", width - 1, focused=False)
        yield [(" ", "divider-rail"), *_named("paper-rule", line)]
    elif room.rules:
        yield []
    for _ in range(room.height):
        yield [(" ", "divider-rail"), (" " * (width - 1), "rail")] if width else []


def _rows(scene: Scene, room: Room) -> tuple[RowForm, Rows]:
    """Return the form of the rows of the list, and their places."""
    form = row_form(scene.density, room.list_width - 1, room.height)
    return form, Rows(form.height, lines_between(scene.dividing, form))


def _top(scene: Scene, room: Room, rows: Rows) -> int:
    """Return the first line of the list that is in view."""
    if not scene.left:
        return 0
    row, place = scene.left
    return rows.first_line(row, place.below_top, room.height, scene.count)


def _list_lines(scene: Scene, room: Room, now: datetime) -> Iterator[Line]:
    """Yield the lines of the list and its rule, with its scrollbar if it has one."""
    if room.rules:
        texts, figure = list_labels(scene.status), list_figure(scene.cursor, scene.count)
        labels = [RuleText(texts[0], strong=True, shorter=texts[1:])] if texts else []
        line = rule_line(labels, figure, room.list_width, focused=True)
        yield _named("rule", line)
    height = room.height
    form, rows = _rows(scene, room)
    extent = rows.extent(scene.count)
    scrolls = extent > height
    width = room.list_width - scrolls
    top = _top(scene, room, rows)
    bar = _scrollbar(height, extent, top) if scrolls else [[]] * height
    begin = rows.row_at(top) if top else 0
    drawn = [
        row_lines(each, width, form, now, scene.language, fold=scene.folds.get(each.id))
        for each in scene.headlines[begin - scene.first :][:height]
    ]
    for number, beside in zip(range(height), bar, strict=True):
        found = rows.at(top + number)
        line = [(" " * width, "ground")]
        if isinstance(found, Dividing):
            line = _in_state(divider_line(found, width), "")
        elif found[0] - begin < len(drawn):
            state: RowState = "here" if found[0] == scene.cursor else ""
            line = _in_state(drawn[found[0] - begin][found[1]], state)
        yield [*line, *beside]


def _in_state(line: Line, state: RowState) -> Line:
    """Return a line of a row with the parts for this state."""
    return [
        (
            CURSOR if part == "bar" and state else text,
            "ground" if part == BLANK_PART else f"{state}-{part_in(part, state)}",
        )
        for text, part in line
    ]


def _scrollbar(height: int, virtual: int, top: int) -> list[Line]:
    """Return the scrollbar of a view of `height` lines, `top` lines below the first of `virtual`.

    Its thumb is drawn in eighths of a cell, rounded as Textual does.
    """
    size = max(1, height * height / virtual)
    start = int((height - size) * (top / (virtual - height)) * 8)
    above, begun = divmod(start, 8)
    below, ended = divmod(start + ceil(size * 8), 8)
    bar: list[Line] = [[(" ", "scrollbar")]] * height
    bar[above:below] = [[(" ", "thumb")]] * (below - above)
    if begun:
        bar[above] = [(_THUMB_ENDS[begun], "thumb-start")]
    if ended and below < height:
        bar[below] = [(_THUMB_ENDS[ended], "thumb-end")]
    return bar[:height]


def _notice_lines(width: int, room: Room, measure: int) -> Iterator[Line]:
    """Yield the lines of the article pane with no article open yet, and its rule."""
    if room.rules:
        yield _named("paper-rule", rule_line([], "", width, focused=False))
    place = column(width - 1, measure)
    texts = wording.say("empty.nothing-opened").split("\n")
    notice = [line for text in texts for line in wrap_text(text, place.width)]
    height = room.height
    for number in range(-(height // 4), height - height // 4):
        text = notice[number].text if 0 <= number < len(notice) else ""
        centred = " " * ((place.width - cell_len(text)) // 2) + text
        line: Line = [(" " * place.left, "page"), (centred, "notice")] if text else []
        yield [*_filled(line, width - 1, "page"), (" ", "page-scrollbar")]


def _named(prefix: str, line: Line) -> Line:
    return [(text, f"{prefix}-{part}") for text, part in line]


def _filled(line: Line, width: int, part: str) -> Line:
    return [*line, (" " * (width - line_width(line)), part)]
