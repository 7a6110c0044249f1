"""Finds the headline of the cache that an argument names."""

from reader.library import AdminLibrary
from reader.text.slug import slugify
from reader.text.url import WEB

# The most digits that an id can have.
_MAX_DIGITS = 15


def headline_with_id(library: AdminLibrary, text: str) -> int | None:
    """Return the number of the headline with the id `text`, or None if there is none."""
    if not text.isdecimal() or len(text) > _MAX_DIGITS:
        return None
    number = int(text)
    return number if library.headlines.load([number]) else None


def headline_named(library: AdminLibrary, text: str) -> int | None:
    """Return the number of the headline at an address, or with a title if it has no address."""
    found = library.headlines.find(text)
    if found is None and not text.startswith(WEB):
        found = library.headlines.find(slugify(text))
    return found
