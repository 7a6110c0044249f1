"""What each side of the program may ask of the store: the interface, a sync, the command line.

`reader.store.Store` is all three of them; a test may stand in with less.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Protocol, Self

from reader.errors import Reason
from reader.model import (
    DEFAULT_SOURCE,
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
    from reader.store.pages import Pages
    from reader.store.search import Search
    from reader.store.sources import Sources
    from reader.store.stories import Stories
    from reader.store.untold import Untold
    from reader.stories.digest import Digest

EVERYTHING = Selection()


class Library(Protocol):
    """What the interface may ask."""

    @property
    def headlines(self) -> "HeadlineQueries":
        """Return the lists and counts of headlines."""

    @property
    def articles(self) -> "ArticleQueries":
        """Return the whole articles."""

    @property
    def marks(self) -> "MarkWriter":
        """Return what sets marks."""

    @property
    def stories(self) -> "StoryWriter":
        """Return the stories, and what sets right which reports they have."""

    @property
    def mutes(self) -> "MuteRules":
        """Return what is muted."""

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
        """Return what is known of pages that were not fetched yet."""

    @property
    def devices(self) -> "DeviceQueries":
        """Return what is known of the exchange with other machines."""

    @property
    def search(self) -> "SearchOpener":
        """Return the full-text search."""

    def changed(self) -> bool:
        """Tell whether another process wrote to the store since this was last asked."""

    def open_connection(self) -> AbstractContextManager["Library"]:
        """Return the same store by a connection of its own, for a thread that takes its time."""


class HeadlineQueries(Protocol):
    """Lists and counts of headlines, as `reader.store.headlines` answers them."""

    def ids(self, selection: Selection = EVERYTHING, limit: int | None = None) -> list[int]:
        """Return the numbers of the selected headlines, newest first, at most `limit`."""

    def stories(
        self, selection: Selection = EVERYTHING, limit: int | None = None
    ) -> dict[int, int]:
        """Return the stories of those of the selected headlines that are reports of one."""

    def counts(self, selection: Selection = EVERYTHING) -> Counts:
        """Return how many headlines are selected, and how many of them are unread."""

    def last_id(self) -> int:
        """Return the number of the headline that came in last, 0 where there is none."""

    def unread_among(self, ids: Sequence[int], *, cached: bool = False) -> set[int]:
        """Return those of `ids` whose headlines are unread, and `cached` where that is wanted."""

    def moments(self, ids: Sequence[int]) -> dict[int, datetime]:
        """Return of each of these headlines that is there the time by which lists are ordered."""

    def load(self, ids: Sequence[int]) -> list[Headline]:
        """Return the headlines with these numbers, in this order; vanished ones are left out."""

    def sections(self) -> list[SectionCount]:
        """Return the sections with headlines: the followed first, in the order of the site."""

    def find(self, url: str) -> int | None:
        """Return the number of the headline at `url`, or that ends in it, or None."""

    def tags(self) -> list[str]:
        """Return the tags that headlines have, by name."""

    def is_sample(self) -> bool:
        """Tell whether what the store holds is the bundled sample edition."""


class ArticleQueries(Protocol):
    """Whole articles, and where they were left, as `reader.store.articles` keeps them."""

    def load(self, headline_id: int) -> Article | None:
        """Return the whole article of a headline, or None where only the headline is stored."""

    def revision_read(self, headline_id: int) -> int:
        """Return the number of the older text that was read last; 0 where it is the present one."""

    def revision(self, headline_id: int, number: int) -> Article | None:
        """Return an older text of an article, 1 for the newest; None where there is none."""

    def note_read(self, headline_id: int) -> None:
        """Store that the present text of an article was read."""

    def kept_back(self, headline_id: int) -> Reason | None:
        """Return why the site's newer text was not taken; None where there is none."""

    def related(self, headline_id: int) -> list[Headline]:
        """Return the headlines that stood under the article on its page, in page order."""

    def place(self, headline_id: int) -> int:
        """Return where an article was left, in characters of its body, 0 for its beginning."""

    def keep_place(self, headline_id: int, characters: int, now: datetime) -> None:
        """Store where an article was left, 0 where it was read to its end."""


