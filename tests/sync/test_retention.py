"""What a sync does with old news: it keeps a copy of the cache, and removes what is to go."""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from reader.store import Store
from reader.store.side_files import copy_of
from tests.measured import unmeasured
from tests.site import Site
from tests.site.ports import refused
from tests.store.builders import article, hours_old, later, linked
from tests.sync.conftest import NOW, Reader

_ROOT = Path(__file__).parents[2]


def test_a_sync_announces_what_is_old_and_a_later_one_removes_it(reader: Reader) -> None:
    at = later(-24 * 50)
    for title in ("Oud", "Bewaard"):
        reader.library.pages.add(article(linked(title, age=hours_old(1, at)), "Tekst.", fetched=at))
    found = {each.teaser.title: each.id for each in reader.headlines()}
    reader.library.marks.set("saved", [found["Bewaard"]], NOW)
    assert reader.sync().due == 0
    reader.change(retain_days=30)
    done = reader.sync()
    assert (done.pruned, done.due, done.due_after) == (0, 1, "2026-03-15T15:20:00Z")
    reader.later(hours=20)
    assert (reader.sync().pruned, "Oud" in _titles(reader)) == (0, True)
    reader.later(hours=5)
    done = reader.sync()
    assert (done.pruned, done.due, done.due_after) == (1, 0, "")
    assert "Oud" not in _titles(reader)
    assert "Bewaard" in _titles(reader)
    assert reader.library.retention.undo_prune(NOW) == 1


def test_the_first_copy_has_the_marks_of_the_first_sitting(reader: Reader) -> None:
    copy = copy_of(reader.library.database.path)
    for _ in range(2):
        reader.sync()
        assert not copy.exists()
        reader.later(minutes=30)
    saved = reader.headlines()[0]
    reader.library.marks.set("saved", [saved.id], NOW)
    # A run that reaches nothing is a run as well.
    reader.change(site=f"{refused()}/")
    reader.sync()
    with Store(copy) as kept:
        assert [each.teaser.url for each in kept.headlines.load(kept.headlines.ids()) if each.saved]


def _titles(reader: Reader) -> set[str | None]:
    return {each.teaser.title for each in reader.headlines()}


def test_a_disk_that_fills_up_during_a_sync_is_one_sentence_and_the_cache_stays_sound(
    site: Site, home: Path
) -> None:
    # Bytes: a new cache takes most of them.
    limit = 420_000
    done = subprocess.run(
        [sys.executable, "-m", "reader", "sync", "--site", site.url, "--json"], cwd=_ROOT,
        check=False, capture_output=True, text=True, env=unmeasured(),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "de cache kan niet worden geschreven" in done.stderr
    with Store(home / ".local" / "share" / "znreader" / "cache.sqlite3") as cache:
        assert cache.maintenance.health().check == "ok"
        for headline in cache.headlines.load(cache.headlines.ids()):
            assert (cache.articles.load(headline.id) is not None) == headline.cached


def test_a_run_that_could_not_be_done_says_so_in_its_events(site: Site, home: Path) -> None:
    (home / ".local").write_text("no folder")
    done = subprocess.run(
        [sys.executable, "-m", "reader", "sync", "--site", site.url, "--events"], cwd=_ROOT,
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    (event,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert (event["event"], event["reason"]["code"]) == ("stopped", "cache_unusable")


@pytest.mark.parametrize("days", [1, 7])
def test_what_the_site_shows_today_never_goes(reader: Reader, days: int) -> None:
    reader.sync()
    before = _titles(reader)
    reader.change(retain_days=days, retain_articles=1)
    reader.later(hours=1)
    assert reader.sync().due == 0
    assert before <= _titles(reader)
