"""A whole session in a real terminal: open, read, follow a teaser, go back, save, quit."""

import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import wait_until
from tests.terminal.conftest import Begin, PtyTerminal, Start, wait_for, wait_for_end

_FIRST = "Eerst nog lenteweer"
_LEAD = "Het blijft tot en met"
_ENTER, _ESCAPE, _TAB, _BACKSPACE = "\r", "\x1b", "\t", "\x7f"
_ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("columns", "rows"), [(120, 40), (60, 20)])
def test_a_session_from_first_start_to_quit(start: Start, columns: int, rows: int) -> None:
    terminal = start(columns, rows)
    wait_for(terminal, lambda screen: _FIRST in screen, "the first headline")
    terminal.press(_ENTER)
    wait_for(terminal, lambda screen: _LEAD in screen, "the article")
    terminal.press(_TAB)
    terminal.press(_ENTER)
    wait_for(terminal, lambda screen: "EMMELOORD (ANP)" in screen, "the article behind the teaser")
    terminal.press(_BACKSPACE)
    wait_for(terminal, lambda screen: _LEAD in screen, "the first article again")
    terminal.press("s")
    wait_for(terminal, lambda screen: "★" in screen, "the saved mark")
    terminal.press("q")
    wait_for_end(terminal)
    assert _marks(saved=True) == [True]


def test_the_very_first_start_shows_headlines_without_network(start: Start) -> None:
    terminal = start(120, 40)
    screen = wait_for(terminal, lambda screen: "Merelanda" in screen, "the sample edition")
    assert "SAMPLE EDITION" in screen.upper() or "VOORBEELDEDITIE" in screen.upper()


def test_the_name_of_the_program_is_the_title_of_the_terminal_until_it_ends(begin: Begin) -> None:
    terminal = begin()
    wait_for(terminal, lambda screen: "Kunstwerk nummer 1 " in screen, "the first headline")
    terminal.settle()
    own, restored = b"\x1b[22;2t\x1b]2;znreader\x07", b"\x1b[23;2t"
    assert terminal.raw.count(own) == 1
    assert restored not in terminal.raw
    terminal.press("q")
    wait_for_end(terminal)
    assert terminal.raw.index(own) < terminal.raw.index(restored)
    assert terminal.raw.count(b"\x1b]2;") == 1


def _is_at_second(screen: str) -> bool:
    lines = screen.splitlines()
    return any(line.startswith("▌") and "Kunstwerk nummer 2 " in line for line in lines)


def test_a_key_draws_the_whole_screen_again(begin: Begin) -> None:
    terminal = begin()
    wait_for(terminal, lambda screen: "Kunstwerk nummer 1 " in screen, "the first headline")
    # What answers a key is no longer the first frame, which is drawn over.
    terminal.press("j")
    wait_for(terminal, _is_at_second, "the cursor at the second headline")
    terminal.settle()
    before, drawn = terminal.screen(), len(terminal.raw)
    # As by another program, or noise on the line.
    terminal.scribble("\x1b[2J")
    assert "Kunstwerk" not in terminal.screen()
    terminal.press("\x0c")
    wait_for(terminal, lambda screen: screen == before, "the screen as it was")
    assert b"Kunstwerk nummer 1 " in bytes(terminal.raw[drawn:])


def test_a_mark_survives_a_kill(start: Start) -> None:
    terminal = start(120, 40)
    wait_for(terminal, lambda screen: _FIRST in screen, "the first headline")
    terminal.press("s")
    wait_for(terminal, lambda screen: "★" in screen, "the saved mark")
    terminal.close()
    assert _marks(saved=True) == [True]


def test_hostile_news_never_reaches_the_terminal(start: Start, tmp_path: Path) -> None:
    page = tmp_path / "vijandig.html"
    page.write_text(
        "<html><body><h1>Brug &#27;]52;c;aGFsbG8=&#7;&#155;2J open[/] [@click=app.quit]nu[/]</h1>"
        "<p>GOES (ANP) - De &#27;[31mbrug &#8238;is weer open voor alle verkeer, meldt men.</p>"
        "</body></html>"
    )
    subprocess.run(
        [sys.executable, "-m", "reader", "import", str(page)], check=True, capture_output=True
    )
    terminal = start(120, 40)
    wait_for(terminal, lambda screen: "Brug" in screen, "the headline")
    terminal.press(_ENTER)
    screen = wait_for(terminal, lambda screen: "weer open voor" in screen, "the article")
    assert "[/] [@click=app.quit]nu[/]" in screen
    if isinstance(terminal, PtyTerminal):
        raw = terminal.raw.decode("utf-8", "replace")
        assert "]52;" not in raw
        assert not {"\x9b", "\u202e", "\x00"} & set(raw)


def test_quitting_leaves_the_terminal_as_it_was(start: Start) -> None:
    terminal = start(80, 24)
    wait_for(terminal, lambda screen: _FIRST in screen, "the first headline")
    terminal.press("q")
    wait_for_end(terminal)
    if isinstance(terminal, PtyTerminal):
        tail = bytes(terminal.raw[-4000:])
        assert b"\x1b[?1049l" in tail
        assert b"\x1b[?25h" in tail
        assert b"Traceback" not in bytes(terminal.raw)


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_a_closed_terminal_ends_the_program_even_without_a_hangup_signal(home: Path) -> None:
    recipe = home / "Makefile"
    recipe.write_text(f"run:\n\t{sys.executable} -m reader --offline\n")
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp("make", ["make", "--silent", "-f", str(recipe), "-C", str(_ROOT)])
    seen = b""
    while b"lenteweer" not in seen:
        seen += os.read(terminal, 65536)
    os.close(terminal)
    wait_until(lambda: os.waitpid(pid, os.WNOHANG)[0], "its end without a terminal")


def _marks(*, saved: bool) -> list[bool]:
    """Return the saved marks of the saved headlines, as another process sees them."""
    arguments = ["list", "--json", "--offline", *(["--saved"] if saved else [])]
    done = subprocess.run(
        [sys.executable, "-m", "reader", *arguments], check=True, capture_output=True, text=True
    )
    return [teaser["saved"] for teaser in json.loads(done.stdout)["teasers"]]