class MarkWriter(Protocol):
    """What sets marks, as `reader.store.marks` does."""

    def set(self, mark: str, ids: Sequence[int], now: datetime, *, value: bool = True) -> list[int]:
        """Set or clear a mark of all these headlines, or of none; return those it changed."""

    def undo(self, now: datetime) -> MarkChange | None:
        """Undo the last change of marks that was not undone yet; return it, None for none."""


class MuteRules(Protocol):
    """What a reader mutes, as `reader.store.mutes` keeps it."""

    def all(self) -> list[Mute]:
        """Return what is muted, each with how many headlines it keeps out of the lists."""

    def add(self, written: str) -> Mute | None:
        """Mute a phrase or a section, and return it; None where nothing is left of it."""

    def remove(self, written: str) -> bool:
        """Mute it no longer; return whether it was muted by the reader, and not by the settings."""

    def adopt(self, written: Sequence[str]) -> bool:
        """Mute what the settings have, no longer what they had; return whether that differs."""


class SearchList(Protocol):
    """The saved searches, as `reader.store.searches` keeps them."""

    def all(self) -> list[SavedSearch]:
        """Return the saved searches."""

    def save(self, name: str, query: str) -> SavedSearch | None:
        """Save a query by a name, in place of the one that had it; None where either is empty."""

    def forget(self, name: str) -> bool:
        """Forget a saved search; return whether there was one of this name."""


class VisitLog(Protocol):
    """The last visit, as `reader.store.visits` keeps it."""

    def last(self) -> LastVisit | None:
        """Return when the reader was last used, None where it never was."""

    def note(self, visit: LastVisit) -> None:
        """Store when the reader was last used, and what had come in by then."""


class SourceQueries(Protocol):
    """The sections and the state of the site, as `reader.store.sources` keeps them."""

    def followings(self) -> list[Following]:
        """Return all sections ever seen, the site's first, in the order of each navigation."""

    def follow(self, name: str, followed: bool, source: str = DEFAULT_SOURCE) -> None:
        """Set whether the listing of a section of a source is to be fetched."""

    def sync_state(self) -> SyncState:
        """Return how the last runs went."""


class StoryWriter(Protocol):
    """Stories, as `reader.store.stories` keeps them."""

    def is_pending(self) -> bool:
        """Tell whether there are reports that are to be placed."""

    def reports(self, story: int) -> list[int]:
        """Return the numbers of a story's reports, the newest first."""

    def related(self, item: int) -> list[int]:
        """Return the reports that are most like one, without those of its story."""

    def split(self, items: Sequence[int]) -> list[int]:
        """Take reports out of their stories for good; return those that were in one."""

    def join(self, items: Sequence[int]) -> int | None:
        """Make reports one story for good; return its number."""

    def undo(self) -> list[int]:
        """Take back the last split or join; return the reports that it moved."""

    def watch(self, story: int, *, value: bool = True) -> None:
        """Watch a story, or no longer."""

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
        """Return what came in since a moment, or else since a visit, by default the last one."""


