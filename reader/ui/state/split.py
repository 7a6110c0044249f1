"""How list and article share the terminal, and the file that remembers it from run to run."""

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from reader.files import read_beginning, written_whole

# From so many columns on there are two panes, and lines: tabs, a strip of cards, and a roomy one.
WIDE = 90
WITH_TABS, WITH_CARDS, ROOMY = 18, 24, 32
# What list and article need at least, beside the column between them (cells).
LEAST_LIST, LEAST_ARTICLE = 28, 40
_USUAL_SHARE, _USUAL_LEAST, _USUAL_MOST = 380, 36, 64
_WHOLE = 1000
# The file that the reader writes is far smaller.
_MOST_BYTES = 200


@dataclass(frozen=True, slots=True)
class Split:
    """The list's share of the width (thousandths; None for the usual), and whether one pane has it.

    While `zoomed`, the pane with the focus has the whole width.
    """

    share: int | None = None
    zoomed: bool = False

    def list_width(self, columns: int) -> int:
        """Return how wide the list is beside the article in a terminal of so many columns."""
        if self.share is None:
            width = min(max(columns * _USUAL_SHARE // _WHOLE, _USUAL_LEAST), _USUAL_MOST)
        else:
            width = round(columns * self.share / _WHOLE)
        return max(min(width, columns - 1 - LEAST_ARTICLE), LEAST_LIST)

    def with_list(self, width: int, columns: int) -> "Split":
        """Return it with a list of `width` cells, as far as both panes stay usable."""
        width = max(min(width, columns - 1 - LEAST_ARTICLE), LEAST_LIST)
        return replace(self, share=min(round(width * _WHOLE / max(columns, 1)), _WHOLE))

    def single(self, columns: int) -> bool:
        """Tell whether one pane at a time is shown in so many columns."""
        return self.zoomed or columns < WIDE


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
    return Split(share if fits else None, zoomed is True)


def save_split(path: Path, split: Split) -> None:
    """Write the split to `path`; where that cannot be done, it holds for this run only."""
    with suppress(OSError), written_whole(path) as part:
        part.write_text(json.dumps({"list_share": split.share, "zoomed": split.zoomed}))
