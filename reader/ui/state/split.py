"""How list and article share the terminal, and the file that remembers it from run to run."""

import json
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from reader.config import Density
from reader.files import read_beginning, written_whole
from reader.ui.state.density import DENSITIES

# From so many columns on one pane has a rule, there are two panes, and a rail beside the article;
# and from so many lines on one pane has a rule, the strip has cards, and roomy ones.
WITH_RULE, WIDE, WITH_RAIL = 50, 90, 170
WITH_RULES, WITH_CARDS, ROOMY = 18, 24, 32
# The rail with the column before it (cells).
RAIL = 47
# What list and article need at least, beside the column between them (cells).
LEAST_LIST, LEAST_ARTICLE = 28, 40
_USUAL_SHARE, _USUAL_LEAST, _USUAL_MOST = 380, 36, 64
# The same beside a rail.
_RAIL_SHARE, _RAIL_LEAST = 300, 50
_WHOLE = 1000
# The file that the reader writes is far smaller.
_MOST_BYTES = 200


class Split(Struct, frozen=True):
    """The list's share of the width (thousandths; None for the usual), and whether one pane has it.

    While `zoomed`, the pane with the focus has the whole width. `density` is how much of each
    headline the list shows, None where the settings say.
    """

    share: int | None = None
    zoomed: bool = False
    density: Density | None = None

    def list_width(self, columns: int) -> int:
        """Return how wide the list is beside the article in a terminal of so many columns."""
        rail = columns >= WITH_RAIL
        share, least = (_RAIL_SHARE, _RAIL_LEAST) if rail else (_USUAL_SHARE, _USUAL_LEAST)
        if self.share is None:
            width = min(max(columns * share // _WHOLE, least), _USUAL_MOST)
        else:
            width = round(columns * self.share / _WHOLE)
        return _within(width, columns)

    def with_list(self, width: int, columns: int) -> "Split":
        """Return it with a list of `width` cells, as far as both panes stay usable."""
        width = _within(width, columns)
        return replace(self, share=min(round(width * _WHOLE / max(columns, 1)), _WHOLE))

    def single(self, columns: int) -> bool:
        """Tell whether one pane at a time is shown in so many columns."""
        return self.zoomed or columns < WIDE


def _within(width: int, columns: int) -> int:
    """Return the width of a list as far as it leaves enough for the article, and a rail."""
    beside = 1 + LEAST_ARTICLE + (RAIL if columns >= WITH_RAIL else 0)
    return max(min(width, columns - beside), LEAST_LIST)


def has_rules(size: tuple[int, int], *, alone: bool) -> bool:
    """Tell whether panes have a rule in a terminal of so many columns and lines."""
    columns, lines = size
    return (columns >= WITH_RULE and lines >= WITH_RULES) or (columns >= WIDE and not alone)


def split_path(cache: Path) -> Path:
    """Return where the split is remembered: beside the cache."""
    return cache.with_name("layout.json")


def load_split(path: Path) -> Split:
    """Return the split that `path` holds; a file that is no such thing counts for nothing."""
    try:
        found = json.loads(read_beginning(path, _MOST_BYTES))
    except (OSError, ValueError):
        return Split()
    if not isinstance(found, dict):
        return Split()
    share, zoomed = found.get("list_share"), found.get("zoomed")
    fits = type(share) is int and 0 < share < _WHOLE
    density = next((each for each in DENSITIES if each == found.get("density")), None)
    return Split(share if fits else None, zoomed is True, density)


def save_split(path: Path, split: Split) -> None:
    """Write the split to `path`; where that cannot be done, it holds for this run only."""
    with suppress(OSError), written_whole(path) as part:
        kept = {"list_share": split.share, "zoomed": split.zoomed, "density": split.density}
        part.write_text(json.dumps(kept))