class FeedQueries(Protocol):
    """What is known of feeds, and the list of them, as `reader.store.feeds` keeps it."""

    def states(self) -> list[FeedState]:
        """Return what is known of all feeds that are or were followed."""

    def describe(self, names: Iterable[FeedName]) -> None:
        """Note what feeds are shown as, and bring their items into their sections."""

    def unfollow(self, source: str) -> None:
        """Note that a feed is followed no more; its items stay."""

    def kept_list(self) -> str | None:
        """Return the list of feeds that could not be written to its file, None for none."""

    def change_list(self, change: Callable[[str | None], str | None]) -> None:
        """Keep the list that `change` makes of the kept one, and let nobody change it meanwhile."""

    def note_list(self, feeds: Sequence[tuple[str, bool]]) -> None:
        """Note the list of feeds, addresses with whether each is muted, for other machines."""

    def choices(self) -> list[ChosenFeed]:
        """Return what was chosen of feeds, here and on other machines."""

    def shown(self, item: int) -> Literal["feed", "page"] | None:
        """Return whose text of an item is shown, None where no feed has one."""

    def kept_because(self, item: int) -> Reason | None:
        """Return why the text of the feed is shown where its page was fetched too, else None."""

    def choose(self, url: str, text: Literal["feed", "page"]) -> bool:
        """Show the text that a feed has of an item, or want that of its page."""


class DeviceQueries(Protocol):
    """The exchange with other machines, as `reader.store.devices` knows it."""

    def last_stamp(self) -> int:
        """Return the last stamp that was given here, or read from elsewhere."""

    def has_untold(self) -> bool:
        """Tell whether anything was set here that no other machine was told."""

    def place_device(self, headline_id: int) -> str | None:
        """Return the machine at which an article was left, None for this one or nowhere."""


class UncachedCount(Protocol):
    """How many articles are still to come, as `reader.store.pages` knows it."""

    def count_uncached(self) -> int:
        """Return how many headlines have a URL and no article."""


class SearchOpener(Protocol):
    """What opens a search, as `reader.store.search` does."""

    def open_searcher(self) -> "Searcher":
        """Return a searcher with a connection of its own, for a thread that can be interrupted."""


class Searcher(Protocol):
    """A search in a thread of its own, as `reader.store.search.searcher` does it."""

    def __enter__(self) -> Self:
        """Return the searcher itself."""

    def __exit__(self, *_error: object) -> None:
        """Interrupt what runs and close; a later search finds nothing."""

    def search(
        self, query: str, now: datetime, limit: int, turn: int | None = None
    ) -> Found | None:
        """Return the best hits, at most `limit`; None when the search was interrupted."""

    def interrupt(self) -> int:
        """Interrupt the running search, which returns None; return the turn of the next one."""


class SyncLibrary(Protocol):
    """What a sync may ask, and an import of pages: nothing of searches and marks."""

    @property
    def headlines(self) -> "Headlines":
        """Return what finds headlines."""

    @property
    def pages(self) -> "Pages":
        """Return the pages that were fetched, and what is known of their addresses."""

    @property
    def feeds(self) -> "Feeds":
        """Return the feeds, and what they brought."""

    @property
    def sources(self) -> "Sources":
        """Return the sections that are followed, and how the last runs went."""

    @property
    def stories(self) -> "Stories":
        """Return what places reports in stories."""

    @property
    def retention(self) -> "Pruner":
        """Return what removes old headlines."""

    @property
    def maintenance(self) -> "Maintenance":
        """Return the care of the file."""

    def require_writable(self) -> None:
        """Raise CacheError, saying why, where nothing can be stored."""


class NewsLibrary(Protocol):
    """What telling a command of news may ask."""

    @property
    def headlines(self) -> "Headlines":
        """Return what finds headlines."""

    @property
    def untold(self) -> "Untold":
        """Return what came in for saved searches and watched stories that was not told yet."""


class AdminLibrary(SyncLibrary, Protocol):
    """What the command line may ask: all that a sync may, and the whole of what is stored."""

    @property
    def articles(self) -> "Articles":
        """Return the whole articles."""

    @property
    def marks(self) -> "Marks":
        """Return what sets marks."""

    @property
    def search(self) -> "Search":
        """Return the full-text search."""

    @property
    def devices(self) -> "Devices":
        """Return the exchange of marks with other machines."""

    @property
    def archive(self) -> "Archive":
        """Return the export and import of all that the store holds."""

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
