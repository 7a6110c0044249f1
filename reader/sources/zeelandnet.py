"""The news site: its front page, the listings of its sections, its articles."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urljoin, urlsplit

from msgspec import Struct, field

from reader.model import DEFAULT_SOURCE, Article, Following, Listing, Section
from reader.resources import SOURCES
from reader.sources.parsing import read_page

if TYPE_CHECKING:
    from reader.fetch import Fetched


class ZeelandNet(Struct, frozen=True):
    """The site at the base address `home`: a Source.

    `first_sections` are those known before its navigation was ever seen, `selectors` the user's CSS
    selectors by role; `pause` is in seconds.
    """

    home: str
    front: str
    first_sections: tuple[Section, ...]
    selectors: Mapping[str, str] = field(default_factory=dict)
    pause: float = 0.0
    name: str = DEFAULT_SOURCE

    def owns(self, url: str) -> bool:
        """Tell whether `url` is a page of the site, with or without `www.`."""
        try:
            return _host(url) == _host(self.home)
        except ValueError:
            return False

    def first_pages(self) -> Sequence[str]:
        """Return the address of the front page, whose navigation names the sections."""
        return (self.front,)

    def listings(self, known: Sequence[Following], named: Collection[str]) -> Sequence[Section]:
        """Return the sections in `named`, or if it is empty, those that the reader follows.

        If the navigation was never seen, those are the sections known from the start.
        """
        sections = [each.section for each in known if self.owns(each.section.url)]
        names = {section.name for section in sections}
        sections += [each for each in self.first_sections if each.name not in names]
        wanted = {name.casefold() for name in named}
        if wanted:
            return [section for section in sections if section.name.casefold() in wanted]
        if not known:
            return self.first_sections
        followed = {each.section.name for each in known if each.followed}
        return [section for section in sections if section.name in followed]

    def next_listing(self, url: str) -> str:
        """Return the address of the listing page after `url`, as the site numbers them."""
        parts = urlsplit(url)
        number = parse_qs(parts.query).get("page", ["1"])[-1]
        following = int(number) + 1 if number.isdecimal() else 2
        return parts._replace(query=f"page={following}").geturl()

    def read(self, fetched: "Fetched", url: str) -> Article | Listing:
        """Return the parsed page that was fetched for `url`; raises PageError."""
        return read_page(fetched, url, self.home, self.selectors)

    def follow(self, page: Article | Listing) -> Sequence[str]:
        """Return the next page of a listing, or the articles that an article's teasers link to."""
        if isinstance(page, Listing):
            return (page.next,) if page.next else ()
        return [teaser.url for teaser in page.related if teaser.url]


def zeelandnet(
    home: str, selectors: Mapping[str, str] | None = None, pause: float = 0.0
) -> ZeelandNet:
    """Return the site at the base address `home`, with the sections known from the start."""
    known = tomllib.loads(SOURCES.read_text(encoding="utf-8"))
    sections = tuple(
        Section(each["name"], urljoin(home, each["path"])) for each in known["sections"]
    )
    return ZeelandNet(home, urljoin(home, known["front"]), sections, selectors or {}, pause)


def _host(url: str) -> tuple[str, int | None]:
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), parts.port
