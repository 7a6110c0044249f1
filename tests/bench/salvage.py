"""The share of a cache that repair saves after sixty-four damages of eight kinds."""

import random
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from reader.errors import ReaderError
from reader.store import Store
from reader.store.maintenance.repair import repair
from reader.store.side_files import copy_of
from tests.bench.table import Row
from tests.store.builders import NOON, article, linked

_PAGE, _HOLE = 4096, 65_536
_ARTICLES, _TRIES = 1_500, 8
# The number of articles when the copy was made.
_COPIED = 1_425
_WORDS = "haven schip brug water dijk raad plan weg huis school feest markt boot wind zee".split()
Damage = Callable[[bytearray, int, random.Random], None]


def _flip(data: bytearray, _: int, dice: random.Random) -> None:
    data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def _header(data: bytearray, _: int, dice: random.Random) -> None:
    data[dice.randrange(100)] = dice.randrange(256)


def _some_bytes(data: bytearray, page: int, dice: random.Random) -> None:
    at = page * _PAGE + dice.randrange(_PAGE - 64)
    data[at : at + 64] = dice.randbytes(64)


def _zeroes(data: bytearray, page: int, _: random.Random) -> None:
    data[page * _PAGE : (page + 1) * _PAGE] = bytes(_PAGE)


def _noise(data: bytearray, page: int, dice: random.Random) -> None:
    data[page * _PAGE : (page + 1) * _PAGE] = dice.randbytes(_PAGE)


def _swap(data: bytearray, page: int, dice: random.Random) -> None:
    other = dice.randrange(len(data) // _PAGE)
    mine = bytes(data[page * _PAGE : (page + 1) * _PAGE])
    data[page * _PAGE : (page + 1) * _PAGE] = data[other * _PAGE : (other + 1) * _PAGE]
    data[other * _PAGE : (other + 1) * _PAGE] = mine


def _hole(data: bytearray, page: int, _: random.Random) -> None:
    at = min(page * _PAGE, len(data) - _HOLE)
    data[at : at + _HOLE] = bytes(_HOLE)


def _cut(data: bytearray, _: int, dice: random.Random) -> None:
    del data[int(len(data) * dice.uniform(0.3, 0.95)) // _PAGE * _PAGE :]


DAMAGES: dict[str, Damage] = {
    "flipped bit": _flip,
    "header byte": _header,
    "64 random bytes": _some_bytes,
    "zeroed page": _zeroes,
    "random page": _noise,
    "swapped pages": _swap,
    "64 kB hole": _hole,
    "cut off": _cut,
}


def measure(folder: Path) -> Iterator[Row]:
    """Yield a row a kind of damage, and one of all, without a copy and with one of before.

    Each has the shares of articles and of saved marks.
    """
    copy, whole = folder / "copy.sqlite3", folder / "whole.sqlite3"
    make_cache(copy, _COPIED)
    make_cache(whole, _ARTICLES)
    for beside, said in ((None, ""), (copy, ", with a copy")):
        shares = []
        for name, damage in DAMAGES.items():
            found = [saved_of(whole, folder, damage, seed, beside) for seed in range(_TRIES)]
            shares += found
            yield Row(f"repair after: {name}{said}", _told(found), "")
        bound = "articles 95 %, marks 98 %" if beside else ""
        yield Row(f"repair after all of them{said}", _told(shares), bound)


def make_cache(path: Path, articles: int) -> None:
    """Create a cache of this many `articles`, every fifth of them saved."""
    dice = random.Random(3)  # noqa: S311 - repeatable, no secret
    with Store(path) as cache:
        pages = [
            article(
                linked(f"Bericht {number} over {dice.choice(_WORDS)}", section="Zeeland"),
                *(" ".join(dice.choices(_WORDS, k=60)) for _ in range(dice.randint(3, 12))),
                fetched=NOON + timedelta(minutes=number),
            )
            for number in range(articles)
        ]
        cache.pages.add_all(pages)
        cache.marks.set("saved", cache.headlines.ids()[::5], NOON)


def saved_of(
    whole: Path, folder: Path, damage: Damage, seed: int, copy: Path | None = None
) -> tuple[float, float]:
    """Return the shares of articles and of saved marks that repair saves, from a copy as well.

    The first damage hits page 1.
    """
    articles, marks = _kept(whole)
    dice = random.Random(seed)  # noqa: S311 - repeatable, no secret
    data = bytearray(whole.read_bytes())
    damage(data, dice.randrange(len(data) // _PAGE) if seed else 0, dice)
    home = folder / "damaged"
    home.mkdir()
    try:
        path = home / "cache.sqlite3"
        path.write_bytes(data)
        if copy is not None:
            shutil.copy(copy, copy_of(path))
        repair(path, NOON)
        found, marked = _kept(path)
    except ReaderError:
        return 0.0, 0.0
    finally:
        shutil.rmtree(home)
    return len(found & articles) / len(articles), len(marked & marks) / len(marks)


def _kept(path: Path) -> tuple[set[str], set[str]]:
    with Store(path) as cache:
        headlines = cache.headlines.load(cache.headlines.ids())
    return (
        {each.teaser.url or "" for each in headlines if each.cached},
        {each.teaser.url or "" for each in headlines if each.saved},
    )


def _told(shares: list[tuple[float, float]]) -> str:
    articles, marks = (sum(each) / len(shares) for each in zip(*shares, strict=True))
    return f"articles {articles:.1%}, saved marks {marks:.1%}"
