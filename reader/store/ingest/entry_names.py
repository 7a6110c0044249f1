"""The names that identify an entry within its feed; pure.

- `guid`: the identifier that the feed gives it.
- `address`: its link.
- `path`: its guid or address without the host, with its title, because a site may change hosts.
- `slug`, `lead`: its title and the beginning of its text, for entries without a link.
- `shared`: a guid or an address that several entries have, and that identifies none of them.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from msgspec.structs import replace

from reader.model import Entry, Teaser
from reader.store.ingest.identity import ItemName
from reader.text.slug import slug_or_text
from reader.text.url import WEB, address

_LEAD = 80
# The kinds of names that can be the surest one of an entry without an address.
_OF_ITEMS: tuple[Literal["guid", "slug", "lead"], ...] = ("guid", "slug", "lead")
# Enough text for a lead of that length.
_LEAD_SOURCE = 200


class EntryName(NamedTuple):
    """One name of an entry."""

    kind: Literal["guid", "address", "path", "slug", "lead", "shared"]
    text: str


def item_name(source: str, name: EntryName) -> ItemName:
    """Return the name of the item of an entry without an address, which is equal on all machines.

    It has the feed and the name within that. No text of a headline gives such a name, because
    these have no spaces.
    """
    return ItemName("lead", f"{source} {name.kind}:{name.text}")


def entry_name(source: str, name: ItemName) -> EntryName | None:
    """Return the name within its feed that `item_name` made a name of, None if it made none."""
    before, _, said = name.text.partition(" ")
    kind, colon, text = said.partition(":")
    if name.kind != "lead" or before != source or not colon:
        return None
    return next((EntryName(each, text) for each in _OF_ITEMS if each == kind), None)


def names_of_entry(entry: Entry, shared: frozenset[str]) -> tuple[EntryName, ...]:
    """Return the names of an entry, the surest first; what is `shared` is not one."""
    teaser = entry.teaser
    names: list[EntryName] = []
    guid = entry.guid if entry.guid and entry.guid not in shared else None
    key = own_address(entry, shared)
    url = teaser.url if key is not None else None
    if guid:
        names.append(EntryName("guid", guid))
    title = slug_or_text(teaser.title or "")
    if key is not None:
        names.append(EntryName("address", key))
    # The guid is often the address.
    places = dict.fromkeys(filter(None, (guid, url))) if title else ()
    names += [EntryName("path", f"{path} {title}") for path in map(_path, places) if path]
    if not url:
        day = f" {teaser.published.latest:%Y-%m-%d}" if teaser.published else ""
        lead = _lead_of(teaser)
        if guid:
            # With another guid the same title and lead are the same entry, or the same title and
            # time, but the title alone is not.
            time = f" {teaser.published.latest:%Y-%m-%dT%H:%M}" if teaser.published else ""
            if title and (lead or time):
                names.append(EntryName("slug", f"{title} {lead}{day}" if lead else title + time))
        elif title:
            names += [EntryName("slug", f"{title} {lead}")]
            names += [EntryName("slug", f"{title}{day}")] if day else []
        if lead and not guid:
            names.append(EntryName("lead", f"{lead}{day}"))
    return tuple(dict.fromkeys(names))


def names_of_nameless(teaser: Teaser) -> tuple[EntryName, ...]:
    """Return the names that an entry has by its words alone, with any guid or without one."""
    bare = replace(teaser, url=None)
    entries = (Entry(guid, bare, "", "") for guid in (None, "?"))
    return tuple(
        name
        for entry in entries
        for name in names_of_entry(entry, frozenset())
        if name.kind in {"slug", "lead"}
    )


def shared_guids(entries: Sequence[Entry]) -> frozenset[str]:
    """Return the guids that several entries of one fetch share: these identify none of them.

    Duplicates with the same address count as one entry.
    """
    places = {(entry.guid, entry.teaser.url, entry.teaser.title) for entry in entries if entry.guid}
    counts = Counter(guid for guid, _, _ in places)
    return frozenset(guid for guid, count in counts.items() if guid and count > 1)


def own_address(entry: Entry, shared: frozenset[str]) -> str | None:
    """Return the address that identifies an entry, None if it has none, or one that is `shared`."""
    key = address(entry.teaser.url) if entry.teaser.url else None
    return key if key not in shared else None


def shared_addresses(entries: Sequence[Entry], shared: frozenset[str]) -> frozenset[str]:
    """Return the addresses that different news of one fetch link to, such as that of the site.

    The guids in `shared` identify no entry.
    """
    first: dict[str, Entry] = {}
    found: set[str] = set()
    for entry in entries:
        if entry.teaser.url and (key := address(entry.teaser.url)) not in found:
            other = first.setdefault(key, entry)
            if other is not entry and _are_different(entry, other, shared):
                found.add(key)
    return frozenset(found)


def _are_different(one: Entry, other: Entry, shared: frozenset[str]) -> bool:
    """Tell whether two entries with one address are surely different news."""
    if not has_other_lead(one.teaser, other.teaser):
        return False
    has_other_date = one.teaser.published != other.teaser.published
    if _own_name(one, shared) != _own_name(other, shared):
        return has_other_date or has_other_title(one.teaser, other.teaser)
    has_guid = bool(one.guid or other.guid)
    return has_other_title(one.teaser, other.teaser) and (has_other_date or not has_guid)


def _own_name(entry: Entry, shared: frozenset[str]) -> str | None:
    """Return the guid of an entry, else its link with all its parts."""
    return entry.guid if entry.guid and entry.guid not in shared else entry.teaser.url


def has_other_title(one: Teaser, other: Teaser) -> bool:
    """Tell whether two headlines have different titles, or none."""
    title = slug_or_text(one.title or "")
    return not title or title != slug_or_text(other.title or "")


def has_other_lead(one: Teaser, other: Teaser) -> bool:
    """Tell whether the texts of two headlines begin differently, or are unknown."""
    lead = _lead_of(one)
    return not lead or lead != _lead_of(other)


def distinct_entries(entries: Sequence[Entry], shared: frozenset[str]) -> list[Entry]:
    """Return the entries of one fetch, of those at one address the latest, else the first.

    If two versions of an article took turns, each fetch would change it.
    """
    latest: dict[str, Entry] = {}
    for entry in entries:
        key = own_address(entry, shared)
        if key is not None and (key not in latest or _moment(entry) > _moment(latest[key])):
            latest[key] = entry
    return [
        entry
        for entry in entries
        if (key := own_address(entry, shared)) is None or latest[key] is entry
    ]


def _lead_of(teaser: Teaser) -> str:
    """Return the beginning of the text of a headline in a form to compare."""
    return slug_or_text(teaser.summary[:_LEAD_SOURCE])[:_LEAD]


def _moment(entry: Entry) -> float:
    published = entry.teaser.published
    return published.latest.timestamp() if published else 0.0


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
