"""The rows of a list: for each story its newest report, or all of its reports; pure."""

from array import array
from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct, field


class Fold(Struct, frozen=True):
    """The role of a row in its story: closed over the others, open above them, or one of them.

    `here` counts the story's reports in the list; `in_section` means that those of other sections
    are elsewhere, and `is_narrowed` that other reports may be left out of the list.
    """

    kind: Literal["closed", "open", "member"]
    here: int
    in_section: bool = False
    is_narrowed: bool = False


class Folded(Struct, frozen=True):
    """A list of headlines: its `rows`, and the `order` in which all of them are read.

    The newest report of a story represents the others, which follow it in the order; `heads` maps
    each of the others to the report that it is folded under. `below` are the positions of rows
    directly below a story of several reports, `members` those of the older reports of open ones.
    `more` has how many reports are not shown of an open story, by the position below those shown.
    """

    rows: Sequence[int] = ()
    order: Sequence[int] = ()
    heads: Mapping[int, int] = field(default_factory=dict)
    folds: Mapping[int, Fold] = field(default_factory=dict)
    below: Sequence[int] = ()
    members: Sequence[int] = ()
    more: Mapping[int, int] = field(default_factory=dict)

    def row_of(self, headline_id: int) -> int:
        """Return the row in which a headline is shown, which may be that of its story."""
        fold = self.folds.get(headline_id)
        return headline_id if fold else self.heads.get(headline_id, headline_id)


def fold(
    ids: Sequence[int],
    stories: Mapping[int, int],
    opened: Mapping[int, int],
    *,
    in_section: bool = False,
    is_narrowed: bool = False,
) -> Folded:
    """Return the rows of headlines, newest first; `stories` has those that belong to one.

    The stories in `opened` have a row for so many of their older reports.
    """
    members: dict[int, list[int]] = {}
    for headline_id, story in stories.items():
        members.setdefault(story, []).append(headline_id)
    if not members:
        return Folded(ids, ids)
    places = {each: place for place, each in enumerate(ids) if each in stories}
    for story, reports in members.items():
        members[story] = sorted(filter(places.__contains__, reports), key=places.__getitem__)
    # Arrays take a fifth of the memory of lists.
    rows, order = array("q"), array("q")
    heads: dict[int, int] = {}
    folds: dict[int, Fold] = {}
    below: list[int] = []
    lower: list[int] = []
    more: dict[int, int] = {}
    start = 0
    for headline_id, place in places.items():
        if start < place:
            without_story = ids[start:place]
            rows.extend(without_story)
            order.extend(without_story)
        start = place + 1
        own = stories[headline_id]
        head, *others = members[own]
        if headline_id != head:
            continue
        is_open = own in opened
        here = 1 + len(others)
        folds[head] = Fold("open" if is_open else "closed", here, in_section, is_narrowed)
        heads |= dict.fromkeys(others, head)
        rows.append(head)
        order.extend([head, *others])
        if is_open:
            shown = others[: opened[own]]
            lower += range(len(rows), len(rows) + len(shown))
            rows.extend(shown)
            folds |= dict.fromkeys(shown, Fold("member", here))
            if len(shown) < len(others):
                more[len(rows)] = len(others) - len(shown)
        if others:
            below.append(len(rows))
    rows.extend(ids[start:])
    order.extend(ids[start:])
    return Folded(rows, order, heads, folds, below, lower, more)
