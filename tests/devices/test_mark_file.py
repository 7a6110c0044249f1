"""Files of marks: packing is lossless, and hostile files do no harm."""

import gzip
import io
import json
import time
import tracemalloc
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.devices import mark_file
from reader.devices.file_names import FileName, is_conflict, is_part, mark_file_name
from reader.devices.hybrid_clock import moment_of_stamp, wall_stamp
from reader.devices.mark_file import (
    MAX_UNPACKED,
    FileHeader,
    ForeignFile,
    NotWhole,
    check_whole,
    pack,
    read_header,
    read_records,
)
from reader.devices.records import Record, record_line

_AT = datetime(2026, 11, 27, 8, 30, tzinfo=UTC)
_HEADER = FileHeader("00000000aa", "laptop", _AT, "0.2")
_HEAD = {
    "format": "znreader-marks", "version": 1, "device": "00000000aa", "name": "laptop",
    "at": "2026-11-27T08:30:00Z", "program": "0.2",
}  # fmt: skip


def record(number: int, value: str = "true") -> Record:
    return Record(number + 1, "read", value, f"address:krant.example/{number}", "00000000aa")


def packed(*records: Record) -> io.BytesIO:
    target = io.BytesIO()
    pack(target, _HEADER, records)
    return target


def of_lines(*lines: str | bytes) -> io.BytesIO:
    encoded = (each if isinstance(each, bytes) else each.encode() for each in lines)
    return io.BytesIO(gzip.compress(b"".join(each + b"\n" for each in encoded)))


def test_the_lines_are_as_documented() -> None:
    lines = gzip.decompress(packed(record(1), record(2, "false")).getvalue()).decode().splitlines()
    assert json.loads(lines[0]) == _HEAD
    assert lines[1:] == [
        '[2,"read",true,"address:krant.example/1","00000000aa"]',
        '[3,"read",false,"address:krant.example/2","00000000aa"]',
    ]


@given(st.lists(st.builds(record, st.integers(0, 2**50), st.sampled_from(["true", "false"]))))
def test_what_is_packed_comes_back(records: list[Record]) -> None:
    file = packed(*records)
    assert check_whole(file) == read_header(file) == _HEADER
    assert list(read_records(file)) == records


def test_no_beginning_of_a_file_is_whole() -> None:
    whole = packed(*map(record, range(50))).getvalue()
    for length in range(len(whole)):
        with pytest.raises(NotWhole):
            check_whole(io.BytesIO(whole[:length]))


@given(st.binary())
def test_what_is_no_file_of_marks_is_refused(data: bytes) -> None:
    for content in (data, gzip.compress(data)):
        with pytest.raises((NotWhole, ForeignFile)):
            check_whole(io.BytesIO(content))


@given(st.integers(0, 1_000), st.integers(1, 255))
def test_a_byte_that_was_damaged_is_found_out(place: int, change: int) -> None:
    data = bytearray(packed(*map(record, range(40))).getvalue())
    # The bytes of the header that say nothing of the content: time, flags of the packer, system.
    place = 10 + place % (len(data) - 10)
    data[place] ^= change
    with pytest.raises(NotWhole):
        check_whole(io.BytesIO(bytes(data)))


def test_a_file_of_another_version_is_left_alone_and_says_who_wrote_it() -> None:
    with pytest.raises(ForeignFile) as raised:
        read_header(of_lines(json.dumps(_HEAD | {"version": 2, "program": "9.1"})))
    assert raised.value.code == "marks_version"
    assert raised.value.arguments == {"program": "9.1"}


@pytest.mark.parametrize(
    "change",
    [
        {"format": "other"}, {"device": "x"}, {"at": "yesterday"}, {"at": 5},
        {"at": "0001-01-01T00:00:00+14:00"}, {"at": "2" * 50}, {"version": True}, {"version": None},
    ],
)  # fmt: skip
def test_a_header_that_makes_no_sense_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ForeignFile):
        read_header(of_lines(json.dumps(_HEAD | change)))


def test_the_name_of_a_device_is_cleaned() -> None:
    said = json.dumps(_HEAD | {"name": "lap\x1b[31m\u202etop" + "x" * 900, "program": None})
    header = read_header(of_lines(said))
    assert header.name.startswith("laptopxxx")
    assert len(header.name) <= 60
    assert header.program == ""
    assert read_header(of_lines(json.dumps(_HEAD | {"name": "\x00"}))).name == "00000000aa"


def test_lines_that_are_no_records_are_dropped_and_the_others_are_taken() -> None:
    good = record_line(record(1)), record_line(record(2))
    file = of_lines(
        json.dumps(_HEAD), good[0], "nonsense", b"\xff\xfe", "x" * 5_000_000, "[" * 39_000,
        good[1],
    )  # fmt: skip
    check_whole(file)
    assert list(read_records(file)) == [record(1), record(2)]


def test_a_bomb_is_read_no_further_than_the_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_UNPACKED < 300_000_000
    most = 1 << 26
    monkeypatch.setattr(mark_file, "MAX_UNPACKED", most)
    packer = zlib.compressobj(9, wbits=31)
    parts = [packer.compress(json.dumps(_HEAD).encode() + b"\n")]
    zeros = bytes(1 << 24)
    parts += [packer.compress(zeros) for _ in range(2 * most // len(zeros))]
    file = io.BytesIO(b"".join([*parts, packer.flush()]))
    tracemalloc.start()
    try:
        check_whole(file)
        assert list(read_records(file)) == []
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_only_whole_names_are_those_of_files() -> None:
    name = FileName(12, "0a1b2c3d")
    assert str(name) == "00000012-0a1b2c3d.jsonl.gz"
    assert mark_file_name(str(name)) == name
    assert is_part(name.part)
    assert not is_part(str(name))
    for other in (
        name.part, f"{name}.part", f"{name}~", f" {name}", f"{name}\n", "0012-0a1b2c3d.jsonl.gz",
        "00000012-0a1b2c3d.sync-conflict-20261127-083000-ABCDEFG.jsonl.gz",
        "00000012-0a1b2c3d (conflicted copy).jsonl.gz", "٠0000012-0a1b2c3d.jsonl.gz",
    ):  # fmt: skip
        assert mark_file_name(other) is None
        assert is_conflict(other) == ("conflict" in other)


def test_a_stamp_tells_its_moment() -> None:
    assert moment_of_stamp(wall_stamp(_AT)) == _AT


def test_a_hundred_thousand_records_are_small_and_quick() -> None:
    records = [record(number) for number in range(100_000)]
    began = time.process_time()
    file = packed(*records)
    assert sum(1 for _ in read_records(file)) == 100_000
    assert time.process_time() - began < 30
    assert len(file.getvalue()) < 2_500_000
