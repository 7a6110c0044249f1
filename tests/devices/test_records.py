"""Records: the valid lines, and merging independent of order and repetition."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.devices.hybrid_clock import END_OF_STAMPS
from reader.devices.records import (
    Record,
    is_overtaken,
    merged,
    record_line,
    record_of,
    value_text,
)

_NAMES = ("address:krant.example/a", "slug:storm-op-zee", "lead:de-veerboot-vaart-niet")
# Few of each, so that many records are of one thing, and many are equally late.
_records = st.builds(
    Record,
    st.integers(1, 4),
    st.sampled_from(["read", "saved", "tag:zee"]),
    st.sampled_from(["true", "false"]),
    st.sampled_from(_NAMES),
    st.sampled_from(["00000000aa", "00000000bb"]),
)
_devices = st.text("0123456789abcdef", min_size=10, max_size=10)
_texts = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=30)
_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def line(*, stamp: object = 1 << 50, field: object = "read", value: object = True,
         name: object = "slug:storm", device: object = "00000000aa") -> str:  # fmt: skip
    return json.dumps([stamp, field, value, name, device])


@given(st.lists(_records), st.randoms(use_true_random=False))
def test_merging_gives_the_same_in_any_order_and_any_number_of_times(
    records: list[Record], order: random.Random
) -> None:
    mixed = [*records, *records]
    order.shuffle(mixed)
    assert merged(mixed) == merged(records)
    assert merged(merged(records).values()) == merged(records)


@given(st.lists(_records), st.lists(_records))
def test_merging_parts_and_then_their_results_is_merging_all(
    some: list[Record], others: list[Record]
) -> None:
    by_parts = merged([*merged(some).values(), *merged(others).values()])
    assert by_parts == merged([*others, *some])


def test_of_equal_stamps_the_device_decides_and_then_the_value() -> None:
    def of(value: str, device: str) -> Record:
        return Record(5, "read", value, "slug:storm", device)

    ((first,),) = [merged([of("true", "a" * 10), of("false", "b" * 10)]).values()]
    assert (first.device, first.value) == ("b" * 10, "false")
    ((second,),) = [merged([of("true", "a" * 10), of("false", "a" * 10)]).values()]
    assert second.value == "true"


@given(st.integers(1, END_OF_STAMPS - 1), _texts, _values, _texts, _devices)
def test_a_record_of_a_field_that_is_not_known_comes_back_as_it_was(
    stamp: int, field: str, value: object, name: str, device: str
) -> None:
    record = Record(stamp, f"note:{field}", value_text(value), f"thing:{name}", device)
    back = record_of(record_line(record))
    # What is not in a composed form is not as if cleaned, and refused.
    assert back is None or back == record
    if field.isascii() and len(record.value) <= 4_000:
        assert back == record


@pytest.mark.parametrize(
    ("field", "value", "name"),
    [
        ("read", True, "address:krant.example/a"),
        ("saved", False, "lead:de-veerboot"),
        ("tag:later lezen", True, "slug:storm"),
        ("place", [120, 3400], "slug:storm"),
        ("place", [120, None], "slug:storm"),
        ("place", None, "slug:storm"),
        ("follow", False, "section:zeelandnet/Sport"),
        ("follow", True, "feed:https://krant.example/rss"),
        ("mute", True, "word:carnaval"),
        ("mute", True, "section:Sport"),
        ("mute", True, "source:krant"),
        ("watch", True, "address:krant.example/a"),
        ("split", "slug:storm", "address:krant.example/a"),
        ("visit", 1_790_000_000, "reader"),
    ],
)
def test_each_kind_of_record_is_taken(field: str, value: object, name: str) -> None:
    record = record_of(line(field=field, value=value, name=name))
    assert record is not None
    assert record_of(record_line(record)) == record
    assert json.loads(record.value) == value


@pytest.mark.parametrize(
    "said",
    [
        line(stamp=0), line(stamp=-1), line(stamp=END_OF_STAMPS), line(stamp=2**60),
        line(stamp=True), line(stamp=1.5), line(stamp="5"), line(stamp=10**300),
        line(value=1), line(value="true"), line(value=None),
        line(field="place", value=[1]), line(field="place", value=[-1, 5]),
        line(field="place", value=[0, 5]), line(field="place", value=[1, 2**31]),
        line(field="place", value=True),
        line(field="visit", value=1.5, name="reader"), line(field="visit", value=5),
        line(field=""), line(field="tag:"), line(field="tag:a\x00b"), line(field="tag:\u202eb"),
        line(field="x" * 201), line(field=5), line(field="note:x", value="v" * 4_000),
        line(name=""), line(name="slug:"), line(name="slug"), line(name="slug:a\x00b"),
        line(name="slug:\ud800"), line(name="word:storm"), line(name="slug:" + "x" * 4_000),
        line(field="note:x", value="\ud800"), line(field="note:x", value={"\ud800": 1}),
        line(field="follow", name="section:Sport"), line(field="follow", name="section:/Sport"),
        line(field="follow", name="slug:storm"), line(field="mute", name="word: storm"),
        line(field="mute", name="word:\u202estorm"), line(field="mute", name="feed:x"),
        line(device="00000000AA"), line(device="aa"), line(device=None),
        line(device="00000000aa\n"),
        "", "{}", "[]", "nonsense", "[1,2,3,4]", "[" * 30_000,
        '[1,"read",NaN,"slug:a","0000000000"]',
        line()[:-1] + ",6]", "9" * 30_000,
    ],
)  # fmt: skip
def test_what_is_no_record_is_dropped(said: str) -> None:
    assert record_of(said) is None


@given(st.text() | st.binary())
def test_no_line_does_harm(said: str | bytes) -> None:
    assert record_of(said) is None or said


def test_only_what_clears_something_long_ago_need_not_be_said_again() -> None:
    record = Record(100, "read", "false", "slug:storm", "00000000aa")
    assert is_overtaken(record, 101)
    assert not is_overtaken(record, 100)
    assert is_overtaken(Record(100, "place", "null", "slug:storm", "00000000aa"), 101)
    assert not is_overtaken(Record(100, "read", "true", "slug:storm", "00000000aa"), 101)
