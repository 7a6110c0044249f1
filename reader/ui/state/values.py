"""The frozen pieces of state that the reading screen hands down to its widgets."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from reader.errors import Reason
from reader.model import Article, Counts, Headline, SectionCount, Selection
from reader.ui import words

if TYPE_CHECKING:
    from reader.stories.changes import Changes

# The views that are no section, by what they are called here.
Named = Literal["new", "all", "unread", "saved", "watched", "offline", "muted"]


class Opened(Struct, frozen=True):
    """The opened headline, its article where that is offline, and its related headlines.

    `story` has the reports of its story, the newest first, and `changes` what is otherwise than
    when it was read last. Of the related ones the first `alike` are others of its story, and those
    that are like it by their words; the rest stood under it on its page.
    """

    headline: Headline
    article: Article | None = None
    related: tuple[Headline, ...] = ()
    story: tuple[Headline, ...] = ()
    changes: "Changes | None" = None
    alike: tuple[int, int] = (0, 0)


class Fetch(Struct, frozen=True):
    """The attempt to fetch a headline's article: under way, or else why it failed."""

    headline_id: int
    failure: Reason | None = None


class View(Struct, frozen=True):
    """A named selection of headlines that one walks through: all, unread, saved, each section."""

    name: str
    selection: Selection = field(default_factory=Selection)


class ViewChoice(Struct, frozen=True):
    """A view that one may go to, with how many headlines it has and how many are unread.

    Of a feed, `age` tells how long ago it answered, and `failure` why it could not be had since;
    `depth` is 1 below its group.
    """

    view: View
    counts: Counts
    age: str = ""
    failure: Reason | None = None
    depth: int = 0


class Label(Struct, frozen=True):
    """A name to choose, whether it is set already, and what is said of it."""

    name: str
    is_set: bool = False
    detail: str = ""


class Tab(Struct, frozen=True):
    """What the tab of a view shows: its name, and how many headlines wait there if that tells."""

    name: str
    count: int | None = None


class Tabs(Struct, frozen=True):
    """The tabs of all views in order, and the place of the present one."""

    tabs: tuple[Tab, ...] = ()
    present: int = 0


class ViewStatus(Struct, frozen=True):
    """What the status bar tells of the view; `sample` is true for the sample edition.

    `words` are those filtered by or searched for, and `shown` tells what they found in place of
    the counts. `fresh` counts the headlines that came in since the reader was last at the top,
    `muted` those that the view leaves out, and `cached` those whose article is available offline,
    where that is known; `stories` are those that they tell, single reports included, 0 where all
    of them stand apart.
    """

    view: str = ""
    words: str = ""
    shown: str = ""
    total: int = 0
    unread: int = 0
    fresh: int = 0
    cached: int | None = None
    sample: bool = False
    muted: int = 0
    stories: int = 0


Severity = Literal["information", "warning", "error"]


class Offer(Struct, frozen=True):
    """A command that a notice offers, by its id, and what doing it means there."""

    command: str
    label: str


class Notice(Struct, frozen=True):
    """A sentence for the reader, and what may be done about it.

    One that informs is on screen for so many `seconds`, or as long as is usual; one that `stays` is
    there until a key, for which others wait that are no errors.
    """

    text: str
    severity: Severity = "information"
    seconds: float | None = None
    offers: tuple[Offer, ...] = ()
    stays: bool = False


class Place(Struct, frozen=True):
    """Where the cursor stands: on which headline, how far below the top of the view (lines)."""

    headline_id: int
    below_top: int


def views_of(
    sections: Sequence[SectionCount], new: View | None = None, more: Sequence[View] = ()
) -> tuple[View, ...]:
    """Return the views to walk through, in order: `new` first, and one for each of `sections`.

    Before the sections stand `more` views, such as saved searches.
    """
    return (
        *([new] if new else ()),
        View(words.say("view.all")),
        View(words.say("view.unread"), Selection(unread=True)),
        View(words.say("view.saved"), Selection(saved=True)),
        *more,
        *(View(section.name, Selection(section=section.name)) for section in sections),
    )


def place_of(headline_id: int, ids: Sequence[int], near: int) -> int | None:
    """Return where `ids` hold a headline, None where they do not; it is quick at the place `near`.

    Looking through a hundred thousand takes some milliseconds.
    """
    if near < len(ids) and ids[near] == headline_id:
        return near
    try:
        return ids.index(headline_id)
    except ValueError:
        return None
