"""The first frame: output before and while Textual takes over the terminal."""

import os
import re
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pyte
import pytest

from reader.model import Selection
from reader.store import Store
from reader.ui.state.last_place import LastPlace, last_place_path, save_last_place
from reader.ui.state.values import CursorPlace, View
from reader.ui.terminal.frame_colours import colours_path, depth_of, load_colours
from tests.measured import measured
from tests.store.builders import hours_old, linked, listing
from tests.terminal.conftest import PtyTerminal, wait_for, wait_for_end

_TITLES = [f"Kunstwerk nummer {number} krijgt een plek aan de boulevard" for number in range(1, 40)]
_TOKENS = re.compile(rb"\x1b\[[0-9;?<>=$]*[a-zA-Z]|\x1b\][^\x07]*\x07|[^\x1b]+|\x1b")
# Sequences unknown to pyte: private prefixes, operating system commands, queries.
_UNKNOWN = re.compile(rb"\x1b\[[<>=]|\x1b\]|\x1b\[[0-9;?]*\$p")
_OTHER_SCREEN, _BACK, _CURSOR = b"\x1b[?1049h", b"\x1b[?1049l", b"\x1b[?25h"
# Textual's first output: it requests the mouse.
_TAKES_OVER = b"\x1b[?1000h"
_FIRST = b"Kunstwerk nummer 1 "
# Until someone writes to a pipe, the import of Textual waits.
_HOLDS_UP = """
import sys

class Gate:
    def find_spec(self, name, path, target=None):
        if name == "textual":
            sys.meta_path.remove(self)
            open({gate!r}).close()

sys.meta_path.insert(0, Gate())
"""
# The number of tokens drawn between two checks.
_STEP = 60

