"""Marks and their stamps: the latest counts, and the lists agree with the marks."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

from reader.store import Store
from reader.store.clock import next_stamp
from reader.store.ingest.item_merge import merge
from reader.store.marks import SetMark, apply_marks, set_mark
from tests.store.versions import make_first

from .builders import ALL, NOON, connect, later, linked, listing, only, rows_of

_NOON_STAMP = int(NOON.timestamp() * 1000) << 10
_MARKS = "SELECT mark, value, stamp, device FROM item_marks ORDER BY item, mark"


def one(cache: Store) -> int:
    """Store a headline and return its number."""
    cache.pages.add(listing(linked("A")))
    (number,) = cache.headlines.ids(ALL)
    return number


def test_a_mark_has_the_time_it_was_set_and_no_device(cache: Store, path: Path) -> None:
    cache.marks.set("read", [one(cache)], NOON)
    assert rows_of(path, _MARKS) == [("read", 1, _NOON_STAMP, None)]


def test_what_is_set_when_it_was_set_already_is_not_set_anew(cache: Store, path: Path) -> None:
    number = one(cache)
    assert cache.marks.set("saved", [number], NOON, value=False) == []
    assert cache.marks.set("saved", [number], NOON) == [number]
    assert cache.marks.set("saved", [number], later(1)) == []
    assert rows_of(path, _MARKS) == [("saved", 1, _NOON_STAMP + 1, None)]


def test_a_stamp_is_later_than_the_last_whatever_the_clock_says(cache: Store) -> None:
    number = one(cache)
    with cache.database.writing() as connection:
        stamps = [next_stamp(connection, NOON + timedelta(hours=hours)) for hours in (0, 0, -9, 1)]
        assert stamps == [
            _NOON_STAMP, _NOON_STAMP + 1, _NOON_STAMP + 2, _NOON_STAMP + (3_600_000 << 10),
        ]  # fmt: skip
    cache.marks.set("read", [number], later(-20))
    cache.marks.set("read", [number], later(-30), value=False)
    assert not only(cache).read


def test_of_two_machines_the_later_mark_counts(cache: Store, path: Path) -> None:
    number = one(cache)
    cache.marks.set("read", [number], NOON)
    with cache.database.writing() as connection:
        for stamp, value in ((_NOON_STAMP - 1, False), (_NOON_STAMP + 5, False), (7, True)):
            apply_marks(connection, [SetMark(number, "read", value, stamp, "ab12")])
    assert not only(cache).read
    assert rows_of(path, _MARKS) == [("read", 0, _NOON_STAMP + 5, "ab12")]


def test_a_mark_that_no_list_knows_is_kept_all_the_same(cache: Store, path: Path) -> None:
    number = one(cache)
    with cache.database.writing() as connection:
        set_mark(connection, "tag:zee", [number], value=True, stamp=1)
    assert rows_of(path, _MARKS) == [("tag:zee", 1, 1, None)]
    assert (only(cache).read, only(cache).saved) == (False, False)


def test_of_two_headlines_that_are_one_the_later_mark_counts(cache: Store) -> None:
    cache.pages.add(listing(linked("Krab"), linked("Boot")))
    krab, boot = cache.headlines.ids(ALL)
    cache.marks.set("read", [krab], NOON)
    cache.marks.set("saved", [boot], NOON)
    cache.marks.set("read", [boot], NOON)
    cache.marks.set("read", [boot], later(1), value=False)
    with cache.database.writing() as connection:
        merge(connection, krab, boot)
    assert (only(cache).read, only(cache).saved) == (False, True)


def test_marks_of_an_old_file_are_older_than_what_is_set_now(path: Path) -> None:
    make_first(path)
    with Store(path) as cache:
        before = {headline.id: headline for headline in cache.headlines.load([3, 5, 8])}
        assert [before[each].read for each in (3, 5, 8)] == [True, False, False]
        assert [before[each].saved for each in (3, 5, 8)] == [False, True, False]
        assert rows_of(path, "SELECT item, mark, value FROM item_marks") == [
            (3, "read", 1),
            (5, "saved", 1),
        ]
        assert cache.marks.set("read", [3], later(-999), value=False) == [3]
    assert rows_of(path, "SELECT min(stamp) > 0, max(stamp) FROM item_marks") == [
        (1, *rows_of(path, "SELECT stamp FROM clock")[0])
    ]


def test_the_columns_of_the_lists_say_what_the_marks_do(cache: Store, path: Path) -> None:
    cache.pages.add(listing(*(linked(f"Bericht {number}") for number in range(9))))
    ids = cache.headlines.ids(ALL)
    cache.marks.set("read", ids, NOON)
    cache.marks.set("saved", ids[:4], NOON)
    cache.marks.set("read", ids[3:], NOON, value=False)
    for mark in ("read", "saved"):
        with closing(connect(path)) as connection:
            assert not connection.execute(
                f"SELECT id FROM items LEFT JOIN item_marks ON item = id AND mark = ?"  # noqa: S608
                f" WHERE {mark} <> coalesce(value, 0)",
                [mark],
            ).fetchall()


def test_a_mark_that_another_program_sets_counts_and_can_be_cleared(
    cache: Store, path: Path
) -> None:
    number = one(cache)
    cache.marks.set("saved", [number], NOON)
    with closing(connect(path)) as connection:
        connection.execute("UPDATE items SET read = 1, saved = 0")
    assert (only(cache).read, only(cache).saved) == (True, False)
    found = rows_of(path, _MARKS)
    assert [row[:2] for row in found] == [("read", 1), ("saved", 0)]
    assert all(stamp > _NOON_STAMP for _, _, stamp, _ in found)
    assert cache.marks.set("read", [number], NOON, value=False) == [number]
    assert not only(cache).read


def test_a_mark_that_is_not_logged_is_passed_over_by_undo(cache: Store) -> None:
    number = one(cache)
    cache.marks.set("saved", [number], NOON)
    cache.marks.set("read", [number], later(1), logged=False)
    undone = cache.marks.undo(later(2))
    assert undone is not None
    assert undone.mark == "saved"
    assert cache.marks.undo(later(3)) is None
    (headline,) = cache.headlines.load([number])
    assert (headline.read, headline.saved) == (True, False)


def test_a_change_of_which_nothing_is_left_is_passed_over_by_undo(cache: Store) -> None:
    number = one(cache)
    cache.marks.set("saved", [number], NOON)
    cache.marks.set("read", [number], later(1))
    cache.marks.set("read", [number], later(2), value=False)
    # Reading it marks it again, which is not logged.
    cache.marks.set("read", [number], later(3), logged=False)
    undone = cache.marks.undo(later(4))
    assert undone is not None
    assert (undone.mark, undone.ids) == ("read", (number,))
    assert not only(cache).read
    undone = cache.marks.undo(later(5))
    assert undone is not None
    assert undone.mark == "saved"
