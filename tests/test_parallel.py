"""Work in other processes: in order, bounded, and ended with the process that started it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count, islice
from operator import neg
from pathlib import Path

import pytest

from reader import parallel
from reader.errors import ReaderError, UnreadablePage
from reader.parallel import parallel_map
from tests.cli.conftest import AT, PAGE
from tests.patience import LOOK, PATIENCE

_ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def two_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have two processes also where the machine has one."""
    monkeypatch.setattr(parallel, "_PROCESSES", 2)


def refuse(number: int) -> int:
    """Refuse one of the tasks."""
    if number == 30:
        raise UnreadablePage("30")
    return number


def vanish(status: int) -> None:
    """End the process at once."""
    os._exit(status)


def test_results_come_in_order_and_few_tasks_are_taken_ahead() -> None:
    taken = count()
    tasks = (each for each, _ in zip(range(1000), taken, strict=False))
    results = parallel_map(neg, tasks)
    assert list(islice(results, 50)) == [-each for each in range(50)]
    assert next(taken) < 60


def test_an_error_and_a_process_that_is_gone_reach_the_one_that_asked() -> None:
    with pytest.raises(UnreadablePage, match="30"):
        list(parallel_map(refuse, range(40)))
    with pytest.raises(ReaderError, match="process_ended"):
        list(parallel_map(vanish, range(40)))


@pytest.fixture
def importing(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Run an import of many pages, with a group of processes of its own, that has told one."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(2000):
        page = PAGE.replace("Veerpont", f"Veerpont {number}")
        (folder / f"{number:04}.html").write_text(page)
    code = (
        "import sys; from reader import parallel; from reader.cli.main import main\n"
        "parallel._PROCESSES = 2\n"
        "if __name__ == '__main__': sys.exit(main())"
    )
    script = tmp_path / "script.py"
    script.write_text(code)
    with subprocess.Popen(
        [sys.executable, str(script), "import", "--at", AT, str(folder)],
        cwd=_ROOT, env={**os.environ, "PYTHONPATH": str(_ROOT), "ZNREADER_DATA": str(tmp_path)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stdout
        assert "0000.html: nieuw" in process.stdout.readline()
        yield process


def wait_for_group(number: int) -> None:
    """Wait until no process of a group is left."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            os.killpg(number, 0)
        except ProcessLookupError:
            return
        time.sleep(LOOK)
    os.killpg(number, signal.SIGKILL)
    pytest.fail("a process is left")


def test_ctrl_c_ends_an_import_with_all_that_helps_it(
    importing: subprocess.Popen[str],
) -> None:
    os.killpg(importing.pid, signal.SIGINT)
    _, complaints = importing.communicate(timeout=PATIENCE)
    assert (importing.returncode, complaints) == (130, "")
    wait_for_group(importing.pid)


def test_a_kill_leaves_no_helper_behind(importing: subprocess.Popen[str]) -> None:
    importing.kill()
    importing.wait()
    wait_for_group(importing.pid)
