"""Completion scripts in the real shells, and the manual page in the real troff."""

import os
import pty
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from select import select

import pytest

from tests.patience import PATIENCE

from .conftest import Call

# The typed text, an offered completion, and one that must not be offered.
_ASKED = [
    ("znreader s", "sync", "prune"),
    ("znreader list --un", "--unread", "--saved"),
    ("znreader sync --", "--pages", "--limit"),
    ("znreader completion f", "fish", "--config"),
    ("znreader backup nie", "nieuws.sqlite3", "--force"),
]


def _in_bash(script: Path, typed: str) -> str:
    code = (
        'source "$1"; read -ra COMP_WORDS <<< "$2"; COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); '
        '_shtab_znreader; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    return _output("bash", "--norc", "-c", code, "bash", str(script), typed)


def _in_fish(script: Path, typed: str) -> str:
    return _output("fish", "--no-config", "-c", f"source {script}; complete -C '{typed}'")


def _in_zsh(script: Path, typed: str) -> str:
    """Return what a zsh on a terminal shows when Tab is pressed twice behind what was typed."""
    setup = f'autoload -Uz compinit; compinit -u -D; eval "$(<{script})"; PS1=rea""dy'
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "dumb"
        os.execvp("zsh", ["zsh", "-f", "-i"])
    try:
        os.write(terminal, f"{setup}\n".encode())
        _read_until(terminal, "ready")
        os.write(terminal, f"{typed}\t\t".encode())
        # Keys after Tab are read once the completion is shown.
        os.write(terminal, b'\x15print do""ne\n')
        return _read_until(terminal, "done")
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)


def _read_until(terminal: int, word: str) -> str:
    """Return what a terminal shows until a word is there."""
    deadline, seen = time.monotonic() + PATIENCE, ""
    while time.monotonic() < deadline and word not in seen:
        if select([terminal], [], [], 0.05)[0]:
            seen += os.read(terminal, 65536).decode(errors="replace")
    return seen


def _output(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert not done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("shell", "ask"), [("bash", _in_bash), ("zsh", _in_zsh), ("fish", _in_fish)]
)
def test_a_shell_completes_commands_options_and_files(
    znreader: Call,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    shell: str,
    ask: Callable[[Path, str], str],
) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    script = tmp_path / "completion"
    script.write_text(znreader("completion", shell).out)
    (tmp_path / "nieuws.sqlite3").touch()
    monkeypatch.chdir(tmp_path)
    for typed, offered, other in _ASKED:
        shown = ask(script, typed)
        assert offered in shown, typed
        assert other not in shown, typed


def test_an_unknown_shell_is_wrong_usage(znreader: Call) -> None:
    answer = znreader("completion", "ksh")
    assert answer.status == 2
    assert "bash" in answer.err


def test_the_manual_page_has_every_command_option_and_setting(znreader: Call) -> None:
    page = znreader("man").out.replace("\\-", "-")
    for word in ("sync", "--unread", "config", "completion", "retain_days", "ZNREADER_DATA", "130"):
        assert word in page


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
def test_the_manual_page_is_set_without_a_warning(znreader: Call) -> None:
    done = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8", "-P-c"],
        input=znreader("man").out,
        capture_output=True,
        text=True,
        check=True,
    )
    assert not done.stderr
    assert "read  the news of ZeelandNet" in done.stdout
