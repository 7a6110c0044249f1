"""A kill at any moment: all that was reported or shown is in the file; the next run completes it.

A failure tells its seed; `ZNREADER_SEED=... pytest` repeats the moments.
"""

import random
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from threading import Timer

import pytest

from reader.store import Store
from reader.store.opening import add_functions
from reader.store.schema import MIGRATIONS, VERSION
from tests.patience import wait_until
from tests.site import Edition, Site, make_edition
from tests.store.builders import later, link
from tests.store.versions import make_first
from tests.survival.after import (
    copied,
    is_made,
    marks_of,
    picture,
    require_same,
    require_sound,
    rows_of,
)
from tests.survival.conftest import NOW
from tests.survival.kills import STORED, as_mark, kill_within, make_news, save_some, timed, told
from tests.survival.nursery import ForkedTerminal, Nursery
from tests.survival.screens import Shown, is_in_list
from tests.terminal.conftest import wait_for

_READER_KILLS = 10
_MARKING_KILLS = 30
_SYNC_KILLS = 20
_STORE_KILLS = 10
_IMPORT_KILLS = 10
_MIGRATION_KILLS_OF_A_VERSION = 1
_CREATION_KILLS = 10
_CLOCK = NOW.isoformat()


@pytest.fixture
def edition() -> Edition:
    """Return a middling edition."""
    return make_edition(3, 20, NOW)


def test_kills_while_marking_lose_no_mark(
    nursery: Nursery, path: Path, dice: random.Random
) -> None:
    numbers = make_news(path, 60)
    before = marks_of(path)
    for _ in range(_MARKING_KILLS):
        child = nursery.start("mark", str(path), str(dice.random()), numbers)
        kill_within(child, 0.08, dice)
        require_sound(path)
        begun = told(child, r"begin (\w+ \d+ \d)")
        done = told(child, r"done (\w+ \d+ \d)")
        wanted = before | dict(map(as_mark, done))
        after = marks_of(path)
        in_flight = dict(map(as_mark, begun[len(done) :]))
        assert after in (wanted, wanted | in_flight)
        before = after


def until(terminal: ForkedTerminal, condition: Callable[[str], bool]) -> str:
    """Return the screen once the condition holds for it, or nothing once the reader is gone."""
    while not terminal.has_ended():
        if condition(screen := terminal.screen()):
            return screen
    return ""


def mark_and_go_on(terminal: ForkedTerminal, shown: Shown, dice: random.Random) -> None:
    """Save or open the headline at the cursor, or both, and go to the next.

    Each key is pressed when the one before has shown, so that none takes back what another did.
    """
    at = shown.look(terminal.screen())
    if at and not at.saved and dice.random() < 0.7:
        terminal.press("s")
        until(terminal, lambda screen: bool(shown.look(screen)) and at.title in shown.saved)
    if dice.random() < 0.7:
        terminal.press("\r")
        until(terminal, lambda screen: bool(shown.look(screen)) and not is_in_list(screen))
        terminal.press("h")
        until(terminal, is_in_list)
    terminal.press("j")
    until(terminal, lambda screen: shown.look(screen) != at and is_in_list(screen))


def test_kills_while_reading_lose_no_mark_that_was_on_the_screen(
    nursery: Nursery, data: Path, path: Path, dice: random.Random
) -> None:
    make_news(path, 60)
    shown = Shown()
    kills = 0
    while kills < _READER_KILLS or not (shown.saved and shown.read):
        kills += 1
        terminal = ForkedTerminal(nursery, data, "--offline")
        wait_for(terminal, lambda screen: "Bericht" in screen, "the list")
        killer = Timer(dice.uniform(0, 0.6), terminal.life.signal, [signal.SIGKILL])
        killer.start()
        while shown.look(until(terminal, is_in_list)):
            mark_and_go_on(terminal, shown, dice)
        killer.join()
        terminal.close()
        shown.look(terminal.screen())
        require_sound(path)
        with copied(path) as copy, Store(copy) as cache:
            every = cache.headlines.load(cache.headlines.ids())
        assert shown.saved <= {each.teaser.title for each in every if each.saved}
        assert shown.read <= {each.teaser.title for each in every if each.read}


def test_kills_while_syncing_lose_nothing_told_and_the_next_sync_completes_it(
    nursery: Nursery, path: Path, dice: random.Random, tmp_path: Path, edition: Edition
) -> None:
    with Site(edition, clock=lambda: NOW) as site:
        command = ("sync", "--events", "--site", site.url)
        undisturbed = tmp_path / "undisturbed"
        whole = timed(nursery.run(undisturbed, *command, clock=_CLOCK))
        wanted = picture(undisturbed / path.name)
        kills, marked, stored = 0, set[int](), set[str]()
        while kills < _SYNC_KILLS:
            child = nursery.run(path.parent, *command, clock=_CLOCK)
            killed = kill_within(child, whole * 0.5, dice)
            kills += killed
            if not is_made(path):
                continue
            require_sound(path)
            cached = {url for (url,) in rows_of(path, "SELECT url FROM items WHERE cached = 1")}
            now_stored = set(told(child, STORED))
            assert now_stored <= cached
            stored |= now_stored
            assert {number for (number,) in rows_of(path, _ALL_SAVED)} == marked
            assert rows_of(path, _TEXTLESS) == [(0,)]
            marked |= save_some(path, dice)
            if not killed:
                require_same(path, wanted)
                shutil.rmtree(path.parent)
                marked.clear()
        assert nursery.run(path.parent, *command, clock=_CLOCK).wait() == 0
    assert stored
    assert {number for (number,) in rows_of(path, _ALL_SAVED)} == marked
    require_same(path, wanted)


