"""The search query, and what the status bar says about it."""

from msgspec import Struct
from msgspec.structs import replace

from reader.model import Found
from reader.ui import wording
from reader.ui.state.folding import Folded, fold
from reader.ui.state.values import ViewStatus


class SearchState(Struct, frozen=True):
    """The query as typed, the one whose hits are shown, and whether its search is slow."""

    query: str = ""
    answered: str = ""
    is_slow: bool = False

    @property
    def is_answered(self) -> bool:
        """Tell whether the hits shown are those of the query as typed."""
        return self.answered == self.query


class HitRows(Struct, frozen=True):
    """What was found, and the rows of the hits: for a story the best one, unless it is open."""

    found: Found = Found()
    folded: Folded = Folded()


def hit_rows(found: Found, opened: frozenset[int], *, apart: bool = False) -> HitRows:
    """Return the rows of hits, with the stories in `opened` unfolded, or all reports `apart`."""
    headlines = [hit.headline for hit in found.hits]
    stories = {} if apart else {each.id: each.story for each in headlines if each.story is not None}
    whole = dict.fromkeys(opened, len(headlines))
    return HitRows(found, fold([each.id for each in headlines], stories, whole))


def with_search(status: ViewStatus, search: SearchState, rows: HitRows) -> ViewStatus:
    """Return the status of the view with the text about the search in place of its counts."""
    shown, stories = _found_text(search, rows.found), len(rows.folded.rows)
    is_folded = search.answered and not search.is_slow and stories < len(rows.found.hits)
    return replace(
        status,
        view=wording.say("search.title"),
        words=f"/{search.query}" if search.query else "",
        shown=shown,
        found=wording.say_count("search.hits-in", stories, hits=shown) if is_folded else shown,
    )


def _found_text(search: SearchState, found: Found) -> str:
    """Return how many hits are shown, or that the search is still running."""
    if search.is_slow:
        return wording.say("search.running")
    if not search.answered:
        return " "
    count = len(found.hits)
    if found.more:
        return wording.say("search.hits-more", count=count)
    return wording.say_count("search.hits", count)
