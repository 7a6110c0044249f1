"""Bundles: editions for many readers, without marks, in every form of delivery."""

import json
import lzma
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from reader.store import Store
from tests.store.builders import ALL, NOON, article, linked, origin

from .conftest import Answer, Call

_DAYS, _A_DAY = 7, 72
Reader = Callable[..., Answer]


@pytest.fixture
def readers(znreader: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """Call the command line as one of several readers, each with a cache of its own."""

    def call(name: str, *arguments: str) -> Answer:
        monkeypatch.setenv("ZNREADER_DATA", str(tmp_path / name))
        return znreader(*arguments)

    return call


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[str], Store]]:
    """Open the cache of a reader."""
    with ExitStack() as stack:
        yield lambda name: stack.enter_context(Store(tmp_path / name / "cache.sqlite3"))


def bring(store: Store, number: int, day: int = 0) -> None:
    """Store one article as it came in on a day, with another one under it."""
    at = NOON + timedelta(days=day)
    chance = random.Random(number)  # noqa: S311 - the same text again
    words = "zee dijk haven boot storm vis mossel markt school brug krab strand polder".split()
    text = [f"{' '.join(chance.choices(words, k=40)).capitalize()}." for _ in range(8)]
    teaser = linked(f"Bericht {number}", text[0])
    page = article(teaser, *text, related=(linked(f"Bericht {number + 1}"),), fetched=at)
    store.pages.add(page, origin=origin(f"Bericht {number}"))


def texts_of(store: Store) -> dict[str | None, object]:
    """Return the blocks of each article by its title."""
    found: dict[str | None, object] = {}
    for headline in store.headlines.load(store.headlines.ids(ALL)):
        body = store.articles.load(headline.id)
        if body is not None:
            found[headline.teaser.title] = body.blocks
    return found


def test_a_bundle_brings_news_and_no_marks(
    readers: Reader, opened: Callable[[str], Store], tmp_path: Path
) -> None:
    sender = opened("sender")
    for number in range(3):
        bring(sender, number)
    ids = sender.headlines.ids(ALL)
    sender.marks.set("read", ids, NOON)
    sender.marks.set("saved", ids, NOON)
    sender.articles.keep_place(ids[0], 7, NOON)
    path = tmp_path / "edition.jsonl.xz"
    assert readers("sender", "bundle", str(path)).status == 0
    lines = [json.loads(line) for line in lzma.decompress(path.read_bytes()).splitlines()]
    assert lines[0] == {"format": "znreader-bundle", "version": 1}
    assert not any(key in line for line in lines for key in ("read", "saved", "place", "followed"))
    done = readers("reader", "import", str(path))
    assert (done.status, done.err) == (0, "")
    reader = opened("reader")
    assert texts_of(reader) == texts_of(sender)
    assert len(reader.headlines.ids(ALL)) == 4
    assert not any(
        each.read or each.saved for each in reader.headlines.load(reader.headlines.ids())
    )


def test_what_a_reader_marked_stays_as_it_was(
    readers: Reader, opened: Callable[[str], Store], tmp_path: Path
) -> None:
    bring(opened("sender"), 1)
    path = str(tmp_path / "edition.jsonl.xz")
    readers("sender", "bundle", path)
    readers("reader", "import", path)
    readers("reader", "mark", "1", "--read", "--save")
    readers("reader", "import", path)
    (found,) = readers("reader", "list", "--saved", "--json").json["teasers"]
    assert found["read"]


def test_only_what_came_in_since_is_in_it_with_what_stands_under_it(
    readers: Reader, opened: Callable[[str], Store], tmp_path: Path
) -> None:
    sender = opened("sender")
    for number, day in ((10, 0), (20, 2), (9, 3)):
        bring(sender, number, day)
    path = tmp_path / "edition.jsonl.xz"
    since = (NOON + timedelta(days=1)).isoformat()
    readers("sender", "bundle", str(path), "--since", since)
    lines = [json.loads(line) for line in lzma.decompress(path.read_bytes()).splitlines()]
    found = {line["title"]: line["article"] is not None for line in lines if "title" in line}
    assert found == {
        "Bericht 20": True, "Bericht 21": False, "Bericht 9": True, "Bericht 10": False,
    }  # fmt: skip


