"""Pure drawing of the header as lines of (text, part): tabs at the left, state at the right."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from msgspec import Struct
from rich.cells import cell_len, set_cell_size

from reader.text.sanitize import clean_line
from reader.ui import wording
from reader.ui.state.values import Tab, Tabs
from reader.ui.typeset.text import fit
from reader.ui.widgets.headline_lines import Line, line_width

BEFORE, AFTER = "‹", "›"
_GAP = "  "
# The largest share of the width for the state (hundredths).
_STATE_SHARE = 40
# The gap between the tabs and the state.
_BETWEEN = 1


class HeaderPart(Struct, frozen=True):
    """A piece of the state: full text, short text, and its rank; the lowest is dropped first.

    A piece of rank None is always shown.
    """

    full: str
    short: str
    part: str
    rank: int | None = 0


def state_line(pieces: Sequence[HeaderPart], width: int) -> Line:
    """Return the state followed by one cell: the pieces that fit its share of `width` cells."""
    room = width * _STATE_SHARE // 100
    for shown in _less_and_less(pieces):
        line: Line = []
        for text, part in shown:
            line += [(_GAP, "gap"), (text, part)] if line else [(text, part)]
        if line_width(line) <= room:
            break
    return [*line, (" ", "gap")] if line else []


def _less_and_less(pieces: Sequence[HeaderPart]) -> Iterator[list[tuple[str, str]]]:
    """Yield all pieces in full, then with the least important shortened, then without those.

    Those that are always shown are shortened last.
    """
    yield [(each.full, each.part) for each in pieces]
    kept = list(pieces)
    ranks = sorted({each.rank for each in pieces if each.rank is not None})
    for rank in ranks:
        yield [
            (each.full if each.rank is None or each.rank > rank else each.short, each.part)
            for each in kept
        ]
    for rank in ranks:
        kept = [each for each in kept if each.rank != rank]
        yield [(each.short, each.part) for each in kept]
    yield [(each.short, each.part) for each in kept]


def header_line(tabs: Tabs, state: Sequence[HeaderPart], width: int, *, bare: bool = False) -> Line:
    """Return the header, exactly `width` cells; `bare` marks the present tab without colours."""
    right = state_line(state, width)
    room = width - line_width(right) - (_BETWEEN if right else 0)
    left = [part for _, line in placed_tabs(tabs, room, bare=bare) for part in line]
    return joined_ends(left, right, width)


def typing_line(sign: str, state: Sequence[HeaderPart], width: int) -> Line:
    """Return the header while words are typed in place of the tabs, after their sign."""
    return joined_ends([(f" {sign}", "accent")], state_line(state, width), width)


def joined_ends(left: Line, right: Line, width: int) -> Line:
    """Return both texts at the ends of `width` cells, cut if they are too long."""
    gap = " " * max(width - line_width(left) - line_width(right), 0)
    return list(_cut([*left, (gap, "gap"), *right], width))


def way_line(view: str, number: str, title: str, state: Sequence[HeaderPart], width: int) -> Line:
    """Return the header above an article shown alone: the way back, and the state.

    The way back is the view with the place in it, or the `title` once that is out of view.
    """
    right = state_line(state, width)
    room = max(width - line_width(right) - len(f" {BEFORE} ") - _BETWEEN, 0)
    name = title or clean_line(view)
    name = fit(name, min(cell_len(name), room))
    fits = cell_len(name) + len(_GAP) + len(number) <= room
    after: Line = [(f"{_GAP}{number}", "count")] if number and fits and not title else []
    left: Line = [(f" {BEFORE} ", "accent"), (name, "title" if title else "way"), *after]
    return joined_ends(left, right, width)


def placed_tabs(tabs: Tabs, width: int, *, bare: bool = False) -> list[tuple[int | None, Line]]:
    """Return the tabs in pieces, each with the number of the tab that it leads to.

    A sign at an end, if there are more tabs, leads to the first one that is hidden there.
    """
    count = len(tabs.tabs)

    # Those that have no room are not drawn: there may be a tab for each of many feeds.
    @cache
    def drawn(number: int) -> Line:
        return _drawn(tabs.tabs[number], present=number == tabs.present, bare=bare)

    @cache
    def width_of(number: int) -> int:
        return line_width(drawn(number))

    first, after = _shown(width_of, count, tabs.present, width)
    pieces: list[tuple[int | None, Line]] = [(each, drawn(each)) for each in range(first, after)]
    if first:
        pieces.insert(0, (first - 1, [(BEFORE, "accent")]))
    room = width - sum(line_width(line) for _, line in pieces) - (after < count)
    if room < 0:
        name = fit(f" {clean_line(tabs.tabs[first].name)}", max(width_of(first) + room, 0))
        pieces[-1] = (first, [(name, "present")])
    pieces.append((None, [(" " * max(room, 0), "tab")]))
    if after < count:
        pieces.append((after, [(AFTER, "accent")]))
    return pieces


def _shown(width_of: Callable[[int], int], count: int, present: int, width: int) -> tuple[int, int]:
    """Return the range of tabs shown, end exclusive, with the present one and the next.

    As many as possible precede these, and then follow them.
    """
    seen = min(present + 2, count)
    first, used = present, sum(map(width_of, range(present, seen)))
    while first and used + width_of(first - 1) + (first > 1) + (seen < count) <= width:
        first -= 1
        used += width_of(first)
    after, used = first, int(bool(first))
    while after < count and (
        after == first or used + width_of(after) + (after + 1 < count) <= width
    ):
        used += width_of(after)
        after += 1
    return first, after


def _drawn(tab: Tab, *, present: bool, bare: bool) -> Line:
    name = clean_line(tab.name)
    part = "present" if present else "quiet" if tab.count == 0 else "tab"
    count: Line = (
        [(f" {wording.number(tab.count)}", "accent" if present else "count")] if tab.count else []
    )
    edges = ("[", "]") if present and bare else (" ", " ")
    return [(edges[0], "tab"), (name, part), *count, (edges[1], "tab")]


def _cut(line: Line, width: int) -> Iterator[tuple[str, str]]:
    """Yield the parts of a line that have text and fit in `width` cells."""
    for text, part in line:
        if text and width > 0:
            yield set_cell_size(text, min(cell_len(text), width)), part
            width -= cell_len(text)
