"""The cost of parsing: time proportional to the size of a page, and bounded memory."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

import pytest

from reader.errors import PageError
from reader.model import Article
from reader.parse import MAX_PAGE_BYTES, parse_page

_AT = datetime(2026, 3, 14, 15, 20, tzinfo=UTC)
_HEAD = (
    "<html><body><h1>Brug weer open</h1><article>"
    "<p>GOES (ANP) - De brug is weer open voor al het verkeer, zegt de gemeente.</p>"
)
_PROSE = "Een gewone zin die lang genoeg is om als lopende tekst te gelden."
_FEW = 150
# Twice the page may cost little more than twice the calls: what is fixed counts for less.
_MOST_GROWTH = 2.3
_MOST_MEGABYTES = 200
_MEASURE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from reader.errors import PageError
from reader.parse import parse_page
data = sys.stdin.buffer.read()
try:
    parse_page(data, datetime(2026, 3, 14, 15, 20, tzinfo=UTC))
except PageError:
    pass
status = Path("/proc/self/status").read_text().split()
print(int(status[status.index("VmHWM:") + 1]) // 1024)
"""


def _calls(page: str) -> int:
    """Return how many functions are called, of Python or in C, while a page is read."""
    count = 0

    def note(_frame: FrameType, event: str, _value: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    data = page.encode()
    sys.setprofile(note)
    try:
        parse_page(data, _AT, "https://www.zeelandnet.nl/nieuws/brug-weer-open")
    except PageError:
        pass
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "unit",
    [
        lambda i: f"<p>Zin {i}. {_PROSE}</p>",
        lambda i: f"<b>{i}</b>",
        lambda i: f"<i class=a{i}></i>",
        lambda i: f"<p id=naam{i} a{i}={i} b c>tekst {i}",
        lambda i: f"een regel {i} zonder punt<br>",
        lambda i: f"<a href=/nieuws/{i}>kop {i}</a> ",
        lambda i: f"<p>{_PROSE} <a href=/nieuws/{i}>kop {i}</a></p>",
        lambda i: f"<h2>Tussenkop {i}</h2><p>{i} {_PROSE}</p>",
        lambda i: f"<h2><a href=/nieuws/{i}>Kop van bericht {i}</a></h2>",
        lambda i: f"<div><h3><a href=/nieuws/{i}>Kop {i}</a></h3><span>2 uur geleden</span></div>",
        lambda i: f"<div><h2>Meest gelezen</h2><p>Bericht {i}</p></div>",
        lambda i: f"<h2>Meer uit Sport</h2><p>{i} uur geleden</p>",
        lambda i: f"<nav><ul class=menu><li><a href=/nieuws/{i}>Naam</a></ul></nav>",
        lambda i: f"<p>9:05 Sport Kop {i}</p>",
        lambda i: f"<p>{('Sport', 'Binnenland')[i % 2]}</p>",
        lambda i: f"<table><tr><td>a<td>{i}<tr><td>c<td>d</table>",
        lambda i: f"<ol><li>Punt {i}<ul><li>b</ul></ol>",
        lambda i: f"<dl><dt>Woord {i}<dd>uitleg</dl>",
        lambda i: f"<figure><img src=x><figcaption>Foto {i}</figcaption></figure>",
        lambda i: f"<div hidden>{i} {_PROSE}</div>",
        lambda i: f"<div class=comment>Reactie {i}</div>",
        lambda i: f"<time datetime=2026-03-14>14 maart 2026</time> {i}<br>",
        lambda i: f"woord {i} " * 20,
        lambda i: "<div>" if i < 20 else f"<p>{i} {_PROSE}",
    ],
)
def test_twice_the_page_takes_twice_the_calls(unit: Callable[[int], str]) -> None:
    once, twice = (_calls(_HEAD + "".join(map(unit, range(count)))) for count in (_FEW, 2 * _FEW))
    assert twice <= _MOST_GROWTH * once


@pytest.mark.parametrize(
    "unit",
    [
        lambda i: f"Zin {i}. {_PROSE}\n",
        lambda i: f"Alinea {i}. {_PROSE}\n\n",
        lambda i: f"een regel {i} van een tekst die bij tachtig tekens is omgebroken\n",
        lambda i: f"{i} uur geledenGOES (ANP) - {_PROSE}\n",
        lambda i: f"- punt {i}\n",
        lambda i: f"Net binnen\n9:05 Sport Kop {i}\n",
    ],
)
def test_twice_the_text_takes_twice_the_calls(unit: Callable[[int], str]) -> None:
    head = f"ZeelandNet\n\nBrug weer open\n\nGOES (ANP) - {_PROSE}\n\n"
    once, twice = (_calls(head + "".join(map(unit, range(count)))) for count in (_FEW, 2 * _FEW))
    assert twice <= _MOST_GROWTH * once


def _of_most_bytes(unit: str) -> bytes:
    return (_HEAD + unit * (MAX_PAGE_BYTES // len(unit))).encode()[:MAX_PAGE_BYTES]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="tells memory on Linux only")
@pytest.mark.parametrize(
    "data",
    [
        _of_most_bytes("<b>x</b>"),
        _of_most_bytes("<li>x"),
        _of_most_bytes("<tr><td>a<td>b"),
        _of_most_bytes("x<br>"),
        _of_most_bytes("<p " + " ".join("abcdefghijklmnopqrstuvwxyz") + ">x"),
        _of_most_bytes('<p a="1" b c/d>x'),
        _of_most_bytes("<span>a"),
        _of_most_bytes("Een woord "),
        _of_most_bytes("\u00e9\u200b "),
    ],
    ids=lambda data: data[len(_HEAD) :][:16].decode("utf-8", "replace"),
)
def test_the_largest_page_of_anything_takes_bounded_memory(data: bytes) -> None:
    child = subprocess.run(
        [sys.executable, "-c", _MEASURE], input=data, capture_output=True, check=True
    )
    assert int(child.stdout) < _MOST_MEGABYTES


@pytest.mark.parametrize("unit", ["<b>x</b>", "x<br>", "<p a b c d e f g>x", "<li>x"])
def test_the_beginning_of_a_page_too_large_to_read_whole_is_read(unit: str) -> None:
    page = parse_page(_of_most_bytes(unit), _AT)
    assert isinstance(page, Article)
    assert page.blocks[0].text.startswith("De brug is weer open voor al het verkeer")
