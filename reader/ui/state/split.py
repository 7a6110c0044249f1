"""How list and article share the terminal, and the file that remembers it between runs."""

import json
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from reader.config import Density
from reader.files import read_beginning, written_whole
from reader.ui.state.density import DENSITIES

# The columns from which one pane has a rule, two panes fit, and a rail fits beside the article;
# and the lines from which one pane has a rule, the strip has cards, and the cards are roomy.
WITH_RULE, WIDE, WITH_RAIL = 50, 90, 170
WITH_RULES, WITH_CARDS, ROOMY = 18, 24, 32
# The rail with the column before it (cells).
RAIL = 47
# The minimum widths of list and article, without the column between them (cells).
LEAST_LIST, LEAST_ARTICLE = 28, 40
_USUAL_SHARE, _USUAL_LEAST, _USUAL_MOST = 380, 36, 64
# The same beside a rail.
_RAIL_SHARE, _RAIL_LEAST = 300, 50
_WHOLE = 1000
# A file written by the reader is far smaller.
_MOST_BYTES = 200


class Split(Struct, frozen=True):
    """The list's share of the width (thousandths; None for the default), and its zoom.

    While `zoomed`, the pane with the focus has the whole width. `density` is how much of each
    headline the list shows, or None to follow the settings.
    """

    share: int | None = None
    zoomed: bool = False
    density: Density | None = None

    def list_width(self, columns: int) -> int:
        """Return the width of the list beside the article in a terminal of this many columns."""
        rail = columns >= WITH_RAIL
        share, least = (_RAIL_SHARE, _RAIL_LEAST) if rail else (_USUAL_SHARE, _USUAL_LEAST)
        if self.share is None:
            width = min(max(columns * share // _WHOLE, least), _USUAL_MOST)
        else:
            width = round(columns * self.share / _WHOLE)
        return _within(width, columns)

    def with_list(self, width: int, columns: int) -> "Split":
        """Return the split with a list of `width` cells, limited so that both panes stay usable."""
        width = _within(width, columns)
        return replace(self, share=min(round(width * _WHOLE / max(columns, 1)), _WHOLE))

    def single(self, columns: int) -> bool:
        """Tell whether only one pane at a time is shown in this many columns."""
        return self.zoomed or columns < WIDE


def _within(width: int, columns: int) -> int:
    """Clamp the width of a list so that it leaves enough for the article, and a rail."""
    beside = 1 + LEAST_ARTICLE + (RAIL if columns >= WITH_RAIL else 0)
    return max(min(width, columns - beside), LEAST_LIST)


def has_rules(size: tuple[int, int], *, alone: bool) -> bool:
    """Tell whether panes have a rule in a terminal of this many columns and lines."""
    columns, lines = size
    return (columns >= WITH_RULE and lines >= WITH_RULES) or (columns >= WIDE and not alone)


def split_path(cache: Path) -> Path:
    """Return the path of the file that remembers the split, beside the cache."""
    return cache.with_name("layout.json")


def load_split(path: Path) -> Split:
    """Return the split stored in `path`; an invalid file is ignored."""
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
    """Write the split to `path`; if that fails, it holds for this run only."""
    with suppress(OSError), written_whole(path) as part:
        kept = {"list_share": split.share, "zoomed": split.zoomed, "density": split.density}
        part.write_text(json.dumps(kept))
