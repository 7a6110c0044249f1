"""The names of a headline: two that share a name are one item, within the rules of `match`.

- `address`: its URL without the parts that may differ between two links to one page.
- `slug`: the site's form of its title, which its URL ends in.
- `lead`: the beginning of its summary, for headlines without title and URL. For entries of feeds
  without an address, the feed and their name within that.
"""

import sqlite3
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

from reader.model import Teaser
from reader.text.slug import slug_of_url, slug_or_text
from reader.text.url import address

_MAX_LEAD = 80
# Enough text for a slug of that length; slugs of full texts would take long.
_LEAD_SOURCE = 200

_MATCH = """
SELECT items.id FROM names JOIN items ON items.id = names.item
WHERE names.kind = :kind AND names.name = :name
  AND (:kind = 'address' OR :url IS NULL OR items.url IS NULL)
  AND (:kind <> 'lead' OR :title IS NULL OR items.title IS NULL)
ORDER BY names.id LIMIT 1
"""
_TWIN = """
SELECT other.id FROM names AS mine
JOIN names AS theirs ON theirs.kind = mine.kind AND theirs.name = mine.name
JOIN items AS me ON me.id = mine.item
JOIN items AS other ON other.id = theirs.item
WHERE mine.item = ? AND other.id <> me.id
  AND (me.url IS NULL OR other.url IS NULL)
  AND (mine.kind <> 'lead' OR me.title IS NULL OR other.title IS NULL)
ORDER BY mine.kind DESC, other.id LIMIT 1
"""


class ItemName(NamedTuple):
    """One name of an item."""

    kind: Literal["address", "slug", "lead"]
    text: str


def names_of(teaser: Teaser, lead: str = "") -> tuple[ItemName, ...]:
    """Return the names of a headline, and of its article's `lead`, the surest first."""
    return _names(teaser.url or "", teaser.title or "", teaser.summary, lead)


# The pages of one run show the same headlines many times.
@lru_cache(maxsize=1_000)
def _names(url: str, title: str, summary: str, lead: str) -> tuple[ItemName, ...]:
    names = [
        ItemName("address", address(url)),
        ItemName("slug", slug_or_text(title)),
        ItemName("slug", slug_of_url(url)),
        ItemName("lead", _lead(summary)),
        ItemName("lead", _lead(lead)),
    ]
    return tuple(dict.fromkeys(name for name in names if name.text))


def match(
    connection: sqlite3.Connection, names: Iterable[ItemName], *, url: str | None, title: str | None
) -> int | None:
    """Return the number of the item that a headline with these names belongs to, or None.

    Headlines with two different URLs are two items, and those with two different titles are not
    joined by a lead. If several items match, the result is the one that had the name first, so that
    a page read again finds it.
    """
    for kind, text in names:
        values = {"kind": kind, "name": text, "url": url, "title": title}
        row = connection.execute(_MATCH, values).fetchone()
        if row:
            return int(row[0])
    return None


def find_twin(connection: sqlite3.Connection, item: int) -> int | None:
    """Return another item that is the same as `item` by these rules, or None."""
    row = connection.execute(_TWIN, (item,)).fetchone()
    return row[0] if row else None


def _lead(text: str) -> str:
    return slug_or_text(text[:_LEAD_SOURCE])[:_MAX_LEAD]
