"""Further addresses of an article: its canonical address, and the one it has moved to."""

import sqlite3
from collections.abc import Iterable

from msgspec.structs import replace

from reader.model import Article
from reader.store.conversion import blocks_of
from reader.store.ingest.identity import ItemName, names_of
from reader.store.ingest.item_cache import ItemCache
from reader.store.ingest.item_merge import merge
from reader.store.ingest.told_again import tell_again
from reader.text.likeness import alike_texts, alike_titles
from reader.text.sanitize import clean_line
from reader.text.url import address

# Whether an address belongs to a list of headlines and not to an article.
_IS_LISTING = """
SELECT EXISTS (SELECT 1 FROM pages WHERE address = :name AND article = 0 AND fetched IS NOT NULL)
    OR EXISTS (SELECT 1 FROM sections WHERE address_of(url) = :name)
"""


def follow_move(known: ItemCache, old: str, new: str) -> dict[int, int]:
    """Make the item at `old` the item at `new`, where the site says it has moved permanently.

    Return the items that were merged away, each with the one that it became.
    """
    first, second = _item_at(known, old), _item_at(known, new)
    if first is None:
        return {}
    went = _unite(known, first, second, new)
    kept = second if second is not None and first in went else first
    item = known.item(kept)
    moved = replace(item, teaser=replace(item.teaser, url=clean_line(new)))
    if moved != item:
        known.update(kept, moved)
        tell_again(known.connection, kept)
    return went


def is_another(known: ItemCache, url: str, page: Article) -> bool:
    """Tell whether the stored article of an address certainly differs from that of the page."""
    number = _item_at(known, url)
    if number is None or not _stored_text(known.connection, number):
        return False
    return not _proves_same(known, number, page)


def take_canonical(known: ItemCache, page: Article) -> dict[int, int]:
    """Merge an article with the item at its canonical address.

    Return the items that were merged away, each with the one that it became. A site may give all
    its pages the same canonical address, so items are merged only if their content agrees too.
    """
    own, canonical = page.teaser.url, page.canonical
    if not own or not canonical or _key(own) == _key(canonical):
        return {}
    first, second = _item_at(known, own), _item_at(known, canonical)
    if first == second or gave_listing(known.connection, canonical):
        return {}
    if second is None:
        # The address becomes a further name once the article itself is an item.
        return {} if first is None else _unite(known, first, None, canonical)
    if not _proves_same(known, second, page):
        return {}
    return _unite(known, second, first, own)


def free_addresses(known: ItemCache, urls: Iterable[str | None]) -> list[ItemName]:
    """Return further addresses of an article as names, without those that are already taken."""
    return [
        ItemName("address", _key(url))
        for url in urls
        if url and not gave_listing(known.connection, url) and _item_at(known, url) is None
    ]


def _unite(known: ItemCache, first: int, second: int | None, url: str) -> dict[int, int]:
    """Make `url` a name of the first item, and merge it with the second, which has that address."""
    if second is None:
        known.add_names(first, [ItemName("address", _key(url))])
        return {}
    if second == first:
        return {}
    # The earlier one stays, so that no list on a screen loses its position.
    keep, gone = min(first, second), max(first, second)
    merge(known.connection, keep, gone)
    known.forget(keep, gone)
    return {gone: keep}


def _item_at(known: ItemCache, url: str) -> int | None:
    name = ItemName("address", _key(url))
    known.gather([name])
    return known.at_address(name.text)


def _proves_same(known: ItemCache, number: int, page: Article) -> bool:
    """Tell whether the content of a page proves that it belongs to the article of an item.

    Unlike in `weighing`, its address is no evidence.
    """
    item = known.item(number)
    if known.has_names(number, _said_names(page)):
        return True
    text = _stored_text(known.connection, number)
    if text:
        return alike_texts(text, _text(page))
    return alike_titles(item.teaser.title or "", page.teaser.title or "")


def _stored_text(connection: sqlite3.Connection, number: int) -> str:
    row = connection.execute("SELECT blocks FROM articles WHERE item = ?", (number,)).fetchone()
    return "\n".join(block.text for block in blocks_of(row[0])) if row else ""


def _text(page: Article) -> str:
    return "\n".join(block.text for block in page.blocks)


def _said_names(page: Article) -> tuple[ItemName, ...]:
    """Return the names that the text of a page gives, whatever its address."""
    return names_of(replace(page.teaser, url=None), page.blocks[0].text if page.blocks else "")


def gave_listing(connection: sqlite3.Connection, url: str) -> bool:
    """Tell whether an address once gave a list of headlines, or is that of a section."""
    return bool(connection.execute(_IS_LISTING, {"name": _key(url)}).fetchone()[0])


def _key(url: str) -> str:
    return address(clean_line(url))
