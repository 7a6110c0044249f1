"""Bodies are unpacked whole or refused, and never fill the memory."""

import gzip
import subprocess
import sys
import tracemalloc
from pathlib import Path

import brotli
import pytest

from reader.errors import FetchError
from reader.fetch.decoder import MAX_BODY_BYTES, read_body

_ROOT = Path(__file__).parents[2]
_PAGE = "<p>De coöperatie is weer open.</p>".encode() * 500
_PACKED = {"": _PAGE, "identity": _PAGE, "gzip": gzip.compress(_PAGE), "br": brotli.compress(_PAGE)}


def _chunks(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


@pytest.mark.parametrize("encoding", _PACKED)
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_a_body_comes_out_as_it_was_packed(encoding: str, size: int) -> None:
    packed = _PACKED[encoding]
    assert read_body(_chunks(packed, size), encoding) == (_PAGE, len(packed))


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_a_body_that_ends_early_or_is_damaged_is_refused(encoding: str) -> None:
    packed = _PACKED[encoding]
    for damaged in (packed[:-3], packed[: len(packed) // 2], b"geen " * 20, b""):
        with pytest.raises(FetchError):
            read_body([damaged], encoding)


@pytest.mark.parametrize(
    ("encoding", "bomb"),
    [
        ("gzip", gzip.compress(bytes(60_000_000))),
        ("br", brotli.compress(bytes(60_000_000), quality=5)),
        ("", bytes(MAX_BODY_BYTES + 1)),
    ],
    ids=["gzip", "br", "plain"],
)
def test_a_bomb_is_refused_before_it_is_unpacked(encoding: str, bomb: bytes) -> None:
    tracemalloc.start()
    with pytest.raises(FetchError, match="larger than 5 MB"):
        read_body(_chunks(bomb, 65_536), encoding)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * MAX_BODY_BYTES


def test_without_brotli_only_gzip_is_asked_for_and_understood() -> None:
    code = """
import sys
sys.modules["brotli"] = None
from reader.errors import FetchError
from reader.fetch.decoder import ACCEPTED, read_body
assert ACCEPTED == "gzip"
try:
    read_body([b"x"], "br")
except FetchError:
    print("refused")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=_ROOT, check=True, capture_output=True, text=True
    )
    assert (done.stdout, done.stderr) == ("refused\n", "")


def test_an_unknown_packing_is_named() -> None:
    with pytest.raises(FetchError, match="zstd"):
        read_body([b"x"], "zstd")
