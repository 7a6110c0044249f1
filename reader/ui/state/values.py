"""The frozen pieces of state that the reading screen passes to its widgets."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from reader.errors import Reason
from reader.model import Article, Counts, Headline, SectionCount, Selection
from reader.ui import wording

if TYPE_CHECKING:
    from reader.stories.changes import Changes

# The names in the code of the views that are not sections.
Named = Literal["new", "all", "unread", "saved", "watched", "offline", "muted"]


class Opened(Struct, frozen=True):
    """The opened headline, its article where that is offline, and its related headlines.

    `story` has the reports of its story, newest first, and `changes` the differences since it was
    last read. The first `alike` of the related headlines are others of its story and similar ones
    by their words; the rest were listed under it on its page.
    """

    headline: Headline
    article: Article | None = None
    related: tuple[Headline, ...] = ()
    story: tuple[Headline, ...] = ()
    changes: "Changes | None" = None
    alike: tuple[int, int] = (0, 0)


class FetchAttempt(Struct, frozen=True):
    """The attempt to fetch a headline's article: in progress, or why it failed."""

    headline_id: int
    failure: Reason | None = None


class View(Struct, frozen=True):
    """A named selection of headlines to step through: all, unread, saved, each section."""

    name: str
    selection: Selection = field(default_factory=Selection)


class ViewChoice(Struct, frozen=True):
    """A view to choose, with its number of headlines and of unread ones.

    For a feed, `age` is how long ago it answered, and `failure` why it could not be fetched since;
    `depth` is 1 below its group.
    """

    view: View
    counts: Counts
    age: str = ""
    failure: Reason | None = None
    depth: int = 0


class NamedChoice(Struct, frozen=True):
    """A name to choose, whether it is set already, and a remark about it."""

    name: str
    is_set: bool = False
    detail: str = ""


class Tab(Struct, frozen=True):
    """The tab of a view: its name, and the number of headlines waiting there if that is useful."""

    name: str
    count: int | None = None


class Tabs(Struct, frozen=True):
    """The tabs of all views in order, and the place of the present one."""

    tabs: tuple[Tab, ...] = ()
    present: int = 0


class ViewStatus(Struct, frozen=True):
    """The contents of the status bar about the view; `sample` is true for the sample edition.

    `words` are those filtered by or searched for, `found` is the result for them, in place of the
    counts, and `shown` the same in brief. `fresh` counts the headlines that came in since the
    reader was last at the top, `muted` those that the view leaves out, and `cached` those whose
    article is available offline, if that is known; `stories` counts their stories, including single
    reports, and is 0 if all are shown apart. `is_counted` is false until it is known how many have
    the words.
    """

    view: str = ""
    words: str = ""
    shown: str = ""
    found: str = ""
    total: int = 0
    unread: int = 0
    fresh: int = 0
    cached: int | None = None
    sample: bool = False
    muted: int = 0
    stories: int = 0
    is_counted: bool = True


Severity = Literal["information", "warning", "error"]


class Offer(Struct, frozen=True):
    """A command that a notice offers, by its id, and what it does in that context."""

    command: str
    label: str


# The passing states that a notice may speak of; it goes when the state ends. "list" is the present
# list, "article" the opened article, "run" a running sync, "failure" the failure of the last one.
Topic = Literal[
    "", "picking", "links", "list", "article", "run", "failure", "offline", "folder", "storage"
]


class Notice(Struct, frozen=True):
    """A sentence for the reader, and the commands that it offers.

    An informative one is shown for `seconds`, or the usual time; one that `stays` is shown until a
    key is pressed. It is `about` a state that may end before that. `headline` is the number of the
    one that it is about, if it is about one.
    """

    text: str
    severity: Severity = "information"
    seconds: float | None = None
    offers: tuple[Offer, ...] = ()
    stays: bool = False
    about: Topic = ""
    headline: int | None = None


class CursorPlace(Struct, frozen=True):
    """The position of the cursor: its headline, and its distance from the view's top (lines)."""

    headline_id: int
    below_top: int


def views_of(
    sections: Sequence[SectionCount], new: View | None = None, more: Sequence[View] = ()
) -> tuple[View, ...]:
    """Return the views to step through, in order: `new` first, and one for each of `sections`.

    The `more` views, such as saved searches, precede the sections.
    """
    return (
        *([new] if new else ()),
        View(wording.say("view.all")),
        View(wording.say("view.unread"), Selection(unread=True)),
        View(wording.say("view.saved"), Selection(saved=True)),
        *more,
        *(View(section.name, Selection(section=section.name)) for section in sections),
    )


def place_of(headline_id: int, ids: Sequence[int], near: int) -> int | None:
    """Return the position of a headline in `ids`, or None; it is fast near the position `near`.

    Looking through a hundred thousand takes a few milliseconds.
    """
    if near < len(ids) and ids[near] == headline_id:
        return near
    try:
        return ids.index(headline_id)
    except ValueError:
        return None
