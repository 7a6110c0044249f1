"""The protocols by which the interface, a sync and the command line use the store.

`reader.store.Store` implements all of them; a test may pass a smaller substitute.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Protocol, Self

from reader.errors import ReaderError, Reason
from reader.model import (
    DEFAULT_SOURCE,
    EVERYTHING,
    Article,
    ChosenFeed,
    Counts,
    FeedName,
    FeedState,
    Following,
    Found,
    Headline,
    LastVisit,
    MarkChange,
    Mute,
    Revision,
    SavedSearch,
    SectionCount,
    Selection,
    SyncState,
)

if TYPE_CHECKING:
    # A plain list is quick because it imports none of this.
    from reader.store.archive import Archive
    from reader.store.articles import Articles
    from reader.store.devices import Devices
    from reader.store.feeds import Feeds
    from reader.store.headlines import Headlines
    from reader.store.maintenance import Maintenance
    from reader.store.maintenance.pruner import Pruner
    from reader.store.marks import Marks
    from reader.store.notifications import Notifications
    from reader.store.pages import Pages
    from reader.store.search import Search
    from reader.store.sources import Sources
    from reader.store.stories import Stories
    from reader.stories.digest import Digest


class Library(Protocol):
    """The store as the interface uses it."""

    @property
    def headlines(self) -> "HeadlineQueries":
        """Return the lists and counts of headlines."""

    @property
    def articles(self) -> "ArticleQueries":
        """Return the whole articles."""

    @property
    def marks(self) -> "MarkWriter":
        """Return the writer of marks."""

    @property
    def stories(self) -> "StoryWriter":
        """Return the stories, with the means to correct which reports they contain."""

    @property
    def mutes(self) -> "MuteRules":
        """Return the mute rules."""

    @property
    def searches(self) -> "SearchList":
        """Return the saved searches."""

    @property
    def visits(self) -> "VisitLog":
        """Return the record of the last visit."""

    @property
    def sources(self) -> "SourceQueries":
        """Return the sections, and how the last runs went."""

    @property
    def feeds(self) -> "FeedQueries":
        """Return the feeds, and which are followed."""

    @property
    def pages(self) -> "UncachedCount":
        """Return the count of articles that are still to be fetched."""

    @property
    def devices(self) -> "DeviceQueries":
        """Return the state of the exchange with other machines."""

    @property
    def search(self) -> "SearchOpener":
        """Return the full-text search."""

    def changed(self) -> bool:
        """Tell whether another process wrote to the store since this was last asked."""

    def obstacle(self) -> ReaderError | None:
        """Return why nothing can be stored; None if it can be, as far as that is known."""

    def open_connection(self) -> AbstractContextManager["Library"]:
        """Return the same store on its own connection, for slow work in a thread."""


class HeadlineQueries(Protocol):
    """Lists and counts of headlines, as `reader.store.headlines` answers them."""

    def ids(self, selection: Selection = EVERYTHING, limit: int | None = None) -> Sequence[int]:
        """Return the numbers of the selected headlines, newest first, at most `limit`."""

    def other_reports(self, selection: Selection, stories: Mapping[int, int]) -> Mapping[int, int]:
        """Return the other selected headlines of these stories, newest first, each with its story.

        `stories` has the known headlines, each with its story.
        """

    def stories(self, ids: Sequence[int]) -> dict[int, int]:
        """Return the stories of those of `ids` that have one.

        Other headlines may be included if there are more than a thousand.
        """

    def counts(self, selection: Selection = EVERYTHING) -> Counts:
        """Return how many headlines are selected, and how many of them are unread."""

    def last_id(self) -> int:
        """Return the number of the headline that came in last, or 0 if there is none."""

    def unread_among(self, ids: Sequence[int], *, cached: bool = False) -> set[int]:
        """Return those of `ids` that are unread; with `cached`, only those with an article."""

    def moments(self, ids: Sequence[int]) -> dict[int, datetime]:
        """Return the time (UTC) that orders the lists, for each of these headlines that exists."""

    def load(self, ids: Sequence[int]) -> list[Headline]:
        """Return the headlines with these numbers, in this order; vanished ones are left out."""

    def sections(self) -> Sequence[SectionCount]:
        """Return the sections with headlines: followed ones first, in the order of the site."""

    def find(self, url: str) -> int | None:
        """Return the number of the headline at `url`, a URL or only the end of one, or None."""

    def tags(self) -> list[str]:
        """Return the tags that headlines have, by name."""

    def is_sample(self) -> bool:
        """Tell whether the store holds the bundled sample edition."""


class ArticleQueries(Protocol):
    """Whole articles and reading positions, as `reader.store.articles` keeps them."""

    def load(self, headline_id: int) -> Article | None:
        """Return the whole article of a headline, or None if only the headline is stored."""

    def revision_read(self, headline_id: int) -> int:
        """Return the number of the older text that was read last; 0 if that is the current text."""

    def revisions(self, headline_id: int) -> list[Revision]:
        """Return a description of each older text of an article, the newest first."""

    def revision(self, headline_id: int, number: int) -> Article | None:
        """Return an older text of an article, 1 for the newest; None if there is none."""

    def note_read(self, headline_id: int) -> None:
        """Record that the current text of an article was read."""

    def kept_back(self, headline_id: int) -> Reason | None:
        """Return why the site's newer text was rejected; None if there is none."""

    def related(self, headline_id: int) -> list[Headline]:
        """Return the headlines that were listed under the article on its page, in page order."""

    def place(self, headline_id: int) -> int:
        """Return the reading position in an article, in characters of its body; 0 at the start."""

    def keep_place(self, headline_id: int, characters: int, now: datetime) -> None:
        """Store the reading position in an article; 0 if it was read to its end."""


