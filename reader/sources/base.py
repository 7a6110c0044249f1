"""What a sync asks of a source of news; a new kind of source implements this."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Protocol

from reader.model import Article, Following, Listing, Section

if TYPE_CHECKING:
    # The screen asks which source an address belongs to, and has no use for an HTTP client.
    from reader.fetch import Fetched


class Source(Protocol):
    """A source of news: what a run asks for, how a page is read, which pages follow.

    It opens no socket and knows no store. All addresses are absolute URLs.
    """

    @property
    def name(self) -> str:
        """Return the name by which the store knows the source; it never changes."""

    @property
    def home(self) -> str:
        """Return the address of the source as a whole, beside which its failures are reported."""

    @property
    def pause(self) -> float:
        """Return the seconds to leave between two requests to a host, beyond its robots.txt."""

    def owns(self, url: str) -> bool:
        """Tell whether `url` is a page of this source; False for what is not a URL."""

    def first_pages(self) -> Sequence[str]:
        """Return the addresses that begin a run."""

    def listings(self, known: Sequence[Following], named: Collection[str]) -> Sequence[Section]:
        """Return the sections whose listings a run asks for next.

        `known` are the sections of this source in the store, in the order of its navigation. The
        names in `named`, in any case, decide; where there are none, what the reader follows.
        """

    def next_listing(self, url: str) -> str | None:
        """Return the address of the listing page after `url`; None where only its text tells."""

    def read(self, fetched: "Fetched", url: str) -> Article | Listing:
        """Return what a page holds that was fetched for `url`.

        Raises PageError where it cannot be read.
        """

    def follow(self, page: Article | Listing) -> Sequence[str]:
        """Return the addresses that a page leads on to: a listing's next page, related articles."""
