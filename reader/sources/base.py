"""The protocol between a sync and a source of news; a new kind of source implements it."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Protocol

from reader.model import Article, Following, Listing, Section

if TYPE_CHECKING:
    # The screen asks which source an address belongs to, and has no use for an HTTP client.
    from reader.fetch import Fetched


class Source(Protocol):
    """A source of news: what a run asks for, how a page is read, which pages follow.

    It opens no socket and does not know the store. All addresses are absolute URLs.
    """

    @property
    def name(self) -> str:
        """Return the name by which the store knows the source; it never changes."""

    @property
    def home(self) -> str:
        """Return the address of the source as a whole, under which its failures are reported."""

    @property
    def pause(self) -> float:
        """Return the least seconds between two requests to a host, whatever its robots.txt says."""

    def owns(self, url: str) -> bool:
        """Tell whether `url` is a page of this source; False for anything but a URL."""

    def first_pages(self) -> Sequence[str]:
        """Return the addresses that begin a run."""

    def listings(self, known: Sequence[Following], named: Collection[str]) -> Sequence[Section]:
        """Return the sections whose listings a run asks for next.

        `known` are the sections of this source in the store, in the order of its navigation. The
        names in `named`, in upper or lower case, decide; if there are none, the sections that the
        reader follows are returned.
        """

    def next_listing(self, url: str) -> str | None:
        """Return the address of the listing page after `url`; None if only its text tells."""

    def read(self, fetched: "Fetched", url: str) -> Article | Listing:
        """Return the parsed page that was fetched for `url`.

        Raises PageError if it cannot be read.
        """

    def follow(self, page: Article | Listing) -> Sequence[str]:
        """Return the addresses that a page leads on to: a listing's next page, related articles."""
