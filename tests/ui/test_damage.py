"""A mark on the screen is stored, even if the cache is damaged while it is open."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.store import Store
from reader.store.maintenance.repair import repair
from tests.bench.salvage import make_cache

from .conftest import MakeApp
from .fakes import NOW
from .screens import reading, text_of, told
from .test_reading import press


def _emptied(path: Path) -> None:
    os.truncate(path, 0)


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _overwritten(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"geen cache" * 3000)


def _replaced(path: Path) -> None:
    other = path.with_name("other.sqlite3")
    other.write_bytes(b"geen cache" * 3000)
    other.replace(path)


@pytest.mark.parametrize("harm", [_emptied, _cut, _overwritten, _replaced])
async def test_a_mark_that_is_shown_is_found_after_a_repair(
    make_app: MakeApp, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    path = tmp_path / "cache.sqlite3"
    make_cache(path, 60)
    with Store(path) as cache:
        cache.maintenance.keep_copy(NOW)
        app = make_app(cache)
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await press(pilot, "j")
            headline = reading(app).controllers.headlines.selected()
            assert headline is not None
            assert not headline.saved
            before = text_of(app).count("★")
            harm(path)
            await press(pilot, "s")
            screen = text_of(app)
            assert "please report" not in screen
            is_shown = screen.count("★") > before
            assert is_shown or "cache" in told(app)
    repair(path, NOW)
    with Store(path) as cache:
        (kept,) = cache.headlines.load([headline.id])
        assert kept.saved == is_shown
