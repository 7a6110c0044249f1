"""The file vanishes, is replaced, or cannot grow: no mark is shown that is not on disk."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from reader.errors import CacheError
from reader.store import Store
from tests.store.builders import article, linked
from tests.survival.after import marks_of, require_sound
from tests.survival.conftest import NOW
from tests.survival.kills import make_news
from tests.survival.nursery import ForkedTerminal, Nursery
from tests.survival.screens import rows_on
from tests.terminal.conftest import wait_for, wait_for_notice


@pytest.fixture
def terminal(nursery: Nursery, path: Path) -> Iterator[ForkedTerminal]:
    """Return a reader on a cache of thirty articles, its list in view."""
    make_news(path, 30)
    terminal = ForkedTerminal(nursery, path.parent, "--offline", size=(120, 30))
    wait_for(terminal, lambda screen: "Bericht" in screen, "the list")
    yield terminal
    terminal.close()


def saved_on(screen: str) -> set[str]:
    """Return the titles with a star."""
    return {row.title for row in rows_on(screen) if row.saved}


def saved_in(path: Path) -> set[str]:
    """Return the saved titles of a file that a reader has open."""
    # A copy of file and log would be torn where the reader moves the log into the file meanwhile.
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return {title for (title,) in connection.execute("SELECT title FROM items WHERE saved")}


def test_a_reader_whose_file_was_removed_says_so_and_shows_no_mark(
    terminal: ForkedTerminal, path: Path
) -> None:
    for file in path.parent.iterdir():
        file.unlink()
    terminal.press("s")
    screen = wait_for_notice(terminal, "De cache is weg")
    assert not saved_on(screen)
    terminal.press("\r")
    screen = wait_for(terminal, lambda screen: "Tekst." in screen, "the article, still readable")
    assert not any(row.read for row in rows_on(screen))
    assert not path.exists()


def test_a_reader_goes_on_with_the_file_that_took_the_place_of_its_own(
    terminal: ForkedTerminal, path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.sqlite3"
    with Store(other) as cache:
        cache.pages.add(article(linked("Bericht 777"), "Andere tekst."))
    for file in path.parent.iterdir():
        file.unlink()
    shutil.move(other, path)
    # Before the reader has looked, its keys are for what it shows.
    terminal.press("s")
    screen = wait_for(terminal, lambda screen: "777" in screen, "the new file's headline")
    assert not saved_on(screen)
    assert saved_in(path) == set()
    terminal.press("s")
    wait_for(terminal, lambda screen: saved_on(screen) == {"Bericht 777"}, "the mark")
    assert saved_in(path) == {"Bericht 777"}


def test_a_file_that_comes_back_is_gone_on_with(terminal: ForkedTerminal, path: Path) -> None:
    away = path.with_name("away")
    path.rename(away)
    terminal.press("s")
    wait_for_notice(terminal, "De cache is weg")
    away.rename(path)
    terminal.press("s")
    wait_for(terminal, lambda screen: len(saved_on(screen)) == 1, "the mark")
    assert len(saved_in(path)) == 1


def test_a_second_connection_creates_no_cache_where_the_file_was_moved_away(path: Path) -> None:
    make_news(path, 3)
    away = path.with_name("away")
    with Store(path) as cache:
        path.rename(away)
        with pytest.raises(CacheError, match="cache_gone"):
            cache.open_connection()
        assert not path.exists()
        away.rename(path)
        with cache.open_connection() as other:
            assert len(other.headlines.ids()) == 3


def test_what_is_written_to_a_replaced_file_fails_once_and_reaches_no_headline_of_the_new_one(
    path: Path, tmp_path: Path
) -> None:
    numbers = make_news(path, 3)
    other = tmp_path / "other.sqlite3"
    assert make_news(other, 3) == numbers
    with Store(path) as cache:
        for file in path.parent.iterdir():
            file.unlink()
        other.rename(path)
        with pytest.raises(CacheError, match="cache_replaced"):
            cache.marks.set("saved", [numbers[0]], NOW)
        assert saved_in(path) == set()
        assert cache.changed()
        assert not cache.changed()
        cache.marks.set("saved", [numbers[0]], NOW)
    assert saved_in(path) == {"Bericht 002"}
    require_sound(path)


def test_one_that_closes_a_replaced_file_leaves_the_log_of_the_new_one(
    path: Path, tmp_path: Path
) -> None:
    numbers = make_news(path, 3)
    other = tmp_path / "other.sqlite3"
    make_news(other, 3)
    with Store(path) as stale:
        stale.marks.set("read", [numbers[0]], NOW)
        for file in path.parent.iterdir():
            file.unlink()
        other.rename(path)
        with Store(path) as cache:
            cache.marks.set("saved", [numbers[0]], NOW)
            stale.close()
            cache.marks.set("saved", [numbers[1]], NOW)
            assert saved_in(path) == {"Bericht 002", "Bericht 001"}
    assert saved_in(path) == {"Bericht 002", "Bericht 001"}
    require_sound(path)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder that holds eight megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if os.geteuid() or not shutil.which("mount"):
        pytest.skip("only root may mount a small disk; the limit of a file's size is tested anyway")
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill_up(filler: Path) -> None:
    """Write until the disk is full."""
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass


def test_a_reader_on_a_full_disk_says_so_and_shows_no_mark(
    nursery: Nursery, small_disk: Path
) -> None:
    path = small_disk / "cache.sqlite3"
    make_news(path, 30)
    terminal = ForkedTerminal(nursery, small_disk, "--offline", size=(120, 30))
    wait_for(terminal, lambda screen: "Bericht" in screen, "the list")
    terminal.press("s")
    wait_for(terminal, lambda screen: len(saved_on(screen)) == 1, "the first mark")
    before = saved_in(path)
    filler = small_disk / "filler"
    fill_up(filler)
    # The first few marks use up the room that is left in the log.
    for _ in range(30):
        terminal.press("js")
        screen = terminal.screen()
        assert saved_on(screen) <= saved_in(path)
    wait_for_notice(terminal, "De schijf is vol")
    assert saved_on(terminal.screen()) <= saved_in(path)
    terminal.press("\r")
    wait_for(terminal, lambda screen: "Tekst." in screen, "the article, still readable")
    filler.unlink()
    terminal.press("s")
    wait_for(terminal, lambda screen: "★ bewaard" in screen, "a mark, with room again")
    terminal.close()
    assert before < saved_in(path)
    require_sound(path)


def test_marks_beyond_the_limit_of_a_files_size_fail_and_leave_what_was_there(
    nursery: Nursery, path: Path
) -> None:
    numbers = make_news(path, 30)
    limit = path.stat().st_size + 16_384
    child = nursery.start("mark_within", str(path), numbers, limit)
    assert child.wait() == 0, child.err
    done, failed = child.out.splitlines()[:-1], child.out.splitlines()[-1]
    assert "task=written" in failed
    assert {("saved", int(line)) for line in done} == {
        mark for mark, value in marks_of(path).items() if value
    }
    require_sound(path)
    with Store(path) as cache:
        cache.marks.set("saved", [numbers[-1]], NOW)
