"""Which pages make up an edition: the site's front page, its sections' listings, its articles."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urljoin, urlsplit

from reader.model import Following, Section
from reader.resources import SOURCES


@dataclass(frozen=True, slots=True)
class Source:
    """One site: its base address, its front page, and the sections known from the start."""

    site: str
    front: str
    sections: tuple[Section, ...]

    def holds(self, url: str) -> bool:
        """Tell whether `url` is a page of this site."""
        try:
            return _host(url) == _host(self.site)
        except ValueError:
            return False


def source_of(site: str) -> Source:
    """Return what is known of the site at the base address `site`."""
    known = tomllib.loads(SOURCES.read_text(encoding="utf-8"))
    sections = tuple(
        Section(each["name"], urljoin(site, each["path"])) for each in known["sections"]
    )
    return Source(site, urljoin(site, known["front"]), sections)


def sections_to_fetch(
    source: Source, found: Sequence[Following], follow: Sequence[str], named: Sequence[str]
) -> list[Section]:
    """Return the sections whose listings make up the edition.

    `named` on the command line decides, then `follow` in the settings, then what the reader
    follows; where the site's own navigation was never seen, the sections known from the start.
    """
    known = [each.section for each in found if source.holds(each.section.url)]
    known += [each for each in source.sections if each.name not in {one.name for one in known}]
    wanted = {name.casefold() for name in named or follow}
    if wanted:
        return [section for section in known if section.name.casefold() in wanted]
    if not found:
        return list(source.sections)
    followed = {each.section.name for each in found if each.followed}
    return [section for section in known if section.name in followed]


def next_listing(url: str) -> str:
    """Return the address of the listing's page after the one at `url`, as the site numbers them."""
    parts = urlsplit(url)
    number = parse_qs(parts.query).get("page", ["1"])[-1]
    following = int(number) + 1 if number.isdecimal() else 2
    return parts._replace(query=f"page={following}").geturl()


def _host(url: str) -> tuple[str, int | None]:
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), parts.port
