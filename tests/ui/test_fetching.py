"""Opening an article that is not offline: fetched at once, stopped, failed, or late."""

import sys
from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from reader.config import Settings
from reader.errors import reason
from reader.events import Done, Failed, Started, Stored
from reader.sync.child_process import Child
from reader.ui.app import ReaderApp
from reader.ui.widgets.article_view import ArticleView
from tests.patience import wait_for_end

from .clock import Clock
from .conftest import MakeApp
from .fake_child import FakeChild, ended, wait_until_asked
from .fakes import NOW, SITE, article, edition
from .quiet import until
from .screens import lines_of, opened_id, reading, text_of
from .test_reading import press

_URL = f"{SITE}bericht-4"
_FAILURE = (Failed(_URL, reason("text", text="the site is [b]busy (503)")),)
_DOWN = ("j", "j", "j", "j")


async def open_uncached(pilot: Pilot[None], child: FakeChild) -> None:
    await press(pilot, *_DOWN, "enter")
    await wait_until_asked(pilot, child)
    assert child.asked == [_URL]


async def test_an_article_that_is_not_offline_is_fetched_and_shown(make_app: MakeApp) -> None:
    library, child = edition(), FakeChild()
    app = make_app(library, child)
    async with app.run_test(size=(120, 40)) as pilot:
        await open_uncached(pilot, child)
        assert "Fetching the article … 0 sec · Esc: stop" in text_of(app)
        assert "Bij de ontsporing zijn donderdagmiddag" in text_of(app)
        child.tell(Started(1), Stored(_URL, "article", 0))
        library.bring_article(5, article(library.kept[5].teaser))
        await ended(pilot, child, Done(requests=1, articles=1, reached=True))
        await pilot.pause()
        assert "Lijn 9 rijdt tot nader order" in text_of(app)
        assert "being fetched" not in text_of(app)
        assert reading(app).pane == "article"


