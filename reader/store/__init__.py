"""The SQLite store of headlines and articles; no other package contains SQL."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from reader.errors import CacheError
from reader.store.connection import Database
from reader.store.headlines import Headlines
from reader.store.marks import Marks
from reader.store.opening import MEMORY_KIB
from reader.store.sources import Sources
from reader.store.visits import Visits

if TYPE_CHECKING:
    from reader.store.archive import Archive
    from reader.store.articles import Articles
    from reader.store.devices import Devices
    from reader.store.feeds import Feeds
    from reader.store.maintenance import Maintenance
    from reader.store.maintenance.pruner import Pruner
    from reader.store.mutes import Mutes
    from reader.store.notifications import Notifications
    from reader.store.pages import Pages
    from reader.store.search import Search
    from reader.store.searches import Searches
    from reader.store.stories import Stories

__all__ = ["Store"]


class Store:
    """The headlines, articles and marks in one file; other processes may use it at the same time.

    Each topic has its own part; those that no quick command needs are imported on first use. The
    parts use one connection with one lock, so threads may share a store. Every method of a part may
    raise CacheError; the data is then unchanged.
    """

    def __init__(
        self,
        path: Path,
        *,
        patience: float = 30.0,
        create: bool = True,
        memory_kib: int = MEMORY_KIB,
    ) -> None:
        """Open the cache at `path`; with `create`, make it and its folder where there is none.

        A write waits at most `patience` seconds for the write of another process. At most
        `memory_kib` of the file is kept in memory. Raises CacheCorrupt or CacheTooNew; the file is
        then unchanged.
        """
        self.database = Database(path, patience=patience, create=create, memory_kib=memory_kib)
        self.headlines = Headlines(self.database)
        self.marks = Marks(self.database)
        self.visits = Visits(self.database)
        self.sources = Sources(self.database)

    @cached_property
    def articles(self) -> "Articles":
        """Return the part for full articles: their texts, and the reading positions in them."""
        from reader.store.articles import Articles

        return Articles(self.database)

    @cached_property
    def mutes(self) -> "Mutes":
        """Return the part for mutes: what the lists leave out."""
        from reader.store.mutes import Mutes

        return Mutes(self.database)

    @cached_property
    def searches(self) -> "Searches":
        """Return the part for saved searches."""
        from reader.store.searches import Searches

        return Searches(self.database)

    @cached_property
    def pages(self) -> "Pages":
        """Return the part for fetched pages, and what is known about their addresses."""
        from reader.store.pages import Pages

        return Pages(self.database)

    @cached_property
    def feeds(self) -> "Feeds":
        """Return the part for feeds and their items."""
        from reader.store.feeds import Feeds

        return Feeds(self.database)

    @cached_property
    def stories(self) -> "Stories":
        """Return the part for stories, and for placing reports in them."""
        from reader.store.stories import Stories

        return Stories(self.database)

    @cached_property
    def notifications(self) -> "Notifications":
        """Return the part for news in saved searches and watched stories to notify of."""
        from reader.store.notifications import Notifications

        return Notifications(self.database)

    @cached_property
    def search(self) -> "Search":
        """Return the part for full-text search."""
        from reader.store.search import Search

        return Search(self.database)

    @cached_property
    def archive(self) -> "Archive":
        """Return the part for the export and import of everything in the store."""
        from reader.store.archive import Archive

        return Archive(self.database)

    @cached_property
    def devices(self) -> "Devices":
        """Return the part for exchanging marks with other machines."""
        from reader.store.devices import Devices

        return Devices(self.database)

    @cached_property
    def retention(self) -> "Pruner":
        """Return the part that removes old headlines and restores them."""
        from reader.store.maintenance.pruner import Pruner

        return Pruner(self.database, self.archive)

    @cached_property
    def maintenance(self) -> "Maintenance":
        """Return the part that maintains the file: its health, its copies and its free space."""
        from reader.store.maintenance import Maintenance

        return Maintenance(self.database)

    def changed(self) -> bool:
        """Tell whether another process has written to the file since the last call.

        A file that replaced it is opened and counts as a change; a missing file is an error.
        """
        return self.database.changed()

    def require_writable(self) -> None:
        """Raise CacheError with the reason if nothing can be stored."""
        self.database.require_writable()

    def obstacle(self) -> CacheError | None:
        """Return why nothing can be stored; None if it can be, as far as that is known."""
        return self.database.obstacle()

    def open_connection(self) -> "Store":
        """Return the same store with its own connection, for a thread that runs a long task.

        Raises CacheError where the file is gone.
        """
        return Store(self.database.path, create=False)

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        self.database.close()

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the store."""
        self.close()
