"""The browser that a link opens in: the one that is named, or the first that can be started."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reader.errors import ReaderError
from reader.ui import browser
from reader.ui.browser import browsers, needs_terminal, open_page
from tests.patience import PATIENCE

_URL = "https://www.zeelandnet.nl/nieuws/veerpont-vaart-weer"


class _Terminal:
    """Counts how often it was lent."""

    lent = 0

    @contextmanager
    def lend(self) -> Iterator[None]:
        self.lent += 1
        yield


@pytest.fixture
def terminal() -> _Terminal:
    """Return a terminal to lend."""
    return _Terminal()


def _program(path: Path, status: int = 0) -> Path:
    """Make a program that notes its arguments beside it, and ends with this status."""
    path.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > "$0.saw"\nexit {status}\n')
    path.chmod(0o755)
    return path


def _seen(program: Path) -> str:
    return program.with_name(f"{program.name}.saw").read_text()


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "_AT_ONCE", PATIENCE)


async def test_a_browser_that_fails_gives_way_to_the_next(
    tmp_path: Path, terminal: _Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, sound = _program(tmp_path / "stuk", 3), _program(tmp_path / "heel")
    monkeypatch.setenv("BROWSER", f"/nergens/browser:{broken}:{sound} --tab=%s")
    await open_page(_URL, terminal.lend)
    assert _seen(broken) == f"{_URL}|"
    assert _seen(sound) == f"--tab={_URL}|"
    assert not terminal.lent


async def test_a_text_browser_has_the_terminal(
    tmp_path: Path, terminal: _Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    lynx = _program(tmp_path / "lynx")
    monkeypatch.setenv("BROWSER", f"{lynx} -nocolor")
    await open_page(_URL, terminal.lend)
    assert _seen(lynx) == f"-nocolor|{_URL}|"
    assert terminal.lent == 1


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("{folder}/stuk", "browser_failed"),
        ("{folder}/w3m", "browser_failed"),
        ("/nergens/browser", "browser_unusable"),
        ("/nergens/lynx", "browser_unusable"),
        ("{folder}/stuk 'tab", "command_unreadable"),
    ],
)
async def test_why_no_browser_opens_is_told(
    tmp_path: Path, terminal: _Terminal, monkeypatch: pytest.MonkeyPatch, named: str, code: str
) -> None:
    for name in ("stuk", "w3m"):
        _program(tmp_path / name, 3)
    monkeypatch.setenv("BROWSER", named.format(folder=tmp_path))
    with pytest.raises(ReaderError, match=code):
        await open_page(_URL, terminal.lend)


async def test_an_address_that_is_no_page_starts_nothing(
    tmp_path: Path, terminal: _Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = _program(tmp_path / "browser")
    monkeypatch.setenv("BROWSER", str(program))
    with pytest.raises(ReaderError, match="no_browser"):
        await open_page("file:///etc/hosts", terminal.lend)
    assert not program.with_name("browser.saw").exists()


def test_without_a_name_the_usual_ones_that_are_there_are_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("lynx", "w3m", "firefox", "wslview"):
        _program(tmp_path / name)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setitem(os.environ, "PATH", str(tmp_path))
    assert browsers({}) == [["lynx"], ["w3m"]]
    assert browsers({"BROWSER": " : "}) == [["lynx"], ["w3m"]]
    assert browsers({"DISPLAY": ":0"}) == [["wslview"], ["firefox"], ["lynx"], ["w3m"]]
    assert browsers({"WSL_DISTRO_NAME": "Debian"}) == [["wslview"], ["lynx"], ["w3m"]]


@pytest.mark.parametrize(
    ("command", "draws"),
    [
        (["/usr/bin/lynx", "-nocolor"], True),
        (["env", "LANG=C", "w3m"], True),
        (["sh", "-c", "exec elinks %s"], True),
        (["firefox", "--profile", "lynx"], False),
    ],
)
def test_what_draws_on_the_terminal_is_known_by_its_name(command: list[str], draws: bool) -> None:
    assert needs_terminal(command) == draws
