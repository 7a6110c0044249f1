"""The names that identify an entry within its feed; pure.

- `guid`: the identifier that the feed gives it.
- `address`: its link.
- `path`: its guid or address without the host, with its title, because a site may change hosts.
- `slug`, `lead`: its title and the beginning of its text, for entries without a link.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from reader.model import Entry
from reader.text.slug import slug_or_text
from reader.text.url import WEB, address

_LEAD = 80
# Enough text for a lead of that length.
_LEAD_SOURCE = 200


class EntryName(NamedTuple):
    """One name of an entry."""

    kind: Literal["guid", "address", "path", "slug", "lead", "shared"]
    text: str


def names_of_entry(entry: Entry, shared: frozenset[str]) -> tuple[EntryName, ...]:
    """Return the names of an entry, the surest first; a guid that is `shared` is not one."""
    teaser = entry.teaser
    names: list[EntryName] = []
    guid = entry.guid if entry.guid and entry.guid not in shared else None
    if guid:
        names.append(EntryName("guid", guid))
    title = slug_or_text(teaser.title or "")
    if teaser.url:
        names.append(EntryName("address", address(teaser.url)))
    paths = [_path(place) for place in (guid, teaser.url) if title and place]
    names += [EntryName("path", f"{path} {title}") for path in paths if path]
    if not teaser.url:
        day = f" {teaser.published.latest:%Y-%m-%d}" if teaser.published else ""
        lead = slug_or_text(teaser.summary[:_LEAD_SOURCE])[:_LEAD]
        if guid:
            # With another guid the same title and lead are the same entry, but the title alone is
            # not.
            names += [EntryName("slug", f"{title} {lead}{day}")] if title and lead else []
        elif title:
            names += [EntryName("slug", f"{title} {lead}")]
            names += [EntryName("slug", f"{title}{day}")] if day else []
        if lead and not guid:
            names.append(EntryName("lead", f"{lead}{day}"))
    return tuple(dict.fromkeys(names))


def shared_guids(entries: Sequence[Entry]) -> frozenset[str]:
    """Return the guids that several entries of one fetch share: these identify none of them.

    Duplicates with the same address count as one entry.
    """
    places = {(entry.guid, entry.teaser.url, entry.teaser.title) for entry in entries if entry.guid}
    counts = Counter(guid for guid, _, _ in places)
    return frozenset(guid for guid, count in counts.items() if guid and count > 1)


def _path(place: str) -> str:
    """Return path and query of an address if they identify a page, else ""."""
    if not place.lower().startswith(WEB):
        return ""
    try:
        parts = urlsplit(place)
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    return f"{path}?{parts.query}" if len(path) > 1 or parts.query else ""
