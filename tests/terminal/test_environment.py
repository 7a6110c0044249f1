"""The environment: sizes, colours, signs, the clipboard and the browser."""

import re
import sys
from pathlib import Path

import pytest

from tests.terminal.conftest import Begin, PtyTerminal, wait_for, wait_for_notice

_COLOUR = re.compile(rb"\x1b\[(?:[0-9:;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:[;:][0-9:;]*)?m")
_URL = "https://www.zeelandnet.nl/nieuws/"


def _ready(terminal: PtyTerminal) -> str:
    return wait_for(
        terminal,
        lambda screen: "nummer 1 " in screen and "?" in screen.splitlines()[-1],
        "the headlines",
    )


def test_an_exported_size_is_not_believed_over_the_terminal(begin: Begin) -> None:
    terminal = begin(COLUMNS="200", LINES="60")
    screen = _ready(terminal)
    assert any("▌" in line for line in screen.splitlines())
    # The cursor is never put beyond the terminal, and its last line is in use.
    rows = {int(row) for row in re.findall(rb"\x1b\[(\d+);\d+H", bytes(terminal.raw))}
    assert max(rows) <= 24


@pytest.mark.parametrize("locale", [{"LANG": "C"}, {"LANG": "POSIX"}, {"LANG": None}])
def test_a_terminal_without_a_locale_gets_plain_signs(
    begin: Begin, locale: dict[str, str | None]
) -> None:
    terminal = begin(**locale)
    screen = _ready(terminal)
    assert screen.isascii()
    assert bytes(terminal.raw).isascii()


def test_without_colours_there_are_no_greys_either(begin: Begin) -> None:
    terminal = begin(NO_COLOR="1")
    _ready(terminal)
    terminal.press("\r")
    wait_for(terminal, lambda screen: "haven" in screen, "the article's pane")
    assert not _COLOUR.search(bytes(terminal.raw))


def test_an_empty_no_color_says_nothing(begin: Begin) -> None:
    terminal = begin(NO_COLOR="")
    _ready(terminal)
    assert _COLOUR.search(bytes(terminal.raw))


def test_a_console_without_a_clipboard_says_so_instead_of_copying(begin: Begin) -> None:
    terminal = begin(TERM="linux")
    _ready(terminal)
    terminal.press("y")
    wait_for_notice(terminal, "geen klembord")
    assert b"\x1b]52" not in terminal.raw


def _script(path: Path, *lines: str) -> Path:
    path.write_text("\n".join([f"#!{sys.executable}", "import os, sys, time", *lines]) + "\n")
    path.chmod(0o755)
    return path


def test_a_browser_is_named_with_its_path_and_arguments(begin: Begin, home: Path) -> None:
    seen = home / "seen"
    browser = _script(home / "mijn browser", f"open({str(seen)!r}, 'w').write(repr(sys.argv[1:]))")
    terminal = begin(BROWSER=f"/nergens/browser:'{browser}' --nieuw 'tab %s'")
    _ready(terminal)
    terminal.press("o")
    wait_for_notice(terminal, "Geopend in de browser")
    new, tab = eval(seen.read_text())  # noqa: S307 - what the script above wrote
    assert new == "--nieuw"
    assert tab.startswith("tab http")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (None, "kan niet worden gestart"),
        ("exit 3", "mislukte met status 3"),
    ],
)
def test_what_cannot_be_started_or_fails_at_once_is_told_and_the_address_copied(
    begin: Begin, home: Path, line: str | None, said: str
) -> None:
    browser = home / "bladeraar"
    if line is not None:
        # A shell is there at once: what runs longer counts as started.
        browser.write_text(f"#!/bin/sh\n{line}\n")
        browser.chmod(0o755)
    terminal = begin(BROWSER=f"{browser} --tab")
    _ready(terminal)
    terminal.press("o")
    wait_for_notice(terminal, said)
    assert b"\x1b]52;c;" in terminal.raw


def test_where_nothing_can_be_copied_the_address_is_shown(begin: Begin, home: Path) -> None:
    terminal = begin(BROWSER=str(home / "geen"), TERM="linux")
    _ready(terminal)
    terminal.press("o")
    wait_for_notice(terminal, "http")
    assert b"\x1b]52" not in terminal.raw


def test_a_quote_that_is_not_closed_is_told(begin: Begin) -> None:
    terminal = begin(BROWSER="'firefox %s")
    _ready(terminal)
    terminal.press("o")
    wait_for_notice(terminal, "BROWSER")


def test_a_text_browser_has_the_terminal_until_it_ends(begin: Begin, home: Path) -> None:
    browser = _script(
        home / "lynx",
        "print('TEKST VAN', sys.argv[1], flush=True)",
        "line = input()",
        "open(os.path.join(os.path.dirname(__file__), 'typed'), 'w').write(line)",
    )
    terminal = begin(BROWSER=str(browser))
    before = terminal.attributes()
    _ready(terminal)
    terminal.press("o")
    wait_for(terminal, lambda screen: "TEKST VAN http" in screen, "the browser's own text")
    assert terminal.attributes() == before
    assert bytes(terminal.raw).rstrip().rfind(b"\x1b[?1049l") > terminal.raw.rfind(b"\x1b[?1049h")
    terminal.press("jjj\r")
    wait_for_notice(terminal, "Geopend in de browser")
    wait_for(terminal, lambda screen: "nummer 1 " in screen, "the reader")
    assert (home / "typed").read_text() == "jjj"
    terminal.press("j")
    wait_for(
        terminal,
        lambda screen: any("▌" in line and "nummer 2 " in line for line in screen.splitlines()),
        "an answer to a key",
    )
