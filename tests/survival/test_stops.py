"""A writer stops with the lock, or the clock jumps: others wait or say so, no mark is lost."""

import signal
import time
from datetime import timedelta
from pathlib import Path

from reader.errors import Reason, reason
from reader.store import Store
from reader.ui.controllers.errors import ErrorNotices
from tests.patience import PATIENCE, wait_until
from tests.site import Site, make_edition
from tests.survival.after import marks_of, require_sound
from tests.survival.conftest import NOW
from tests.survival.kills import make_news
from tests.survival.nursery import ForkedTerminal, Life, Nursery
from tests.survival.screens import rows_on
from tests.terminal.conftest import wait_for, wait_for_notice

_STOPPED = 3.0


def stop_with_lock(nursery: Nursery, path: Path) -> Life:
    """Return a child that was stopped in the middle of a transaction."""
    holder = nursery.start("hold", str(path))
    wait_until(lambda: "held" in holder.out, "the lock")
    holder.signal(signal.SIGSTOP)
    return holder


def let_go(holder: Life) -> None:
    """Let a child that was stopped with the lock go on to its end."""
    holder.signal(signal.SIGUSR1)
    holder.signal(signal.SIGCONT)
    assert holder.wait() == 0


def test_marks_wait_for_a_writer_that_was_stopped_for_three_seconds(
    nursery: Nursery, path: Path
) -> None:
    numbers = make_news(path, 12)
    holder = stop_with_lock(nursery, path)
    markers = [
        nursery.start("mark_each", str(path), numbers[place::3], PATIENCE) for place in range(3)
    ]
    terminal = ForkedTerminal(nursery, path.parent, "--offline", size=(120, 30), patience=PATIENCE)
    wait_for(terminal, lambda screen: "Bericht" in screen, "the list, in spite of the lock")
    terminal.press("ju")
    time.sleep(_STOPPED)
    assert not any(marks_of(path).values())
    assert not any(row.read for row in rows_on(terminal.screen()))
    let_go(holder)
    assert [(child.wait(), child.err) for child in markers] == [(0, "")] * 3
    wait_for(terminal, lambda screen: any(row.read for row in rows_on(screen)), "the mark")
    assert "busy" not in terminal.screen()
    terminal.close()
    marks = marks_of(path)
    assert all(marks["saved", number] for number in numbers)
    assert marks["read", numbers[1]]
    require_sound(path)


def test_a_mark_that_waited_too_long_says_so_and_is_not_shown(nursery: Nursery, path: Path) -> None:
    numbers = make_news(path, 3)
    holder = stop_with_lock(nursery, path)
    child = nursery.start("mark_each", str(path), numbers, 5.0)
    terminal = ForkedTerminal(nursery, path.parent, "--offline", size=(120, 30))
    wait_for(terminal, lambda screen: "Bericht" in screen, "the list, in spite of the lock")
    terminal.press("s")
    screen = wait_for_notice(terminal, "houdt de cache bezet")
    assert not any(row.saved for row in rows_on(screen))
    assert child.wait() == 1
    assert "cache_busy" in child.err
    assert not any(marks_of(path).values())
    let_go(holder)
    terminal.press("s")
    wait_for(terminal, lambda screen: any(row.saved for row in rows_on(screen)), "the mark")
    terminal.close()
    assert marks_of(path)["saved", numbers[0]]


def test_a_killed_holder_of_the_lock_holds_up_nobody(nursery: Nursery, path: Path) -> None:
    numbers = make_news(path, 3)
    holder = stop_with_lock(nursery, path)
    child = nursery.start("mark_each", str(path), numbers, PATIENCE)
    holder.kill()
    assert child.wait() == 0, child.err
    assert all(marks_of(path)["saved", number] for number in numbers)
    require_sound(path)


def test_syncs_while_the_clock_jumps_lose_no_mark_and_no_article(
    nursery: Nursery, path: Path
) -> None:
    edition = make_edition(3, 12, NOW)
    marked = set[int]()
    with Site(edition, clock=lambda: NOW) as site:
        for days in (0, 800, -20_000, 1):
            clock = NOW + timedelta(days=days)
            child = nursery.run(
                path.parent, "sync", "--events", "--site", site.url, clock=clock.isoformat()
            )
            assert (child.wait(), child.err) == (0, "")
            site.edition = site.edition.later(NOW, 3, updated=1)
            with Store(path) as cache:
                headlines = cache.headlines.load(cache.headlines.ids())
                assert {each.id for each in headlines if each.saved} == marked
                fresh = next(each.id for each in headlines if not each.saved)
                cache.marks.set("saved", [fresh], NOW)
                marked.add(fresh)
                # Only what the site shows in its lists can be known; all of that is there.
                assert all(each.cached for each in headlines)
    require_sound(path)


def test_a_clock_put_back_does_not_silence_what_fails() -> None:
    told: list[Reason] = []
    clock = NOW
    errors = ErrorNotices(told.append, lambda: clock)
    errors.show(reason("robots"))
    errors.show(reason("robots"))
    clock -= timedelta(hours=1)
    errors.show(reason("robots"))
    assert len(told) == 2
