"""Marks for other machines and from them, and marks that wait for their item."""

from pathlib import Path

from reader.devices.hybrid_clock import moment_of_stamp, wall_stamp
from reader.devices.records import Record, record_line, record_of
from reader.model import FileNote, LastVisit, Section
from reader.store import Store

from .builders import (
    ALL,
    NOON,
    SITE,
    article,
    later,
    linked,
    listing,
    nameless,
    only,
    origin,
    show_sections,
    unlinked,
)

_HERE, _LAPTOP, _DESK = "00000000aa", "00000000bb", "00000000cc"
_NOON_STAMP = wall_stamp(NOON)
_KRAB = "address:www.zeelandnet.nl/krab"


def record(
    field: str = "read", value: str = "true", name: str = _KRAB, stamp: int = 0, device: str = _DESK
) -> Record:
    return Record(_NOON_STAMP + stamp, field, value, name, device)


def told(cache: Store) -> list[tuple[str, str, str, str]]:
    """Return all that is known: name, field, value and device."""
    records = cache.devices.everything(_HERE)
    return sorted((each.name, each.field, each.value, each.device) for each in records)


def name_of(cache: Store) -> str:
    """Return the name under which others are told of the only headline."""
    cache.marks.set("saved", [only(cache).id], NOON)
    ((name, *_),) = told(cache)
    return name


def test_a_mark_is_told_once_under_the_surest_name_of_its_item(cache: Store) -> None:
    cache.pages.add(
        listing(linked("Krab"), unlinked("Boot vaart"), nameless("Een zeehond slaapt."))
    )
    assert not cache.devices.has_unsent()
    assert cache.devices.first_unsent() is None
    cache.marks.set("read", cache.headlines.ids(ALL), NOON)
    assert cache.devices.has_unsent()
    assert cache.devices.first_unsent() == NOON
    records = cache.devices.unsent(_HERE)
    names = sorted(each.name.partition(":")[0] for each in records)
    assert names == ["address", "lead", "slug"]
    assert {each.rank for each in records} == {(_NOON_STAMP, _HERE, "true")}
    cache.devices.note_sent(_HERE, _NOON_STAMP)
    assert not cache.devices.has_unsent()
    assert cache.devices.unsent(_HERE) == []
    assert cache.devices.everything(_HERE) == records
    assert moment_of_stamp(cache.devices.last_stamp()) == NOON


def test_the_sample_edition_is_told_to_nobody_and_takes_nothing(cache: Store) -> None:
    cache.pages.add_sample([listing(linked("Krab"))])
    (number,) = cache.headlines.ids(ALL)
    cache.marks.set("read", [number], NOON)
    cache.articles.keep_place(number, 7, NOON)
    assert not cache.devices.has_unsent()
    cache.devices.apply([record("saved", name="slug:krab", stamp=9)])
    assert not only(cache).saved
    cache.pages.add(listing(unlinked("Krab")))
    assert only(cache).saved
    assert not only(cache).read


def test_what_is_kept_of_an_odd_address_is_what_other_machines_take(cache: Store) -> None:
    for text in (
        "https://",
        "//////",
        "www.",
        "%%%",
        "http://[",
        "https://www.zeelandnet.nl/krab/",
    ):
        cache.devices.apply([record(name=f"address:{text}")])
    records = cache.devices.everything(_HERE)
    assert len(records) == 6
    assert [record_of(record_line(each)) for each in records] == records


def test_the_later_mark_counts_wherever_it_was_set(cache: Store) -> None:
    cache.pages.add(listing(linked("Krab")))
    name = name_of(cache)
    assert cache.devices.apply([record(name=name, stamp=5)]) == 1
    assert only(cache).read
    assert cache.devices.apply([record(name=name, stamp=5)]) == 0
    assert cache.devices.apply([record(value="false", name=name, stamp=4)]) == 0
    assert only(cache).read
    cache.marks.set("read", [only(cache).id], later(-9), value=False)
    assert not only(cache).read
    assert cache.devices.last_stamp() == _NOON_STAMP + 6


def test_of_equal_stamps_the_device_counts_and_then_the_value(cache: Store) -> None:
    cache.pages.add(listing(linked("Krab")))
    name = name_of(cache)
    cache.devices.apply([record("saved", "false", name, device=_LAPTOP)])
    assert not only(cache).saved
    cache.devices.apply([record("saved", "true", name, device=_DESK)])
    cache.devices.apply([record("saved", "false", name, device=_LAPTOP)])
    assert only(cache).saved
    cache.devices.apply([record("saved", "false", name, device=_DESK)])
    assert only(cache).saved


