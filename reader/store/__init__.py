"""The SQLite store of headlines and articles; nothing else knows SQL."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from reader.store.connection import Database
from reader.store.headlines import Headlines
from reader.store.marks import Marks
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
    from reader.store.pages import Pages
    from reader.store.search import Search
    from reader.store.searches import Searches
    from reader.store.stories import Stories
    from reader.store.untold import Untold

__all__ = ["Store"]


class Store:
    """The headlines, articles and marks in one file; other processes may use it meanwhile.

    Each topic is a part over one connection with one lock, so threads may share a store. Every
    method of a part may raise CacheError, and what it was to change is then unchanged.
    """

    # What no quick command needs is imported when it is first asked for.
    # ruff: noqa: PLC0415

    def __init__(self, path: Path, *, patience: float = 30.0) -> None:
        """Open the cache at `path`, made with its folder where there is none.

        A write waits for that of another process `patience` seconds at most. Raises CacheCorrupt or
        CacheTooNew for a file that it then leaves as it was.
        """
        self.database = Database(path, patience=patience)
        self.headlines = Headlines(self.database)
        self.marks = Marks(self.database)
        self.visits = Visits(self.database)
        self.sources = Sources(self.database)

    @cached_property
    def articles(self) -> "Articles":
        """Return the whole articles: their texts, and where they were left."""
        from reader.store.articles import Articles

        return Articles(self.database)

    @cached_property
    def mutes(self) -> "Mutes":
        """Return what the lists leave out."""
        from reader.store.mutes import Mutes

        return Mutes(self.database)

    @cached_property
    def searches(self) -> "Searches":
        """Return the saved searches."""
        from reader.store.searches import Searches

        return Searches(self.database)

    @cached_property
    def pages(self) -> "Pages":
        """Return the pages that were fetched, and what is known of their addresses."""
        from reader.store.pages import Pages

        return Pages(self.database)

    @cached_property
    def feeds(self) -> "Feeds":
        """Return the feeds, and what they brought."""
        from reader.store.feeds import Feeds

        return Feeds(self.database)

    @cached_property
    def stories(self) -> "Stories":
        """Return the stories, and what places reports in them."""
        from reader.store.stories import Stories

        return Stories(self.database)

    @cached_property
    def untold(self) -> "Untold":
        """Return what came in for saved searches and watched stories that was not told yet."""
        from reader.store.untold import Untold

        return Untold(self.database)

    @cached_property
    def search(self) -> "Search":
        """Return the full-text search."""
        from reader.store.search import Search

        return Search(self.database)

    @cached_property
    def archive(self) -> "Archive":
        """Return the export and import of all that the store holds."""
        from reader.store.archive import Archive

        return Archive(self.database)

    @cached_property
    def devices(self) -> "Devices":
        """Return the exchange of marks with other machines."""
        from reader.store.devices import Devices

        return Devices(self.database)

    @cached_property
    def retention(self) -> "Pruner":
        """Return what removes old headlines, and brings them back."""
        from reader.store.maintenance.pruner import Pruner

        return Pruner(self.database, self.archive)

    @cached_property
    def maintenance(self) -> "Maintenance":
        """Return the care of the file: its health, its copies and its free space."""
        from reader.store.maintenance import Maintenance

        return Maintenance(self.database)

    def changed(self) -> bool:
        """Tell whether another process wrote to the file since this was last asked.

        A file that took its place is opened, and counts as a change; one that is gone is an error.
        """
        return self.database.changed()

    def require_writable(self) -> None:
        """Raise CacheError, saying why, where nothing can be stored."""
        self.database.require_writable()

    def open_connection(self) -> "Store":
        """Return the same store by a connection of its own, for a thread that takes its time."""
        return Store(self.database.path)

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        self.database.close()

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the store."""
        self.close()
