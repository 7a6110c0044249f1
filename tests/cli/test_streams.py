"""Closed or full streams, interrupts at any moment, and text that is harmful to a terminal."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Call

_READER = [sys.executable, "-m", "reader"]
# Interrupts the program at the import of the module with this number after a certain one. It must
# import nothing that the program itself does.
_INTERRUPTING = """
import os, sys
left, begun = [int(os.environ["AT_IMPORT"])], []
def interrupt(event, details):
    if event != "import":
        return
    if details[0] == os.environ.get("FROM", "reader.cli.main"):
        begun.append(True)
    if begun:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), 2)
sys.addaudithook(interrupt)
"""
# Interrupts it in text that is executed, as when a dataclass is made.
_INTERRUPTING_TEXT = """
import os, signal, sys
def interrupt(event, details):
    if event == "sqlite3.connect":
        exec("os.kill(os.getpid(), signal.SIGINT)\\nfor _ in range(9): pass")
sys.addaudithook(interrupt)
"""


def _shell(command: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", command.replace("znreader", " ".join(_READER))],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **surroundings},
    )


@pytest.mark.parametrize("arguments", ["list", "list --json", "--help", "list --help", "--version"])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_what_cannot_be_printed_is_told_in_one_sentence(arguments: str, unbuffered: str) -> None:
    done = _shell(f"znreader {arguments} > /dev/full", PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "schijf is vol" in done.stderr


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("znreader list >&-", 0),
        ("znreader list 2>&-", 0),
        ("znreader list > /dev/full 2>&1", 1),
        ("znreader list --limit x 2> /dev/full", 2),
        ("znreader list --limit x 2>&-", 2),
        ("znreader sync --offline 2> /dev/full", 1),
        ("znreader man | true", 0),
    ],
)
def test_where_nothing_can_be_told_there_is_silence(command: str, status: int) -> None:
    done = _shell(command)
    assert (done.returncode, done.stderr) == (status, "")


@pytest.mark.parametrize("command", ["parse -", "mark - --read", "feeds import -"])
def test_what_is_read_from_closed_input_is_a_sentence(command: str) -> None:
    _shell("znreader list")
    done = _shell(f"znreader {command} <&-")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "znreader: De standaardinvoer is gesloten: er is niets om te lezen."
    ]


@pytest.mark.parametrize("number", [*range(1, 60, 3), *range(60, 400, 17)])
def test_an_interrupt_at_any_moment_of_the_start_is_silent(tmp_path: Path, number: int) -> None:
    (tmp_path / "sitecustomize.py").write_text(_INTERRUPTING)
    done = _shell("exec znreader list", PYTHONPATH=str(tmp_path), AT_IMPORT=str(number))
    assert done.stderr == ""
    # Of late ones the list is there already.
    assert done.returncode in ({130} if number < 30 else {0, 130})


@pytest.mark.parametrize("number", range(3, 9))
def test_an_interrupt_of_the_first_lines_is_silent(tmp_path: Path, number: int) -> None:
    (tmp_path / "sitecustomize.py").write_text(_INTERRUPTING)
    surroundings = {"PYTHONPATH": str(tmp_path), "AT_IMPORT": str(number)}
    done = _shell("exec znreader list", **surroundings, FROM="reader.cli.entry")
    assert (done.returncode, done.stderr) == (130, "")


def test_an_interrupt_while_the_screen_is_imported_is_silent(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(_INTERRUPTING)
    done = _shell("exec znreader", PYTHONPATH=str(tmp_path), AT_IMPORT="25")
    assert (done.returncode, done.stderr) == (130, "")


def test_an_interrupt_in_executed_text_has_the_status_of_one(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(_INTERRUPTING_TEXT)
    done = _shell("exec znreader list", PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stderr) == (130, "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["\x1b]52;c;aGFsbG8=\x07"],
        ["list", "--limit", "\x1b[31m3\x9b"],
        ["list", "\u202eabc\x1b[2J"],
    ],
)
def test_wrong_arguments_are_told_without_their_control_characters(
    znreader: Call, arguments: list[str]
) -> None:
    answer = znreader(*arguments)
    assert answer.status == 2
    assert "".join(answer.err.split("\n")).isprintable()


def test_the_settings_are_printed_without_control_characters(
    znreader: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "instel\x1b[31m\x9b\u202elingen"
    path = folder / "znreader" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(
        'site = "https://a\u009b31m.voorbeeld/"\nfollow = ["\\u001b]52;c;\\u0007"]\n'
        '"on\\u001b[31m" = 1\n[keys]\n"reading.save" = "\\u009b\\u202e"\n'
    )
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    for arguments in (["config"], ["config", "path"], ["doctor", "--offline"], ["list"]):
        answer = znreader(*arguments)
        assert "".join((answer.out + answer.err).split("\n")).isprintable()
    assert '"\\u009b\\u202e"' in znreader("config").out


def test_list_shows_the_signs_that_the_reader_shows(znreader: Call, page: Path) -> None:
    znreader("import", str(page))
    lines = znreader("list").out.splitlines()
    assert any(line.startswith("● Veerpont") for line in lines)
    assert any(line.startswith("○ Pontveer") for line in lines)


@pytest.mark.parametrize("command", ["import", "backup", "reparse", "prune"])
def test_a_quiet_command_says_nothing_of_a_good_run(
    znreader: Call, page: Path, tmp_path: Path, command: str
) -> None:
    znreader("import", str(page))
    arguments = {
        "import": [str(page)],
        "backup": [str(tmp_path / "kopie.sqlite3")],
        "reparse": [],
        "prune": ["--days", "10000"],
    }
    answer = znreader(command, *arguments[command], "--quiet")
    assert (answer.status, answer.out, answer.err) == (0, "", "")


def test_a_quiet_export_still_prints_what_was_asked_for(page: Path) -> None:
    subprocess.run([*_READER, "import", str(page)], check=True, capture_output=True)
    done = subprocess.run([*_READER, "export", "--quiet"], check=True, capture_output=True)
    assert json.loads(done.stdout.splitlines()[0])


def test_a_quiet_command_says_what_goes_wrong(znreader: Call, tmp_path: Path) -> None:
    answer = znreader("import", str(tmp_path / "geen.html"), "--quiet")
    assert (answer.status, answer.out) == (1, "")
    assert "geen.html" in answer.err
