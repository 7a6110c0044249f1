"""A feed that a reader follows, and the pages of its entries."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct

from reader.config.feeds import FollowedFeed
from reader.errors import NotNews
from reader.model import Article, Feed, FeedState, Following, Listing, Section
from reader.sources.parsing import read_feed, read_page
from reader.text.url import address

if TYPE_CHECKING:
    from reader.fetch import Fetched


class FeedSource(Struct, frozen=True):
    """A followed feed: a Source. `state` is its stored state, or None if it is new."""

    feed: FollowedFeed
    state: FeedState | None = None
    pause: float = 0.0

    @property
    def name(self) -> str:
        """Return a key common to all forms of the address under which it was first followed."""
        return self.feed.key

    @property
    def home(self) -> str:
        """Return the address that the feed is requested at, which may have moved."""
        return self.state.url if self.state else self.feed.url

    @property
    def title(self) -> str:
        """Return the display name of the feed: its name, else its own title, else its host."""
        return self.title_of(self.state.title if self.state else None)

    def title_of(self, own: str | None) -> str:
        """Return the display name of the feed, given its `own` title."""
        return self.feed.name or own or (urlsplit(self.feed.url).hostname or self.feed.url)

    def section_of(self, own: str | None) -> str:
        """Return the group of the feed, given its `own` title."""
        return self.feed.section or self.title_of(own)

    def owns(self, url: str) -> bool:
        """Tell whether `url` is the feed itself; the pages of its entries may be anywhere."""
        return address(url) in {self.name, address(self.home)}

    def first_pages(self) -> Sequence[str]:
        """Return the address of the feed, which begins a run."""
        return (self.home,)

    def listings(
        self,
        known: Sequence[Following],
        named: Collection[str],
    ) -> Sequence[Section]:
        """Return no sections: a feed has one page."""
        return ()

    def next_listing(self, url: str) -> str | None:
        """Return None: a feed has one page."""
        return None

    def read(self, fetched: "Fetched", url: str) -> Article | Listing:
        """Return the parsed page of an entry; raises PageError."""
        return read_page(fetched, url, url)

    def read_feed(self, fetched: "Fetched") -> Feed:
        """Return the parsed feed; raises PageError, also for a wall or a page in its place."""
        found = read_feed(fetched)
        if not isinstance(found, Feed):
            raise NotNews("page_for_feed")
        return found

    def follow(self, page: Article | Listing) -> Sequence[str]:
        """Return nothing: links on the page of an entry do not belong to the feed."""
        return ()


def name_in_lists(feed: FollowedFeed, state: FeedState | None) -> str:
    """Return how lists of feeds name one: as its news is named, by its address until it is read."""
    source = FeedSource(feed, state)
    is_read = state is not None and (state.title or state.fetched)
    return source.title if feed.name or is_read else feed.url
