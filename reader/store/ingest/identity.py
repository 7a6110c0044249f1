"""What a headline is known by: two that share a name are one item, within the rules of `match`.

- `address`: its URL without what may differ between two links to one page.
- `slug`: what the site makes of its title, and what its URL ends in.
- `lead`: the beginning of its summary, for headlines that come without title and URL.
"""

import sqlite3
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

from reader.model import Teaser
from reader.text.slug import fold, slug_of_url, slugify
from reader.text.url import address

_MAX_LEAD = 80
# Enough of a text for a slug of that length; slugs of whole texts would take their time.
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


class Name(NamedTuple):
    """One thing that an item is known by."""

    kind: Literal["address", "slug", "lead"]
    text: str


def names_of(teaser: Teaser, lead: str = "") -> tuple[Name, ...]:
    """Return the names of a headline, and of its article's `lead`, the surest first."""
    return _names(teaser.url or "", teaser.title or "", teaser.summary, lead)


# Pages of one run show the same headlines over and over.
@lru_cache(maxsize=1_000)
def _names(url: str, title: str, summary: str, lead: str) -> tuple[Name, ...]:
    names = [
        Name("address", address(url)),
        Name("slug", _slug(title)),
        Name("slug", slug_of_url(url)),
        Name("lead", _lead(summary)),
        Name("lead", _lead(lead)),
    ]
    return tuple(dict.fromkeys(name for name in names if name.text))


def match(
    connection: sqlite3.Connection, names: Iterable[Name], *, url: str | None, title: str | None
) -> int | None:
    """Return the number of the item that a headline with these names belongs to, or None.

    Two different URLs are two items, and two different titles are not joined by a lead. Where
    several items fit it is the one that had the name first, so that a page read again finds it.
    """
    for kind, text in names:
        values = {"kind": kind, "name": text, "url": url, "title": title}
        row = connection.execute(_MATCH, values).fetchone()
        if row:
            return int(row[0])
    return None


def find_twin(connection: sqlite3.Connection, item: int) -> int | None:
    """Return another item that by the same rules is the same as `item`, or None."""
    row = connection.execute(_TWIN, (item,)).fetchone()
    return row[0] if row else None


def _lead(text: str) -> str:
    return _slug(text[:_LEAD_SOURCE])[:_MAX_LEAD]


def _slug(text: str) -> str:
    """Return the slug of `text`, or where no letter of it has one, the folded text itself."""
    return slugify(text) or fold(text).strip()
