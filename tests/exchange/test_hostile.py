"""Hostile files of marks raise nothing, and all readers of them agree in the end."""

import gzip
import json
import random
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reader.devices.hybrid_clock import wall_stamp
from tests.store.builders import NOON, later

from .machines import Machine, machine

_FILES, _LINES = 12, 150
_HEAD = {
    "format": "znreader-marks", "version": 1, "device": "00000000ff", "name": "vreemd",
    "at": "2026-03-14T12:00:00Z", "program": "0.2",
}  # fmt: skip
_AT = wall_stamp(NOON)
_STAMPS = (_AT, _AT + 1, _AT * 2, 1, 0, -1, 2**60, 1.5, "5", None, True, 10**30)
_FIELDS = (
    "read", "saved", "place", "follow", "mute", "split", "join", "watch", "visit", "tag:zee",
    "tag:", "tag:\x00", "tag: x", "note:1", "x", "", "é" * 300, "tag:" + "a" * 190,
)  # fmt: skip
_VALUES = (
    True, False, None, 1, 0, "true", "", [1, 2], [1, None], [0, 5], [-1, 5], [2**40, 1], {"a": 1},
    "x" * 5_000, 1e308, "\u202e", "address:voorbeeld.example/x", 3.5, 10**30,
)  # fmt: skip
_NAMES = (
    "address:www.zeelandnet.nl/krab", "address:https://www.zeelandnet.nl/krab", "slug:krab",
    "lead:x", "slug:", "address:", "address:////", "address:http://[", "reader", "word:krab",
    "word:*", "word:\u202e", "section:", "section:Sport", "section:zeelandnet/Sport", "section:/x",
    "feed:https://voorbeeld.example/f", "feed:x", "feed:http://[::1", "source:zeelandnet", "x:y",
    "", "a" * 5_000, "slug:\ud800", "slug:\x00", "word:a\u0301", "section:" + "é" * 300,
)  # fmt: skip


def _line(chance: random.Random) -> str:
    """Return a record that is more or less valid."""
    stamps = _STAMPS[:4] if chance.random() < 0.8 else _STAMPS
    device = "00000000ff" if chance.random() < 0.9 else chance.choice(("x", None, "00000000FF"))
    record: list[Any] = [
        chance.choice(stamps), *map(chance.choice, (_FIELDS, _VALUES, _NAMES)), device,
    ]  # fmt: skip
    if chance.random() < 0.05:
        record = record[: chance.randint(0, 4)]
    text = json.dumps(record, ensure_ascii=chance.random() < 0.5)
    if chance.random() < 0.05:
        text = text[: chance.randint(0, len(text))]
    return text.replace("1", "1e999", 1) if chance.random() < 0.03 else text


def _known(of: Machine) -> dict[tuple[str, str], tuple[int, str]]:
    records = of.store.devices.everything("0" * 10)
    return {(each.name, each.field): (each.stamp, each.value) for each in records}


@pytest.mark.parametrize("seed", range(4))
def test_nothing_that_a_file_holds_is_raised_and_all_keep_the_same(
    tmp_path: Path, seed: int
) -> None:
    chance, folder = random.Random(seed), tmp_path / "sync"  # noqa: S311 - the same again
    place = folder / "00000000ff"
    place.mkdir(parents=True)
    for number in range(_FILES):
        lines = [json.dumps(_HEAD), *(_line(chance) for _ in range(_LINES))]
        packed = gzip.compress("\n".join(lines).encode("utf-8", "surrogatepass"))
        if number % 4 == 3:
            packed = packed[: chance.randint(0, len(packed))] + b"garbage"
        (place / f"{number:08}-{chance.getrandbits(32):08x}.jsonl.gz").write_bytes(packed)
    with (
        closing(machine(tmp_path / "laptop", folder, "laptop", "Krab", "Boot")) as laptop,
        closing(machine(tmp_path / "desktop", folder, "desktop", "Krab", "Boot")) as desktop,
    ):
        codes = {each.code for each in laptop.exchange(later(1)).left}
        assert codes <= {"marks_not_whole"}
        laptop.store.stories.place(NOON)
        # The other machine learns only from this one.
        shutil.rmtree(place)
        laptop.exchange(later(2))
        desktop.exchange(later(3))
        assert len(_known(laptop)) > 20
        assert _known(desktop) == _known(laptop)