def test_a_mark_waits_for_its_item(cache: Store) -> None:
    cache.pages.add(listing(linked("Krab")))
    name = name_of(cache)
    with Store(cache.database.path.with_name("other.sqlite3")) as other:
        coming = [
            record("saved", name=name), record("place", "[120,900]", name),
            record("tag:zee", name=name), record("note:x", '"later"', name),
        ]  # fmt: skip
        assert other.devices.apply(coming) == 4
        assert other.devices.apply(coming) == 0
        assert len(told(other)) == 4
        other.pages.add(article(linked("Krab"), "De krab won."), origin=origin("Krab"))
        (number,) = other.headlines.ids(ALL)
        assert only(other).saved
        assert other.articles.place(number) == 120
        assert [each[:3] for each in told(other)] == [
            (name, "note:x", '"later"'), (name, "place", "[120,900]"), (name, "saved", "true"),
            (name, "tag:zee", "true"),
        ]  # fmt: skip


def test_an_item_known_by_its_title_alone_keeps_its_mark_when_it_gets_its_address(
    cache: Store,
) -> None:
    cache.pages.add(listing(unlinked("Krab")))
    cache.devices.apply([record(name="slug:krab")])
    assert only(cache).read
    cache.pages.add(listing(linked("Krab"), fetched=later(1)))
    assert only(cache).read
    ((name, *_),) = told(cache)
    assert name.startswith("address:")
    # The same mark, told by one that knows the address.
    assert cache.devices.apply([record(name=name)]) == 0


def test_a_headline_that_was_removed_and_comes_again_is_read_as_it_was(cache: Store) -> None:
    cache.pages.add(article(linked("Krab"), "De krab won."), origin=origin("Krab"))
    number = only(cache).id
    cache.marks.set("read", [number], NOON)
    cache.articles.keep_place(number, 7, later(1))
    before = told(cache)
    assert cache.retention.remove([number], NOON) == 1
    assert not cache.headlines.ids(ALL)
    assert [each[:2] for each in told(cache)] == [each[:2] for each in before]
    cache.pages.add(listing(linked("Krab"), fetched=later(2)))
    assert only(cache).read
    assert cache.articles.place(only(cache).id) == 7


def test_what_is_taken_back_after_it_was_removed_has_the_marks_set_elsewhere_since(
    cache: Store,
) -> None:
    cache.pages.add(article(linked("Krab"), "De krab won."), origin=origin("Krab"))
    cache.marks.set("read", [only(cache).id], NOON)
    ((name, *_),) = told(cache)
    cache.retention.remove([only(cache).id], NOON)
    cache.devices.apply([record(value="false", name=name, stamp=5)])
    cache.retention.undo_prune(later(1))
    assert not only(cache).read


def test_a_place_is_told_with_the_length_of_its_text_and_so_is_its_end(cache: Store) -> None:
    cache.pages.add(article(linked("Krab"), "De krab won.", "Mooi zo."), origin=origin("Krab"))
    number = only(cache).id
    cache.articles.keep_place(number, 7, NOON)
    assert [each[1:3] for each in told(cache)] == [("place", "[7,17]")]
    cache.articles.keep_place(number, 0, later(1))
    assert [each[1:3] for each in told(cache)] == [("place", "null")]
    cache.devices.apply([record("place", "[5,17]", told(cache)[0][0], stamp=1)])
    assert cache.articles.place(number) == 0
    at = wall_stamp(later(2))
    cache.devices.apply([Record(at, "place", "[9,17]", told(cache)[0][0], _DESK)])
    assert cache.articles.place(number) == 9
    assert cache.devices.place_device(number) == _DESK


def test_of_two_items_that_prove_to_be_one_the_later_mark_and_place_count(cache: Store) -> None:
    cache.pages.add(listing(nameless("Een zeehond slaapt op het strand.")))
    (first,) = cache.headlines.ids(ALL)
    cache.devices.apply([record(name="slug:zeehond", stamp=9)])
    cache.marks.set("read", [first], NOON)
    cache.marks.set("saved", [first], NOON)
    text = "Een zeehond slaapt op het strand."
    cache.pages.add(article(linked("Zeehond", text), text), origin=origin("Zeehond"))
    assert len(cache.headlines.ids(ALL)) == 1
    assert only(cache).read
    assert only(cache).saved


