"""The list narrowed to words: however it is looked up, it is the whole list without the others."""

import sqlite3
from contextlib import closing
from itertools import product
from pathlib import Path
from random import Random

import pytest

from reader.model import Order, Selection, Teaser
from reader.store import Store, headlines, word_match
from reader.store.headlines import ids_query

from .builders import NOON, SITE, hours_old, listing

# Each word is in one of so many headlines, or only in the oldest ones.
_SHARES = {"algemeen": 1, "gewoon": 2, "haven": 9, "havik": 40, "zeldzaam": 150}
_COUNT = 200
_FILTERS = (
    *("a", "g", "h", "ha", "hav", "have", "havi", "zeldzaam", "oud", "zzz"),
    *("gewoon haven", "h z", "zeldzaam gewoon", "oud haven", "havi oud"),
)
_ORDERS: tuple[Order, ...] = ("newest", "oldest")


def _teasers() -> list[Teaser]:
    chance = Random(1)  # noqa: S311
    teasers = []
    for number in range(_COUNT):
        words = [word for word, share in _SHARES.items() if not chance.randrange(share)]
        title = " ".join([f"Bericht{number}", *words, *(["oud"] if number > _COUNT - 20 else [])])
        section = chance.choice(["Sport", "Tholen"])
        # Several came out at the same time.
        seen = hours_old(number // 5)
        teasers.append(Teaser(f"{SITE}{number}", title, section, published=seen))
    chance.shuffle(teasers)
    return teasers


@pytest.fixture
def filled(cache: Store) -> Store:
    cache.pages.add(listing(*_teasers()))
    cache.marks.set("read", cache.headlines.ids()[::3], NOON)
    return cache


@pytest.mark.parametrize("words", _FILTERS)
def test_the_beginning_of_a_filtered_list_is_that_of_the_whole_one(
    filled: Store, path: Path, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    views = [
        Selection(words=words, section=section, unread=unread, order=order)
        for section, unread, order in product((None, "Sport"), (False, True), _ORDERS)
    ]
    with closing(sqlite3.connect(path)) as connection:
        expected = [
            [number for (number,) in connection.execute(*ids_query(view, None))] for view in views
        ]
    monkeypatch.setattr(headlines, "_FIRST", 50)
    monkeypatch.setattr(headlines, "_RARE", 10)
    monkeypatch.setattr(word_match, "_MANY", 20)
    for view, whole in zip(views, expected, strict=True):
        assert list(filled.headlines.ids(view)) == whole
        for limit in (0, 1, 4, 20, 60):
            assert list(filled.headlines.ids(view, limit)) == whole[:limit], (view, limit)
