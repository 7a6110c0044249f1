"""`doctor`: what it finds wrong with the cache, its folder, and the feeds."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.errors import reason
from reader.store import Store
from tests.site.feeds import FeedHost, rss

from .conftest import AT, Call

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def cache(znreader: Call, page: Path, home: Path) -> Path:
    """Return the path of a cache with the news of one page."""
    assert znreader("import", str(page), "--at", AT).status == 0
    return home / ".local" / "share" / "znreader" / "cache.sqlite3"


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("", "kept: everything"),
        ("retain_days = 30", "kept: 30 days"),
        ("retain_articles = 500", "kept: 500 articles"),
        ("retain_days = 30\nretain_articles = 500", "kept: 30 days and 500 articles"),
    ],
)
@pytest.mark.usefixtures("cache")
def test_it_tells_how_long_news_is_kept(
    znreader: Call, tmp_path: Path, settings: str, told: str
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(settings)
    lines = znreader("--config", str(config), "doctor", "--offline").out.splitlines()
    assert [line.strip().partition(";")[0] for line in lines if " kept: " in line] == [told]


def test_a_folder_that_others_can_look_into_is_told(znreader: Call, cache: Path) -> None:
    cache.parent.chmod(0o755)
    answer = znreader("doctor", "--offline")
    assert f"other users can look into the folder {cache.parent}" in answer.out
    assert answer.status == 0


def test_a_damaged_cache_ends_in_one_and_names_the_repair(znreader: Call, cache: Path) -> None:
    cache.write_bytes(b"geen cache " * 900)
    answer = znreader("doctor", "--offline")
    assert (answer.status, answer.err) == (1, "")
    assert "`znreader doctor --repair` saves what can be read" in answer.out


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:4096] + b"\xff" * (len(data) - 4096),
        lambda data: data[:100] + b"\xff" * (len(data) - 100),
        lambda _: b"geen cache " * 900,
    ],
    ids=["pages", "schema", "other"],
)
def test_the_advice_to_repair_is_given_once(
    znreader: Call, cache: Path, spoil: Callable[[bytes], bytes]
) -> None:
    cache.write_bytes(spoil(cache.read_bytes()))
    answer = znreader("doctor", "--offline")
    assert answer.status == 1
    assert answer.out.count("doctor --repair") == 1


@pytest.mark.usefixtures("cache")
def test_a_cache_with_news_alone_has_nothing_that_came_by_mistake(znreader: Call) -> None:
    for more in ((), ("--remove",)):
        assert znreader("doctor", "--junk", *more).out == "Nothing came in by mistake.\n"
    assert len(znreader("list", "--json").json["teasers"]) == 3


def test_feeds_that_fail_are_told_by_name_with_the_reason(znreader: Call, home: Path) -> None:
    with FeedHost({"/rss": rss("Havenlog", "Boot vaart", at=datetime.now(UTC))}) as host:
        assert znreader("feeds", "add", host.url("/rss")).status == 0
        assert "1 followed, 0 failing" in znreader("doctor", "--offline").out
    with Store(home / ".local" / "share" / "znreader" / "cache.sqlite3") as library:
        (state,) = library.feeds.states()
        why, now = reason("http_status", status=404), datetime.now(UTC)
        library.feeds.mark_failed(state.source, why, now, now)
    with (home / ".config" / "znreader" / "feeds.toml").open("a") as feeds:
        feeds.write('\n[[feeds]]\nurl = "file:///etc/hosts"\n')
    out = znreader("doctor", "--offline").out
    assert "1 followed, 1 failing" in out
    assert "Havenlog: The page no longer exists (error 404)" in out
    assert "file:///etc/hosts" in out
