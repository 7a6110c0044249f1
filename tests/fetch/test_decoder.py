"""Bodies are unpacked whole or refused, and never fill the memory."""

import gzip
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
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
    ("encoding", "make"),
    [
        ("gzip", lambda: gzip.compress(bytes(60_000_000))),
        ("br", lambda: brotli.compress(bytes(60_000_000), quality=5)),
        ("", lambda: bytes(MAX_BODY_BYTES + 1)),
    ],
    ids=["gzip", "br", "plain"],
)
def test_a_bomb_is_refused_before_it_is_unpacked(encoding: str, make: Callable[[], bytes]) -> None:
    bomb = make()
    tracemalloc.start()
    with pytest.raises(FetchError, match="page_too_large most=5"):
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


@pytest.mark.parametrize(
    "encoding", ["utf-8", "gzip", "br", "deflate", "zstd", "gzip, utf-8", "\x9b"]
)
@pytest.mark.parametrize("size", [1, 100_000])
def test_a_page_that_is_not_packed_is_read_whatever_the_header_says(
    encoding: str, size: int
) -> None:
    for page in (_PAGE, b"\xef\xbb\xbf <!doctype html>", "<p>Zo".encode("utf-16")):
        assert read_body(_chunks(page, size), encoding) == (page, len(page))


@pytest.mark.parametrize("encoding", ["", "identity", "utf-8", "br", "deflate", "GZIP"])
def test_a_page_in_gzip_is_unpacked_whatever_the_header_says(encoding: str) -> None:
    packed = gzip.compress(_PAGE)
    assert read_body([packed], encoding) == (_PAGE, len(packed))


@pytest.mark.parametrize("size", [1, 2, 7, 100_000])
def test_several_gzip_members_are_one_body_and_what_pads_them_is_none(size: int) -> None:
    packed = gzip.compress(_PAGE) + gzip.compress(b"") + gzip.compress(b"<p>Slot.</p>")
    for padding in (b"", bytes(9), b"\x1f", b"\x1f\x8bx"):
        body, received = read_body(_chunks(packed + padding, size), "gzip")
        assert body == _PAGE + b"<p>Slot.</p>"
        assert received == len(packed + padding)


def test_a_second_member_that_ends_early_is_no_whole_page() -> None:
    packed = gzip.compress(_PAGE) + gzip.compress(_PAGE)[:-5]
    with pytest.raises(FetchError, match="connection_lost"):
        read_body([packed], "gzip")


def test_many_members_together_are_bounded_as_one_is() -> None:
    member = gzip.compress(bytes(1_000_000))
    with pytest.raises(FetchError, match="page_too_large"):
        read_body([member * 50], "gzip")
