"""Programs in the settings run silently, with a time limit, and their failures are reported."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reader.errors import ReaderError
from reader.programs import run_silently
from tests.said import said


def test_a_program_that_leaves_a_child_behind_has_ended_well(tmp_path: Path) -> None:
    number = tmp_path / "child"
    # The child has the standard error of the program for as long as it runs.
    run_silently(("sh", "-c", 'sleep 300 & echo $! > "$1"', "--", str(number)), 60, "[notify]")
    os.kill(int(number.read_text()), signal.SIGKILL)


def test_of_what_it_complains_the_last_line_is_told() -> None:
    code = "import sys; sys.stderr.write('x' * 9_000_000 + '\\nvol\\n'); sys.exit(3)"
    with pytest.raises(ReaderError) as failure:
        run_silently((sys.executable, "-c", code), 60, "[notify]")
    assert failure.value.reason.arguments["detail"] == "vol"
    assert failure.value.reason.arguments["status"] == 3
    assert "change [notify] in the settings" in said(failure.value.reason)


@pytest.mark.parametrize("argument", ["a\0b", "\ud800"])
def test_an_argument_that_no_program_can_be_given_is_told_in_a_sentence(argument: str) -> None:
    with pytest.raises(ReaderError) as failure:
        run_silently(("true", argument), 60, "[notify]")
    assert "a character that no program can be given" in said(failure.value.reason)


def test_an_interruption_ends_the_program_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    wait = subprocess.Popen.wait

    def interrupted(child: subprocess.Popen[bytes], timeout: float | None = None) -> int:
        if timeout is None:
            return wait(child)
        select.select([reading], [], [])
        assert os.read(reading, 10) == b"begun\n"
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess.Popen, "wait", interrupted)
    script = 'exec 3>"$1"; sleep 300 & echo begun >&3; wait'
    with pytest.raises(KeyboardInterrupt):
        run_silently(("sh", "-c", script, "--", str(pipe)), 60, "[notify]")
    # A pipe ends when all that have it open for writing have ended.
    select.select([reading], [], [])
    assert os.read(reading, 1) == b""
    os.close(reading)