async def test_while_an_article_is_fetched_its_seconds_are_counted(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks: list[Callable[[], None]] = []

    def every(_: ArticleView, seconds: float, count: Callable[[], None]) -> Mock:
        assert seconds == 1
        ticks.append(count)
        return Mock()

    monkeypatch.setattr(ArticleView, "set_interval", every)
    app = make_app(edition(), child := FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await open_uncached(pilot, child)
        (tick,) = ticks
        tick()
        tick()
        await pilot.pause()
        assert "Fetching the article … 2 sec · Esc: stop" in text_of(app)


async def test_escape_stops_the_fetching_and_stays(make_app: MakeApp) -> None:
    child = FakeChild()
    app = make_app(edition(), child)
    async with app.run_test(size=(60, 20)) as pilot:
        await open_uncached(pilot, child)
        await press(pilot, "escape")
        assert child.killed == [_URL]
        assert reading(app).pane == "article"
        assert "Press Enter to fetch it" in text_of(app)
        await press(pilot, "escape")
        assert reading(app).pane == "list"


async def test_going_to_the_list_lets_the_fetching_go_on(make_app: MakeApp) -> None:
    child = FakeChild()
    app = make_app(edition(), child)
    async with app.run_test(size=(60, 20)) as pilot:
        await open_uncached(pilot, child)
        await press(pilot, "left")
        assert child.killed == []
        assert reading(app).pane == "list"


@pytest.mark.parametrize("key", ["enter", "r"])
async def test_a_failure_is_told_where_the_article_would_be_and_can_be_retried(
    make_app: MakeApp, key: str
) -> None:
    library, child = edition(), FakeChild()
    app = make_app(library, child)
    async with app.run_test(size=(120, 40)) as pilot:
        await open_uncached(pilot, child)
        library.kept[5] = replace(library.kept[5], failure=_FAILURE[0].reason)
        await ended(pilot, child, Done(requests=1, reached=True, failures=_FAILURE))
        shown = text_of(app)
        assert "the site is [b]busy (503)  " in shown
        assert "The site is [b]busy (503)." in shown
        assert "✕" in shown
        assert "Press Enter to try again" in shown
        reading(app).controllers.marks.moment_passed()
        assert not library.kept[5].read
        await press(pilot, key)
        await wait_until_asked(pilot, child, 2)
        assert child.asked == [_URL, _URL]
        assert "Fetching the article" in text_of(app)


async def test_a_child_that_breaks_is_told_there_too(make_app: MakeApp) -> None:
    child = FakeChild()
    app = make_app(edition(), child)
    async with app.run_test(size=(120, 40)) as pilot:
        await open_uncached(pilot, child)
        child.fail("the cache is locked")
        await pilot.pause()
        await pilot.pause()
        assert "The cache is locked." in text_of(app)
        assert "Press Enter to try again" in text_of(app)


async def test_what_comes_too_late_disturbs_nobody(make_app: MakeApp) -> None:
    library, child = edition(), FakeChild()
    app = make_app(library, child)
    async with app.run_test(size=(100, 24)) as pilot:
        await open_uncached(pilot, child)
        await press(pilot, "n", "pagedown")
        assert opened_id(app) == 6
        scrolled = reading(app).article.scroll_offset.y
        assert scrolled > 0
        library.bring_article(5, article(library.kept[5].teaser))
        await ended(pilot, child, Done(requests=1, articles=1, reached=True))
        assert child.killed == []
        assert opened_id(app) == 6
        assert reading(app).article.scroll_offset.y == scrolled
        await press(pilot, "p", "b")
        assert opened_id(app) == 6


async def test_coming_back_while_it_is_fetched_shows_that_it_is(make_app: MakeApp) -> None:
    child = FakeChild()
    app = make_app(edition(), child)
    async with app.run_test(size=(120, 40)) as pilot:
        await open_uncached(pilot, child)
        await press(pilot, "n")
        assert "being fetched" not in text_of(app)
        await press(pilot, "b")
        assert opened_id(app) == 5
        assert "Fetching the article" in text_of(app)
        assert child.asked == [_URL]


async def test_leafing_through_headlines_fetches_only_the_one_that_is_read(
    make_app: MakeApp,
) -> None:
    library, child = edition(), FakeChild()
    library.bodies = {}
    library.kept = {
        number: replace(item, cached=False, read=False) for number, item in library.kept.items()
    }
    app = make_app(library, child)
    async with app.run_test(size=(120, 40)) as pilot:
        for _ in range(8):
            reading(app).controllers.reading.open_unread(1)
        await wait_until_asked(pilot, child)
        await pilot.pause()
        assert child.asked == [f"{SITE}bericht-7"]


async def test_a_failure_from_before_is_told_offline_too(make_app: MakeApp) -> None:
    library, child = edition(), FakeChild()
    library.kept[5] = replace(library.kept[5], failure=reason("http_status", status=404))
    app = make_app(library, child, offline=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *_DOWN, "enter")
        assert "The page no longer exists (error 404)." in text_of(app)
        assert "Press Ctrl+O to turn it off." in text_of(app)
        await press(pilot, "ctrl+o")
        assert "Press Enter to try again" in text_of(app)
        await press(pilot, "enter")
        await wait_until_asked(pilot, child)


async def test_what_is_gone_for_good_keeps_its_head_and_offers_nothing(
    make_app: MakeApp, clock: Clock
) -> None:
    library, child = edition(), FakeChild()
    gone = reason("http_status", status=410)
    library.kept[5] = replace(library.kept[5], failure=gone, read=False)
    app = make_app(library, child)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *_DOWN, "enter")
        shown = [line[46:] for line in lines_of(app)]
        assert sum("410" in line for line in shown) == 1
        assert any("MIDDELBURG" in line for line in shown)
        assert not any("try again" in line for line in shown)
        # All that there is has been seen, so it waits for nobody.
        clock.passes(3)
        assert library.kept[5].read
        assert child.asked == []


async def test_what_is_no_web_address_is_never_fetched(make_app: MakeApp) -> None:
    library, child = edition(), FakeChild()
    kept = library.kept[5]
    library.kept[5] = replace(kept, teaser=replace(kept.teaser, url="file:///etc/passwd"))
    app = make_app(library, child)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *_DOWN, "enter", "enter", "r")
        await pilot.pause()
        assert child.asked == []
        assert "The whole article is not available offline." in text_of(app)


async def test_quitting_while_a_child_hangs_kills_it_without_asking(
    settings: Settings, tmp_path: Path
) -> None:
    script = tmp_path / "hang.py"
    script.write_text(
        "import os, signal, sys, time\n"
        "def asked(*_): open('asked', 'w')\n"
        "os.chdir(os.path.dirname(__file__))\n"
        "open('pid', 'w').write(str(os.getpid()))\n"
        "for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):\n"
        "    signal.signal(number, asked)\n"
        'print(\'{"event": "started", "total": 3}\', flush=True)\n'
        "while True:\n    time.sleep(60)\n"
    )
    child = Child(settings, (sys.executable, str(script)))
    app = ReaderApp(edition(), replace(settings, sync="start"), lambda: NOW, child)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: (reading(app).network.progress or Started(0)).total == 3)
        await pilot.press("q")
    # The reader waits only a moment for what it has killed.
    await wait_for_end(int((tmp_path / "pid").read_text()))
    assert not (tmp_path / "asked").exists()