Begin = Callable[..., PtyTerminal]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a cache of headlines."""
    folder = tmp_path_factory.mktemp("data")
    teasers = [linked(title, section="Sport", age=hours_old(n)) for n, title in enumerate(_TITLES)]
    with Store(folder / "cache.sqlite3") as library:
        library.pages.add(listing(*teasers))
    return folder


@pytest.fixture
def begin(data: Path, home: Path) -> Iterator[Begin]:
    """Start the program on those headlines in a pseudo-terminal of the given size."""
    settings = home / ".config" / "znreader" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("offline = true\n")
    started: list[PtyTerminal] = []
    colours = colours_path(data / "cache.sqlite3")
    plain = {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        **measured(),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "ZNREADER_DATA": str(data),
    }

    def start(columns: int, rows: int, **surroundings: str) -> PtyTerminal:
        around = plain | surroundings
        if (depth := depth_of(around)) and not load_colours(colours, _theme(around), depth):
            # The first start of all finds the colours out.
            with closing(PtyTerminal(120, 40, around)) as terminal:
                _read_until(terminal, lambda _: bool(load_colours(colours, _theme(around), depth)))
                terminal.press("q")
                wait_for_end(terminal)
        started.append(PtyTerminal(columns, rows, around))
        return started[-1]

    yield start
    for terminal in started:
        terminal.close()


def _read_until(terminal: PtyTerminal, condition: Callable[[bytes], bool]) -> bytes:
    """Return all that the program wrote, as soon as `condition` holds for it."""
    wait_for(terminal, lambda _: condition(bytes(terminal.raw)), "it")
    return bytes(terminal.raw)


def _theme(around: Mapping[str, str]) -> str:
    return around.get("TEXTUAL_THEME", "zeeland-dark")


def _painted(raw: bytes) -> bool:
    return _FIRST in raw


def _painted_only(raw: bytes) -> bool:
    return _FIRST in raw and _TAKES_OVER not in raw


def _cells(screen: pyte.Screen) -> list[object]:
    rows, columns = range(screen.lines), range(screen.columns)
    return [screen.buffer[row][column] for row in rows for column in columns]


@pytest.mark.parametrize(
    ("columns", "rows", "surroundings"),
    [
        (120, 40, {}),
        (80, 24, {}),
        (45, 20, {}),
        (120, 40, {"TEXTUAL_THEME": "zeeland-light"}),
        (120, 40, {"TEXTUAL_THEME": "gruvbox"}),
        (80, 24, {"COLORTERM": ""}),
    ],
)
def test_textual_takes_over_without_a_changed_cell(
    begin: Begin, columns: int, rows: int, surroundings: dict[str, str]
) -> None:
    terminal = begin(columns, rows, **surroundings)
    screen = _taken_over_unchanged(terminal, columns, rows, _FIRST)
    assert _FIRST.decode() in "".join(screen.display[:4])


def test_the_place_that_was_left_is_painted_first_too(begin: Begin, data: Path) -> None:
    path = last_place_path(data / "cache.sqlite3")
    terminal = begin(120, 40)
    _read_until(terminal, lambda raw: raw.count(_FIRST) == 2)
    terminal.press("q")
    wait_for_end(terminal)
    section = View("Sport", Selection(section="Sport"))
    # The oldest came in first.
    save_last_place(path, LastPlace(section, CursorPlace(10, 20)))
    try:
        screen = _taken_over_unchanged(begin(120, 40), 120, 40, b"Kunstwerk nummer 30 ")
    finally:
        path.unlink()
    assert screen.display[22].startswith("▌○ Kunstwerk nummer 30 ")
    assert "30/39" in screen.display[1]


def _taken_over_unchanged(
    terminal: PtyTerminal, columns: int, rows: int, title: bytes
) -> pyte.Screen:
    """Check that Textual draws what was painted, with this title; return the painted screen."""
    _read_until(terminal, lambda raw: raw.count(title) == 2)
    # Keys are answered once the screen is drawn, and what it leaves behind is no part of it.
    terminal.press("q")
    wait_for_end(terminal)
    before, after = bytes(terminal.raw).split(_BACK, 1)[0].split(_TAKES_OVER, 1)
    screen = pyte.Screen(columns, rows)
    stream = pyte.ByteStream(screen)
    stream.feed(before)
    painted = _cells(screen)
    assert title.decode() in "".join(screen.display)
    assert _OTHER_SCREEN not in after
    tokens = [token for token in _TOKENS.findall(after) if not _UNKNOWN.match(token)]
    for first in range(0, len(tokens), _STEP):
        stream.feed(b"".join(tokens[first : first + _STEP]))
        assert _cells(screen) == painted
    return screen


def test_keys_typed_at_once_are_neither_lost_nor_echoed(begin: Begin) -> None:
    terminal = begin(80, 24)
    _read_until(terminal, _painted_only)
    terminal.press("jjj")
    screen = wait_for(terminal, lambda screen: "▌○ Kunstwerk nummer 4 " in screen, "it")
    cursor = next(line for line in screen.splitlines() if line.startswith("▌"))
    assert "nummer 4 " in cursor
    assert b"jjj" not in terminal.raw


@pytest.fixture
def held_up(tmp_path: Path) -> tuple[dict[str, str], Callable[[], None]]:
    """Return an environment in which Textual is not ready, and what lets it be."""
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    (tmp_path / "sitecustomize.py").write_text(_HOLDS_UP.format(gate=str(gate)))

    def let_go() -> None:
        with gate.open("w"):
            pass

    return {"PYTHONPATH": str(tmp_path)}, let_go


@pytest.mark.parametrize(("columns", "rows"), [(120, 40), (80, 24), (45, 20)])
def test_the_cursor_moves_before_textual_is_ready(
    begin: Begin,
    held_up: tuple[dict[str, str], Callable[[], None]],
    columns: int,
    rows: int,
) -> None:
    surroundings, let_go = held_up
    begin(columns, rows).close()
    terminal = begin(columns, rows, **surroundings)
    terminal.press("jj\x1b[")
    wait_for(terminal, lambda screen: _at_cursor(screen, 3), "it")
    terminal.press("Ajj")
    wait_for(terminal, lambda screen: _at_cursor(screen, 4), "it")
    # The key that would bring the cursor to the top waits: it also marks arrivals as seen.
    terminal.press("kkkjjjj")
    wait_for(terminal, lambda screen: _at_cursor(screen, 2), "it")
    assert _TAKES_OVER not in terminal.raw
    let_go()
    wait_for(terminal, lambda screen: _at_cursor(screen, 5), "it")


def _at_cursor(screen: str, number: int) -> bool:
    return any(line.startswith("▌") and f"nummer {number} " in line for line in screen.splitlines())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_who_ends_it_at_once_has_the_terminal_back_as_it_was(
    begin: Begin, number: signal.Signals
) -> None:
    terminal = begin(80, 24)
    before = terminal.attributes()
    # On a busy machine Textual may have taken over by then.
    _read_until(terminal, _painted)
    assert terminal.attributes() != before
    os.kill(terminal.pid, number)
    wait_for_end(terminal)
    assert terminal.attributes() == before
    assert _BACK in terminal.raw
    assert _CURSOR in terminal.raw
    assert b"Traceback" not in terminal.raw


def test_who_quits_has_the_terminal_back_as_it_was(begin: Begin) -> None:
    terminal = begin(80, 24)
    before = terminal.attributes()
    # On a busy machine Textual may have taken over by then.
    _read_until(terminal, _painted)
    terminal.press("q")
    wait_for_end(terminal)
    assert terminal.attributes() == before
    assert terminal.raw.count(_BACK) == 1


def test_without_colours_the_first_frame_is_left_to_textual(begin: Begin) -> None:
    terminal = begin(80, 24, NO_COLOR="1")
    raw = _read_until(terminal, lambda raw: _FIRST in raw)
    assert raw.index(_TAKES_OVER) < raw.index(_FIRST)
