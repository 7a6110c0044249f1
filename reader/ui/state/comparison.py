"""What the article pane compares: two texts of the opened article."""

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.ui.state.values import Opened

if TYPE_CHECKING:
    # The module that compares texts is slow to import, and few articles change.
    from reader.stories.changes import Changes


class Comparison(Struct, frozen=True):
    """The changes in an article up to its version `version` of `versions`; 1 is the oldest.

    They are those since the version before it, which was fetched at the first of `between`, or,
    with `since_read`, since the article was last read. `before` and `after` are the numbers of
    earlier and later changes.
    """

    headline_id: int
    changes: "Changes"
    version: int
    versions: int
    between: tuple[datetime, datetime]
    before: int
    since_read: bool = False

    @property
    def after(self) -> int:
        """Return the number of later changes."""
        return self.versions - self.version


def comparison_in(comparison: Comparison | None, opened: Opened | None) -> Comparison | None:
    """Return the comparison if it is of the opened article, else None."""
    if comparison is None or opened is None or comparison.headline_id != opened.headline.id:
        return None
    return comparison
