"""The first frame, as lines of (text, part): what the reading screen shows before any key.

It is pure, and asks the widgets' own functions for every line, so that it is what Textual draws.
`tests/ui/test_frame.py` holds the two against each other, cell by cell.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from math import ceil

from rich.cells import cell_len

from reader.model import Headline
from reader.text.relative_time import Language
from reader.ui import words
from reader.ui.state.folding import Fold
from reader.ui.state.network import Network
from reader.ui.state.split import WITH_TABS, Split
from reader.ui.state.values import Tabs, ViewStatus
from reader.ui.typeset.wrapping import MEASURE, column, wrap_text
from reader.ui.widgets.bars import key_line, status_line
from reader.ui.widgets.lines import CURSOR, Line, line_width, row_height, row_lines, row_part
from reader.ui.widgets.tab_line import tab_line

# The least terminal that it is drawn for (cells, lines); all layouts below are for a roomier one.
SMALLEST = (40, 12)
_THUMB_ENDS = " ▇▆▅▄▃▂▁"


@dataclass(frozen=True, slots=True)
class Room:
    """How a terminal is shared: its size, and the width of the list with its scrollbar (cells)."""

    columns: int
    lines: int
    list_width: int

    @property
    def tabs(self) -> bool:
        """Tell whether there is a line for the tabs."""
        return self.lines >= WITH_TABS

    @property
    def alone(self) -> bool:
        """Tell whether the list is the only pane."""
        return self.list_width == self.columns

    @property
    def border(self) -> bool:
        """Tell whether panes have a border at their top."""
        return self.tabs or not self.alone

    @property
    def height(self) -> int:
        """Return how many lines are between the bars and below the borders."""
        return self.lines - 2 - self.tabs - self.border


@dataclass(frozen=True, slots=True)
class Scene:
    """What the first frame shows: the first `headlines` of all that there are, and the bars.

    Their titles have `title_lines` lines at most. `rows` is how many rows the list has, and `folds`
    what those of them are that are of a story.
    """

    headlines: Sequence[Headline]
    title_lines: int
    status: ViewStatus
    tabs: Tabs
    network: Network
    language: Language
    measure: int = MEASURE
    rows: int | None = None
    folds: Mapping[int, Fold] = field(default_factory=dict)


def room_of(columns: int, lines: int, split: Split) -> Room:
    """Return how the reading screen shares a terminal of this size."""
    alone = split.single(columns)
    return Room(columns, lines, columns if alone else split.list_width(columns))


def first_frame(scene: Scene, room: Room, now: datetime) -> Iterator[Line]:
    """Yield every line of the first frame, each as wide as the terminal."""
    right_width = room.columns - room.list_width
    left = _list_lines(scene, room, now)
    right = _notice_lines(right_width - 1, room, scene.measure)
    middle = (
        [*line, (" ", "ground"), *beside] if right_width else line
        for line, beside in zip(left, right, strict=True)
    )
    bars = (
        _named("status", status_line(scene.status, scene.network, now, room.columns)),
        _named("keys", key_line("list", room.columns)),
    )
    tabs = [_named("tabs", tab_line(scene.tabs, room.columns))] if room.tabs else []
    yield from chain([bars[0]], tabs, middle, [_filled(bars[1], room.columns, "keys-rest")])


def _list_lines(scene: Scene, room: Room, now: datetime) -> Iterator[Line]:
    """Yield the lines of the list below its border, with its scrollbar where it has one."""
    if room.border:
        yield [(("─" if room.alone else "━") * room.list_width, "border-focus")]
    height = room.height
    row = row_height(room.list_width, height, scene.title_lines)
    total = scene.status.total if scene.rows is None else scene.rows
    scrolls = total * row > height
    width = room.list_width - scrolls
    bar = _scrollbar(height, total * row) if scrolls else [[]] * height
    rows = (
        [(CURSOR if part == "bar" and not index else text, f"{row_part(index, 0)}-{part}")
         for text, part in line]
        for index, headline in enumerate(scene.headlines)
        for line in row_lines(
            headline, width, row, now, scene.language, fold=scene.folds.get(headline.id)
        )
    )  # fmt: skip
    blank: Line = [(" " * width, "ground")]
    for _, beside in zip(range(height), bar, strict=True):
        yield [*next(rows, blank), *beside]


def _scrollbar(height: int, virtual: int) -> list[Line]:
    """Return the scrollbar of a view of `height` lines at the top of `virtual` ones."""
    eighths = ceil(max(1, height * height / virtual) * 8)
    whole, part = divmod(eighths, 8)
    thumb: list[Line] = [[(" ", "thumb")]] * whole
    if part and whole < height:
        thumb.append([(_THUMB_ENDS[part], "thumb-end")])
    return (thumb + [[(" ", "scrollbar")]] * height)[:height]


def _notice_lines(width: int, room: Room, measure: int) -> Iterator[Line]:
    """Yield the lines of the pane where no article is open yet, below its border."""
    if room.border:
        yield [("─" * width, "border")]
    place = column(width - 1, measure)
    texts = words.say("empty.nothing-opened").split("\n")
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
