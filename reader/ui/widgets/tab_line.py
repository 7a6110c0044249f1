"""Pure drawing of the section tabs as lines of (text, part)."""

from collections.abc import Sequence

from reader.text.sanitize import clean_line
from reader.ui import words
from reader.ui.state.values import Tab, Tabs
from reader.ui.typeset.text import fit
from reader.ui.widgets.lines import Line, line_width

BEFORE, AFTER = "‹", "›"


def tab_line(tabs: Tabs, width: int) -> Line:
    """Return the tabs that `width` cells have room for, the present one among them."""
    return [part for _, line in placed_tabs(tabs, width) for part in line]


def placed_tabs(tabs: Tabs, width: int) -> list[tuple[int | None, Line]]:
    """Return the line in pieces, each with the number of the tab that it stands for.

    A sign at an end, where there are more, stands for the first that is not shown there.
    """
    drawn = [_drawn(tab, present=number == tabs.present) for number, tab in enumerate(tabs.tabs)]
    widths = [line_width(line) for line in drawn]
    first, after = _shown(widths, tabs.present, width)
    pieces: list[tuple[int | None, Line]] = list(enumerate(drawn[first:after], first))
    if first:
        pieces.insert(0, (first - 1, [(BEFORE, "accent")]))
    room = width - sum(line_width(line) for _, line in pieces) - (after < len(drawn))
    if room < 0:
        name = fit(f" {clean_line(tabs.tabs[first].name)}", max(widths[first] + room, 0))
        pieces[-1] = (first, [(name, "present")])
    pieces.append((None, [(" " * max(room, 0), "tab")]))
    if after < len(drawn):
        pieces.append((after, [(AFTER, "accent")]))
    return pieces


def _shown(widths: Sequence[int], present: int, width: int) -> tuple[int, int]:
    """Return the first tab shown and the one after the last: the present one with its next."""
    count = len(widths)
    seen = min(present + 2, count)
    first = 0
    while first < present and sum(widths[first:seen]) + bool(first) + (seen < count) > width:
        first += 1
    after = min(first + 1, count)
    while (
        after < count
        and sum(widths[first : after + 1]) + bool(first) + (after + 1 < count) <= width
    ):
        after += 1
    return first, after


def _drawn(tab: Tab, *, present: bool) -> Line:
    name = clean_line(tab.name)
    part = "present" if present else "quiet" if tab.count == 0 else "tab"
    count: Line = (
        [(f" {words.number(tab.count)}", "accent" if present else "count")] if tab.count else []
    )
    return [(" ", "tab"), (name, part), *count, (" ", "tab")]
