"""What a write costs: no temporary file for small steps, and no room for rows in vain."""

import pytest

from reader.errors import CacheError
from reader.store import Store

from .builders import linked, listing

_IN_MEMORY, _DEFAULT = 2, 0
_PLACE = "PRAGMA temp_store"


def test_a_write_in_small_steps_needs_no_temporary_file(cache: Store) -> None:
    with cache.database.writing(in_small_steps=True) as connection:
        assert connection.execute(_PLACE).fetchone() == (_IN_MEMORY,)
    with cache.database.writing() as connection:
        assert connection.execute(_PLACE).fetchone() == (_DEFAULT,)


def test_a_write_in_small_steps_that_fails_leaves_nothing(cache: Store) -> None:
    cache.pages.add(listing(linked("A")))
    before = cache.headlines.ids()
    with pytest.raises(CacheError):
        _half_done(cache)
    assert cache.headlines.ids() == before
    with cache.database.writing() as connection:
        assert connection.execute(_PLACE).fetchone() == (_DEFAULT,)


def _half_done(cache: Store) -> None:
    with cache.database.writing(in_small_steps=True) as connection:
        connection.execute("DELETE FROM items")
        connection.execute("INSERT INTO names (kind, name, item) VALUES ('none', '', 1)")
