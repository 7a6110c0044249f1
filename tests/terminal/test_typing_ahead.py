"""Keys in one burst, before the screen has reacted to the first of them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.store import Store
from tests.measured import measured
from tests.store.builders import hours_old, linked, listing
from tests.terminal.conftest import PtyTerminal, wait_for

_TITLES = [f"Kunstwerk nummer {number} krijgt een plek" for number in range(1, 40)]
_TITLES[20] = "Nieuwe haven voor de vissers van het eiland"


@pytest.fixture
def terminal(home: Path) -> Iterator[PtyTerminal]:
    """Start the program on some headlines."""
    settings = home / ".config" / "znreader" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("offline = true\n")
    teasers = [linked(title, section="Sport", age=hours_old(n)) for n, title in enumerate(_TITLES)]
    with Store(home / "data" / "cache.sqlite3") as library:
        library.pages.add(listing(*teasers))
    environment = {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        **measured(),
        "LANG": "C.UTF-8",
        "LC_ALL": "en_GB.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "ZNREADER_DATA": str(home / "data"),
    }
    terminal = PtyTerminal(120, 40, environment)
    yield terminal
    terminal.close()


def _is_ready(screen: str) -> bool:
    return "Kunstwerk nummer 1 " in screen


def _cursor_on(number: int, screen: str) -> bool:
    return any(line.startswith("▌") and f"nummer {number} " in line for line in screen.splitlines())


def test_a_burst_goes_where_the_keys_before_it_lead(terminal: PtyTerminal) -> None:
    wait_for(terminal, _is_ready, "the headlines")
    terminal.press("/haven")
    wait_for(
        terminal, lambda screen: "/ haven " in screen and " 1 hit" in screen, "all of the query"
    )
    terminal.press("\x1b")
    wait_for(terminal, lambda screen: "1 hit" not in screen, "the list again")
    # The filter narrows the list, the first match is opened, and one goes back to the list.
    terminal.press("\\haven\r\rhjj")
    wait_for(
        terminal,
        lambda screen: (
            "\\ haven " in screen
            and "1 of 39" in screen
            and "haven voor de vissers van het eiland" in screen
        ),
        "the filtered list beside the opened match",
    )
    terminal.press("\x1b")
    wait_for(terminal, lambda screen: _cursor_on(1, screen), "the list as it was")
    # Down in the list, an article, back in the list and on, and of the next article the end.
    terminal.press("jjj\rhjjggjj\rGhj")
    wait_for(terminal, lambda screen: _cursor_on(4, screen), "the cursor where the keys lead")
    terminal.press("j" * 200 + "gg12j")
    wait_for(terminal, lambda screen: _cursor_on(13, screen), "no key lost of many")
    terminal.press("?browser")
    wait_for(
        terminal,
        lambda screen: "in the browser" in screen and "Leave the reader" not in screen,
        "the help",
    )
