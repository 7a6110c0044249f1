"""README and docs: every command runs, every settings file loads, nothing is stale.

Commands run with a home of their own, against the stand-in site, after one sync of it. A shell runs
what is more than a command, as far as its programs are there. `URL` stands for an article. What
installs or builds is only looked up, for it takes a network or long: see `_LOOKED_UP`.
"""

import argparse
import io
import os
import pty
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from select import select

import pytest

from reader.cli.main import main
from reader.cli.parser import whole_parser
from reader.config import load_settings
from tests.cli.conftest import PAGE
from tests.docs import DOCS, documents
from tests.patience import LOOK, PATIENCE
from tests.site import Site, make_edition

_ROOT = DOCS.parent
_PAGES = [_ROOT / "README.md", _ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]
_BLOCK = re.compile(r"^```(sh|crontab|toml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CRON = re.compile(r"^([\d*/,-]+ ){5}")
_SHELL = re.compile(r"[|>$&]")
_NOW = datetime.now(UTC).replace(microsecond=0)
_OLD = "2024-03-14T15:20:00Z"
# `pipx` and `uv` fetch packages from an index; `make` builds an environment, or runs this suite.
_LOOKED_UP = ("pipx", "uv", "make")


def _blocks(page: Path, *kinds: str) -> Iterator[str]:
    for kind, text in _BLOCK.findall(page.read_text(encoding="utf-8")):
        if kind in kinds:
            yield text


def _commands(page: Path) -> list[str]:
    """Return what a document shows to be typed, without schedules and comments."""
    lines = (line for block in _blocks(page, "sh", "crontab") for line in block.splitlines())
    bare = (re.sub(r"\s+# .*$", "", _CRON.sub("", line)) for line in lines)
    return [line for line in bare if line.strip()]


def _ids(path: Path) -> str:
    return path.stem


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """Run the stand-in with a small edition."""
    with Site(make_edition(7, 12, _NOW), clock=lambda: _NOW) as running:
        yield running


@pytest.fixture
def world(
    site: Site, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """Make a folder with all that the documents name, and go there; return what `URL` means."""
    config = home / ".config" / "znreader" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(
        f'site = "{site.url}"\nsync = "key"\nsync_folder = "{home / "Sync"}"\n', encoding="utf-8"
    )
    (tmp_path / "saved-page.html").write_text(PAGE, encoding="utf-8")
    outline = '<outline text="Haven" xmlUrl="https://haven.invalid/rss"/>'
    (tmp_path / "feeds.opml").write_text(f"<opml><body>{outline}</body></opml>", encoding="utf-8")
    (tmp_path / "urls").write_text("https://strand.invalid/rss Kust\n", encoding="utf-8")
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "znreader").write_text(f'#!/bin/sh\nexec {sys.executable} -m reader "$@"\n')
    (programs / "znreader").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", f"{_ROOT}:{os.environ.get('PYTHONPATH', '')}")
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.chdir(tmp_path)
    assert main(["sync"]) == 0
    assert main(["import", "saved-page.html", "--at", _OLD]) == 0

    return {"URL": f"{site.url}{site.edition.items[0].path}"}


@pytest.mark.parametrize("page", [page for page in _PAGES if _commands(page)], ids=_ids)
def test_every_command_of_a_document_runs(
    world: dict[str, str],
    page: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Nobody answers a dialogue.
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    for line in _commands(page):
        command = re.sub(r"\bURL\b", world["URL"], line)
        words = shlex.split(command)
        if words[0] in _LOOKED_UP:
            _look_up(words)
        elif _SHELL.search(line):
            _run_in_shell(command)
        elif words in (["znreader"], ["znreader", "--offline"]):
            _read_and_quit(words)
        else:
            assert words[0] == "znreader", line
            assert main(words[1:]) == 0, f"{line}: {capsys.readouterr().err}"


def _look_up(words: list[str]) -> None:
    if words[0] == "make":
        makefile = (_ROOT / "Makefile").read_text(encoding="utf-8")
        assert re.search(rf"^([\w-]+ )*{words[1]}( [\w-]+)*:", makefile, re.MULTILINE), words
    else:
        assert words[-1] == "."
        assert "[project.scripts]\nznreader =" in (_ROOT / "pyproject.toml").read_text("utf-8")


def _run_in_shell(command: str) -> None:
    """Run a line of several programs up to the first that is not there."""
    parts = command.split(" | ")
    there = [
        shutil.which(part.split()[0]) is not None or part.startswith("eval ") for part in parts
    ]
    known = parts[: there.index(False)] if False in there else parts
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", " | ".join(known)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), command


def _read_and_quit(words: list[str]) -> None:
    """Open the reader on a terminal, wait for headlines, and quit it by its key."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp(words[0], words)
    shown, deadline, status = b"", time.monotonic() + PATIENCE, None
    while status is None and time.monotonic() < deadline:
        if select([terminal], [], [], 0.05)[0]:
            try:
                shown += os.read(terminal, 65536)
            except OSError:
                # The program has closed the terminal.
                time.sleep(LOOK)
        if b"\x1b[?1049h" in shown:
            os.write(terminal, b"q")
            shown = b""
        ended, code = os.waitpid(pid, os.WNOHANG)
        status = code if ended else None
    if status is None:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    os.close(terminal)
    assert status == 0, words


@pytest.mark.parametrize("page", [page for page in _PAGES if [*_blocks(page, "toml")]], ids=_ids)
def test_every_settings_file_of_a_document_loads(page: Path, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    for text in _blocks(page, "toml"):
        path.write_text(text, encoding="utf-8")
        assert load_settings(path).problems == ()


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.name))
def test_what_comes_from_tables_is_up_to_date(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == documents()[path], "`make docs` writes it anew"


@pytest.mark.parametrize("page", _PAGES, ids=_ids)
def test_every_file_that_a_document_points_to_is_there(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def _with_option(option: str) -> set[str]:
    """Return the commands and actions that take an option, such as `feeds suggest`."""
    found = set()
    for name, (_, command) in whole_parser().commands().items():
        has = option in {each for argument in command.arguments() for each in _options(argument)}
        found |= {name} if has else set()
        for action, (_, parser) in command.commands().items():
            # The action without a name is that of the command itself.
            if action != "list" and any(option in _options(each) for each in parser.arguments()):
                found.add(f"{name} {action}")
    return found


def _options(argument: argparse.Action) -> Sequence[str]:
    return argument.option_strings


@pytest.mark.parametrize("option", ["--json", "--events"])
def test_the_document_for_scripts_names_every_command_with_an_option(option: str) -> None:
    """Compare the sentences with this option with the parser."""
    text = (DOCS / "scripting.md").read_text(encoding="utf-8")
    (sentence,) = re.findall(rf"(?:^|\. )((?:[^.]|\n(?!\n))*?) (?:take|have) `{option}`", text)
    named = set(re.findall(r"`([a-z ]+)`", sentence.rpartition("\n\n")[2]))
    # A sync is named by the example.
    missing = {"sync"} if option == "--events" else set()
    assert named | missing == _with_option(option)