class MarkWriter(Protocol):
    """The writer of marks, implemented by `reader.store.marks`."""

    def set(
        self,
        mark: str,
        ids: Sequence[int],
        now: datetime,
        *,
        value: bool = True,
        logged: bool = True,
    ) -> list[int]:
        """Set or clear a mark on all these headlines, or on none; return those it changed.

        `undo` passes over a change that is not `logged`.
        """

    def undo(self, now: datetime) -> MarkChange | None:
        """Undo the last change of marks not yet undone; return it, or None if there is none."""


class MuteRules(Protocol):
    """The mute rules, as `reader.store.mutes` keeps them."""

    def all(self) -> list[Mute]:
        """Return the mute rules, each with the number of headlines it hides from the lists."""

    def add(self, written: str) -> Mute | None:
        """Mute a phrase or a section, and return the rule; None if the cleaned text is empty."""

    def remove(self, written: str) -> bool:
        """Unmute it; return whether it was muted by the reader rather than by the settings."""

    def adopt(self, written: Sequence[str]) -> bool:
        """Replace the rules from the settings with these; return whether they changed."""


class SearchList(Protocol):
    """The saved searches, as `reader.store.searches` keeps them."""

    def all(self) -> list[SavedSearch]:
        """Return the saved searches."""

    def save(self, name: str, query: str) -> SavedSearch | None:
        """Save a query under a name, replacing any other of that name.

        Return it, or None if either is empty.
        """

    def forget(self, name: str) -> bool:
        """Forget a saved search; return whether there was one with this name."""


class VisitLog(Protocol):
    """The last visit, as `reader.store.visits` keeps it."""

    def last(self) -> LastVisit | None:
        """Return when the reader was last used, or None if it never was."""

    def note(self, visit: LastVisit) -> None:
        """Store when the reader was last used, and the last headline that had come in by then."""


class SourceQueries(Protocol):
    """The sections and the state of the site, as `reader.store.sources` keeps them."""

    def followings(self) -> list[Following]:
        """Return all sections ever seen, the site's first, each source's in navigation order."""

    def follow(self, name: str, followed: bool, source: str = DEFAULT_SOURCE) -> None:
        """Set whether the listing of a section of a source is to be fetched."""

    def sync_state(self) -> SyncState:
        """Return how the last runs went."""


class StoryWriter(Protocol):
    """Stories, as `reader.store.stories` keeps them."""

    def is_pending(self) -> bool:
        """Tell whether any reports are still to be placed in stories."""

    def reports(self, story: int) -> list[int]:
        """Return the numbers of a story's reports, the newest first."""

    def related(self, item: int) -> list[int]:
        """Return the reports most similar to one, without those of its story."""

    def split(self, items: Sequence[int]) -> list[int]:
        """Take reports out of their stories for good; return those that were in one."""

    def join(self, items: Sequence[int]) -> int | None:
        """Join reports into one story for good; return its number."""

    def undo(self) -> list[int]:
        """Take back the last split or join; return the reports that it moved."""

    def watch(self, story: int, *, value: bool = True) -> None:
        """Watch a story, or stop watching it."""

    def watched(self) -> list[int]:
        """Return the numbers of the stories that are watched."""

    def digest(
        self,
        until: datetime,
        *,
        since: datetime | None = None,
        visit: LastVisit | None = None,
        section: str | None = None,
        source: str | None = None,
        limit: int | None = None,
    ) -> "Digest":
        """Return a digest of the news since a moment, else since a visit, else of everything."""