def test_the_week_of_a_ship(
    readers: Reader, opened: Callable[[str], Store], tmp_path: Path
) -> None:
    """Take seven bundles: one is lost and sent later, one is cut off, one is of a newer version."""
    sender, paths = opened("sender"), []
    for day in range(_DAYS):
        for number in range(day * _A_DAY, (day + 1) * _A_DAY):
            bring(sender, number, day)
        paths.append(tmp_path / f"edition-{day}.jsonl.xz")
        since = (NOON + timedelta(days=day, hours=-1)).isoformat()
        assert readers("sender", "bundle", str(paths[-1]), "--since", since).status == 0
    assert len(texts_of(sender)) == _DAYS * _A_DAY > 500
    whole = {path: path.read_bytes() for path in paths}
    lost, cut, newer = paths[2], paths[3], paths[5]
    lost.unlink()
    cut.write_bytes(whole[cut][: len(whole[cut]) * 2 // 3])
    text = lzma.decompress(whole[newer]).replace(b'"version": 1', b'"version": 2', 1)
    newer.write_bytes(lzma.compress(text))
    for path in paths:
        if path != lost:
            done = readers("ship", "import", str(path))
            assert done.status == (1 if path in (cut, newer) else 0)
            assert len(done.err.splitlines()) == done.status
        readers("ship", "mark", "1", "--read")
    ship = opened("ship")
    arrived = texts_of(ship)
    days = {
        day: sum(f"Bericht {number}" in arrived
                 for number in range(day * _A_DAY, (day + 1) * _A_DAY))
        for day in (2, 3, 5)
    }  # fmt: skip
    assert days[2] == days[5] == 0
    assert 0 < days[3] < _A_DAY
    # The lost one comes at last, the other two once more, and one that was there again.
    for path in (newer, lost, cut, paths[0]):
        path.write_bytes(whole[path])
        assert readers("ship", "import", str(path)).status == 0
    assert texts_of(ship) == texts_of(sender)
    assert [each.read for each in ship.headlines.load([1])] == [True]
    assert ship.headlines.counts().total - ship.headlines.counts().unread == 1
    assert max(len(data) for data in whole.values()) < 100_000


def test_the_marks_in_an_export_of_another_cache_stay_out_unless_they_are_asked_for(
    readers: Reader, opened: Callable[[str], Store], tmp_path: Path
) -> None:
    for number in range(3):
        bring(opened("one"), number)
    readers("one", "mark", "1", "2", "--read")
    path = str(tmp_path / "export.jsonl")
    readers("one", "export", path)
    done = readers("other", "import", path)
    assert done.status == 0
    assert "2 berichten" in done.out.splitlines()[-1]
    assert "--marks" in done.out
    other = opened("other")
    assert other.headlines.counts().unread == other.headlines.counts().total == 4
    assert "--marks" not in readers("other", "import", "--marks", path).out
    assert other.headlines.counts().unread == 2


def test_an_export_of_the_same_cache_brings_its_marks_back(
    readers: Reader, opened: Callable[[str], Store], tmp_path: Path
) -> None:
    bring(opened("one"), 1)
    readers("one", "mark", "1", "--read")
    path = str(tmp_path / "export.jsonl")
    readers("one", "export", path)
    readers("one", "mark", "1", "--unread")
    assert "--marks" not in readers("one", "import", path).out
    assert opened("one").headlines.counts().unread == 1


def test_marks_that_stand_in_a_bundle_all_the_same_are_not_taken(
    readers: Reader, opened: Callable[[str], Store], tmp_path: Path
) -> None:
    bring(opened("one"), 1)
    readers("one", "mark", "1", "--read")
    path = tmp_path / "export.jsonl"
    readers("one", "export", str(path))
    path.write_text(path.read_text().replace("znreader-export", "znreader-bundle", 1))
    readers("other", "import", "--marks", str(path))
    assert opened("other").headlines.counts().unread == 2


@pytest.mark.parametrize("damage", ["cut", "bomb", "memory", "noise"])
def test_a_bundle_that_is_damaged_or_hostile_is_refused_in_a_sentence(
    readers: Reader, tmp_path: Path, damage: str
) -> None:
    head = json.dumps({"format": "znreader-bundle", "version": 1}).encode() + b"\n"
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 1 << 29}]
    data = {
        "cut": lambda: lzma.compress(head)[:-5],
        "bomb": lambda: lzma.compress(head + b" " * 200_000_000, preset=0),
        "memory": lambda: lzma.compress(head, filters=filters),
        "noise": lambda: lzma.compress(head)[:20] + b"x" * 500,
    }[damage]()
    path = tmp_path / "edition.jsonl.xz"
    path.write_bytes(data)
    done = readers("reader", "import", str(path))
    assert done.status == 1
    assert len(done.err.splitlines()) == 1
    assert str(path) in done.err
    assert readers("reader", "list", "--json").json == {"teasers": []}


def test_a_bundle_is_written_to_a_pipe_and_never_over_the_cache(
    readers: Reader, opened: Callable[[str], Store], tmp_path: Path
) -> None:
    bring(opened("one"), 1)
    assert readers("one", "bundle", str(tmp_path / "one" / "cache.sqlite3"), "--force").status == 1
    assert readers("nobody", "bundle", str(tmp_path / "x")).status == 1