_ALL_SAVED = "SELECT id FROM items WHERE saved"
# Pages that the site would not send again, since their validators are there without their text.
_TEXTLESS = """
SELECT count(*) FROM pages WHERE article = 1 AND NOT EXISTS (
    SELECT 1 FROM names JOIN articles ON articles.item = names.item
    WHERE names.kind = 'address' AND names.name = pages.address
      AND articles.fetched = pages.fetched)
"""
_LISTLESS = """
SELECT count(*) FROM pages WHERE article = 0 AND etag IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM items WHERE title = 'C ' || substr(etag, 2))
"""


def require_texts(path: Path) -> None:
    """Fail unless the text of each article is the copy that its validator is of."""
    pages = rows_of(path, "SELECT url, etag FROM pages WHERE article = 1")
    with copied(path) as copy, Store(copy) as cache:
        for url, etag in pages:
            found = cache.headlines.find(url)
            page = cache.articles.load(found) if found is not None else None
            assert page is not None
            assert page.blocks[0].text.startswith(f"Kopie {etag[1:]} ")


def test_no_validator_is_ever_there_without_its_page(
    nursery: Nursery, path: Path, dice: random.Random
) -> None:
    Store(path).close()
    for begin in range(0, 1000 * _STORE_KILLS, 1000):
        child = nursery.start("store", str(path), begin)
        kill_within(child, 0.2, dice)
        require_sound(path)
        assert rows_of(path, _LISTLESS) == [(0,)]
        require_texts(path)
        stored = told(child, r"stored (\d+)")
        titles = {title for (title,) in rows_of(path, "SELECT title FROM items")}
        assert {f"{letter} {copy}" for copy in stored for letter in "BC"} <= titles
    # However slow the machine is, one of them comes to store something.
    last = nursery.start("store", str(path), 1000 * _STORE_KILLS)
    wait_until(lambda: told(last, r"stored (\d+)"), "a stored page")
    last.kill()
    require_sound(path)
    require_texts(path)
    with Store(path) as cache:
        assert cache.pages.asked(link("A 0"))
        for page, at in cache.pages.raw_pages():
            number = int(str(page.etag)[1:])
            assert (page.data or b"").startswith(b"Kopie %d " % number)
            assert at == later(number)


def test_kills_while_importing_lose_nothing_told_and_the_next_import_completes_it(
    nursery: Nursery, path: Path, dice: random.Random, tmp_path: Path, edition: Edition
) -> None:
    pages = []
    with Site(edition, clock=lambda: NOW) as site:
        for number, item in enumerate(edition.items):
            page = site.view(item.path).page(item.path, 1)
            assert page
            pages.append(str(tmp_path / f"{number}.html"))
            Path(pages[-1]).write_text(page.html)
    command = ("import", "--at", _CLOCK, *pages)
    undisturbed = tmp_path / "undisturbed"
    whole = timed(nursery.run(undisturbed, *command))
    wanted = picture(undisturbed / path.name)
    kills = 0
    while kills < _IMPORT_KILLS:
        child = nursery.run(path.parent, *command)
        killed = kill_within(child, whole, dice)
        kills += killed
        if is_made(path):
            require_sound(path)
            ((articles,),) = rows_of(path, "SELECT count(*) FROM articles")
            assert articles >= len(told(child, "(.*)"))
        if not killed:
            require_same(path, wanted)
            shutil.rmtree(path.parent)
    assert nursery.run(path.parent, *command).wait() == 0
    require_same(path, wanted)


def _old_files(folder: Path) -> Iterator[Path]:
    """Yield a file of each older version, with some thousand headlines."""
    for version in range(1, VERSION):
        path = folder / f"v{version}" / "cache.sqlite3"
        make_first(path, 1500)
        with closing(sqlite3.connect(path)) as connection:
            add_functions(connection)
            for statement in chain(*MIGRATIONS[1:version]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version}")
            connection.commit()
        yield path


def test_kills_while_migrating_leave_the_old_file_or_the_new_one(
    nursery: Nursery, data: Path, path: Path, dice: random.Random, tmp_path: Path
) -> None:
    for old in _old_files(tmp_path):
        pristine = tmp_path / "pristine"
        shutil.copy(old, pristine)
        whole = timed(nursery.start("open_cache", str(old)))
        result = picture(old)
        for _ in range(_MIGRATION_KILLS_OF_A_VERSION):
            data.mkdir()
            shutil.copy(pristine, path)
            kill_within(nursery.start("open_cache", str(path)), whole, dice)
            require_sound(path)
            assert rows_of(path, "PRAGMA user_version") in (
                rows_of(pristine, "PRAGMA user_version"),
                [(VERSION,)],
            )
            assert nursery.start("open_cache", str(path)).wait() == 0
            assert picture(path) == result
            (backup,) = data.glob("*.backup")
            assert marks_of(backup) == marks_of(pristine)
            shutil.rmtree(data)


def test_kills_while_the_file_is_made_leave_one_that_can_be_opened(
    nursery: Nursery, data: Path, path: Path, dice: random.Random
) -> None:
    whole = timed(nursery.start("open_cache", str(path)))
    for _ in range(_CREATION_KILLS):
        shutil.rmtree(data)
        kill_within(nursery.start("open_cache", str(path)), whole, dice)
        assert nursery.start("open_cache", str(path)).wait() == 0
        require_sound(path)
        assert rows_of(path, "PRAGMA user_version") == [(VERSION,)]