class FeedQueries(Protocol):
    """The feeds and the list of them, as `reader.store.feeds` keeps them."""

    def states(self) -> list[FeedState]:
        """Return the states of all feeds that are or were followed."""

    def state(self, source: str) -> FeedState | None:
        """Return the state of a feed, None if it was never followed."""

    def describe(self, names: Iterable[FeedName]) -> None:
        """Store the display names of feeds, and move their items into their sections."""

    def unfollow(self, source: str) -> None:
        """Note that a feed is no longer followed; its items stay."""

    def kept_list(self) -> str | None:
        """Return the list of feeds that could not be written to its file, or None."""

    def change_list(self, change: Callable[[str | None], str | None]) -> None:
        """Replace the kept list with the result of `change`; block other changes meanwhile."""

    def note_list(self, feeds: Sequence[tuple[str, bool]]) -> None:
        """Note the feed list for other machines: each address, and whether it is muted."""

    def choices(self) -> list[ChosenFeed]:
        """Return the choices made about feeds, here and on other machines."""

    def shown(self, item: int) -> Literal["feed", "page"] | None:
        """Return which text of an item is shown, or None if no feed has one."""

    def kept_because(self, item: int) -> Reason | None:
        """Return why the feed's text is shown although its page was fetched too, else None."""

    def choose(self, url: str, text: Literal["feed", "page"]) -> bool:
        """Show the feed's text of an item, or request that of its page.

        Return whether a feed has a text for the item.
        """


class DeviceQueries(Protocol):
    """The exchange with other machines, as `reader.store.devices` knows it."""

    def last_stamp(self) -> int:
        """Return the last stamp issued here or read from another machine."""

    def has_unsent(self) -> bool:
        """Tell whether anything set here has not been passed on to any other machine."""

    def place_device(self, headline_id: int) -> str | None:
        """Return the machine that set an article's reading position; None for this one or none."""


class UncachedCount(Protocol):
    """The number of articles still to be fetched, as `reader.store.pages` knows it."""

    def count_uncached(self) -> int:
        """Return how many headlines have a URL and no article."""


class SearchOpener(Protocol):
    """A means to open searches, implemented by `reader.store.search`."""

    def doubts(self, query: str, now: datetime) -> tuple[Reason, ...]:
        """Return which parts of a query without hits mean nothing, or name what does not exist."""

    def open_searcher(self) -> "Searcher":
        """Return a searcher with its own connection, for a thread that can be interrupted."""


class Searcher(Protocol):
    """A search in its own thread, implemented by `reader.store.search.searcher`."""

    def __enter__(self) -> Self:
        """Return the searcher itself."""

    def __exit__(self, *_error: object) -> None:
        """Interrupt the running search and close; a later search finds nothing."""

    def search(
        self, query: str, now: datetime, limit: int, turn: int | None = None
    ) -> Found | None:
        """Return the best hits, at most `limit`; None if the search was interrupted."""

    def interrupt(self) -> int:
        """Interrupt the running search, which returns None; return the turn of the next one."""


class SyncLibrary(Protocol):
    """The store as a sync and an import of pages use it, without searches and marks."""

    @property
    def headlines(self) -> "Headlines":
        """Return the queries for headlines."""

    @property
    def pages(self) -> "Pages":
        """Return the fetched pages, and the state of their addresses."""

    @property
    def feeds(self) -> "Feeds":
        """Return the feeds and their items."""

    @property
    def sources(self) -> "Sources":
        """Return the sections that are followed, and how the last runs went."""

    @property
    def stories(self) -> "Stories":
        """Return the part that places reports in stories."""

    @property
    def retention(self) -> "Pruner":
        """Return the part that removes old headlines."""

    @property
    def maintenance(self) -> "Maintenance":
        """Return the maintenance of the file."""

    def require_writable(self) -> None:
        """Raise CacheError, saying why, if nothing can be stored."""


class NewsLibrary(Protocol):
    """The store as the notification command uses it."""

    @property
    def headlines(self) -> "Headlines":
        """Return the queries for headlines."""

    @property
    def notifications(self) -> "Notifications":
        """Return the news for saved searches and watched stories that was not yet reported."""


class AdminLibrary(SyncLibrary, Protocol):
    """The store as the command line uses it: as a sync does, and with everything stored."""

    @property
    def articles(self) -> "Articles":
        """Return the whole articles."""

    @property
    def marks(self) -> "Marks":
        """Return the writer of marks."""

    @property
    def search(self) -> "Search":
        """Return the full-text search."""

    @property
    def devices(self) -> "Devices":
        """Return the exchange of marks with other machines."""

    @property
    def archive(self) -> "Archive":
        """Return the export and import of the whole store."""

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