def test_sections_that_are_not_followed_are_told_and_learned(cache: Store) -> None:
    show_sections(cache, [Section("Sport", SITE + "sport"), Section("Goes", SITE + "goes")], NOON)
    assert told(cache) == []
    cache.sources.follow("Sport", False)
    name = "section:zeelandnet/Sport"
    assert told(cache) == [(name, "follow", "false", _HERE)]
    stamp = cache.devices.last_stamp()
    cache.devices.apply([Record(stamp + 5, "follow", "true", name, _DESK)])
    followed = {each.section.name: each.followed for each in cache.sources.followings()}
    assert followed == {"Sport": True, "Goes": True}
    assert told(cache) == [(name, "follow", "true", _DESK)]
    cache.devices.apply([Record(stamp, "follow", "false", "section:zeelandnet/Tholen", _DESK)])
    show_sections(cache, [Section("Tholen", SITE + "tholen")], later(1))
    assert not {each.section.name: each.followed for each in cache.sources.followings()}["Tholen"]
    assert not any(each[3] == _HERE for each in told(cache))


def test_what_is_muted_is_told_and_learned(cache: Store) -> None:
    cache.pages.add(listing(linked("Storm op komst"), linked("Boot vaart")))
    cache.mutes.adopt(["krab"])
    assert told(cache) == []
    cache.mutes.add("storm")
    assert told(cache) == [("word:storm", "mute", "true", _HERE)]
    stamp = cache.devices.last_stamp()
    cache.devices.apply(
        [
            Record(stamp + 1, "mute", "false", "word:storm", _DESK),
            Record(stamp + 2, "mute", "true", "word:boot", _DESK),
            Record(stamp + 3, "mute", "true", "section:Sport", _DESK),
        ]
    )
    assert [(each.name, each.hidden) for each in cache.mutes.all()] == [
        ("Sport", 0), ("boot", 1), ("krab", 0),
    ]  # fmt: skip
    assert not any(each[3] == _HERE for each in told(cache))
    cache.mutes.remove("boot")
    assert ("word:boot", "mute", "false", _HERE) in told(cache)


def test_a_visit_elsewhere_counts_where_it_was_later(cache: Store) -> None:
    cache.pages.add(listing(linked("Krab")))
    cache.visits.note(LastVisit(later(1), 1))
    cache.pages.add(listing(linked("Boot"), fetched=later(2)))
    at = int(later(3).timestamp())
    cache.devices.apply([Record(wall_stamp(later(3)), "visit", str(at), "reader", _DESK)])
    assert cache.visits.last() == LastVisit(later(3), 2)
    cache.devices.apply([Record(wall_stamp(later(0)), "visit", "5", "reader", _DESK)])
    assert cache.visits.last() == LastVisit(later(3), 2)


def test_files_are_noted_and_forgotten(cache: Store) -> None:
    mine, other = FileNote(_HERE, "1", mine=True), FileNote(_DESK, "1", mine=False)
    cache.devices.note_files([mine, other])
    assert cache.devices.files() == {mine, other}
    cache.devices.note_files(removed=[other])
    assert cache.devices.files() == {mine}


def test_what_was_marked_before_there_were_other_machines_is_told_to_them(path: Path) -> None:
    with Store(path) as cache:
        cache.pages.add(listing(linked("Krab")))
        cache.marks.set("read", [only(cache).id], NOON)
    with Store(path) as cache:
        assert [each[1:] for each in told(cache)] == [("read", "true", _HERE)]


def test_waiting_marks_of_long_ago_are_dropped_where_that_is_asked_for(cache: Store) -> None:
    cache.devices.apply([record(name="slug:oud"), record(name="slug:nieuw", stamp=9)])
    cache.devices.drop_pending(_NOON_STAMP + 5)
    assert [each[0] for each in told(cache)] == ["slug:nieuw"]


def test_a_story_is_watched_again_by_a_mark_that_waited_for_the_address(cache: Store) -> None:
    cache.pages.add(listing(unlinked("Krab"), unlinked("Boot vaart")))
    story = cache.stories.join(list(cache.headlines.ids(ALL)))
    assert story is not None
    cache.stories.watch(story)
    cache.stories.watch(story, value=False)
    name = f"address:{linked('Krab').url}".replace("https://", "")
    # Watching takes the time of the clock, so this is far later.
    cache.devices.apply([record("watch", name=name, stamp=wall_stamp(later(9)))])
    cache.pages.add(listing(linked("Krab")))
    assert cache.stories.watched() == [story]
