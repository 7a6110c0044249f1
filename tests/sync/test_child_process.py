"""Child processes: their events arrive, and none outlives the task that waits for it."""

import asyncio
import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.config import Settings
from reader.errors import ReaderError, reason
from reader.events import Done, Event, Failed, Progress, Started, Stopped, Stored, to_line
from reader.sync.child_process import Child
from tests.patience import LOOK, PATIENCE, wait_for_end

_ROOT = Path(__file__).parents[2]
# A script that ends once its priority is lower than a given one.
_UNTIL_LOWER_THAN = """
while os.getpriority(os.PRIO_PROCESS, 0) <= {}:
    time.sleep(0.01)
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings without a settings file."""
    return Settings(tmp_path / "cache.sqlite3", tmp_path / "config.toml", "http://127.0.0.1:9/")


def child_of(settings: Settings, script: str) -> Child:
    """Return a child that runs `script` with the arguments it would give to this program."""
    path = settings.cache_path.with_name("script.py")
    path.write_text(f"import json, os, signal, sys, time\n{script}", encoding="utf-8")
    return Child(settings, (sys.executable, "-u", str(path)))


def saying(*events: Event) -> str:
    return f"print({chr(10).join(map(to_line, events))!r})\n"


async def _wait_for(path: Path) -> int:
    deadline = time.monotonic() + PATIENCE
    while not (path.exists() and path.read_text()):
        assert time.monotonic() < deadline, "the child never started"
        await asyncio.sleep(LOOK)
    return int(path.read_text())


async def test_events_arrive_in_order_and_as_they_were_told(settings: Settings) -> None:
    events = (
        Started(3),
        Stored("http://127.0.0.1:9/é", "article", 1),
        Progress(1, 3, 1, 0),
        Failed("http://127.0.0.1:9/b", reason("no_answer")),
        Done(
            requests=3,
            reached=True,
            failures=(Failed("http://127.0.0.1:9/b", reason("no_answer")),),
        ),
    )
    told: list[Event] = []
    await child_of(settings, saying(*events)).sync(told.append)
    assert told == list(events)


async def test_events_arrive_while_the_child_goes_on(settings: Settings) -> None:
    child = child_of(settings, saying(Started(3)) + "time.sleep(60)")
    first = asyncio.Event()
    task = asyncio.create_task(child.sync(lambda _event: first.set()))
    async with asyncio.timeout(PATIENCE):
        await first.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


@pytest.mark.parametrize(
    ("everything", "url", "expected"),
    [
        (False, None, ["sync", "--events"]),
        (True, None, ["sync", "--events", "--all"]),
        (False, "http://x/a", ["fetch", "http://x/a", "--events"]),
    ],
)
async def test_the_options_of_this_run_reach_the_child(
    settings: Settings, everything: bool, url: str | None, expected: list[str]
) -> None:
    settings.config_path.write_text("")
    seen = settings.cache_path.with_name("seen")
    child = child_of(
        replace(settings, offline=True),
        f"print(json.dumps(sys.argv[1:]), file=open({str(seen)!r}, 'w'))",
    )
    if url:
        await child.fetch(url, lambda _event: None)
    else:
        await child.sync(lambda _event: None, everything=everything)
    options = ["--online", "--site", "http://127.0.0.1:9/", "--config", str(settings.config_path)]
    assert seen.read_text().strip() == str(options + expected).replace("'", '"')


async def test_a_settings_file_that_is_not_there_is_not_asked_for(settings: Settings) -> None:
    seen = settings.cache_path.with_name("seen")
    child = child_of(settings, f"print(sys.argv[1:], file=open({str(seen)!r}, 'w'))")
    await child.import_sample()
    assert "'import'" in seen.read_text()
    assert "--config" not in seen.read_text()


async def test_garbage_between_the_events_is_ignored(settings: Settings) -> None:
    garbage = (
        "print('Traceback (most recent call last)')\n"
        'print(\'{"event": "progress"}\\n[1, 2]\\nnull\\n{}\\n\\n\')\n'
        "sys.stdout.buffer.write(b'\\xff\\xfe\\x00\\x1b]52;c;eA==\\x07\\n')\n"
        "print('x' * 3_000_000)\n"
    )
    told: list[Event] = []
    script = saying(Started(1)) + garbage + saying(Done(reached=True))
    await child_of(settings, script).sync(told.append)
    assert told == [Started(1), Done(reached=True)]


async def test_a_run_that_could_not_be_done_fails_with_its_code_and_arguments(
    settings: Settings,
) -> None:
    why = reason("cache_busy", place="/x/cache.sqlite3", task="written")
    with pytest.raises(ReaderError) as failed:
        await child_of(settings, saying(Stopped(why)) + "sys.exit(1)").import_sample()
    assert failed.value.reason == why


async def test_a_failure_without_a_result_is_its_last_sentence(settings: Settings) -> None:
    script = "print('gone', file=sys.stderr)\nsys.exit('znreader: the cache is locked')"
    with pytest.raises(ReaderError, match="the cache is locked"):
        await child_of(settings, script).sync(lambda _event: None)


async def test_a_program_that_was_removed_meanwhile_is_told_as_the_reason(
    settings: Settings,
) -> None:
    child = Child(settings, (str(settings.cache_path.with_name("python")),))
    with pytest.raises(ReaderError, match="child_unstarted") as caught:
        await child.place_stories()
    assert caught.value.arguments == {"cause": reason("os", errno=errno.ENOENT)}


async def test_a_failure_without_a_word_is_a_sentence_too(settings: Settings) -> None:
    with pytest.raises(ReaderError, match="child_silent"):
        await child_of(settings, "os.kill(os.getpid(), signal.SIGKILL)").import_sample()


async def test_a_failure_with_a_result_is_the_result(settings: Settings) -> None:
    told: list[Event] = []
    script = saying(Done(requests=1)) + "sys.exit('znreader: nothing could be fetched')"
    await child_of(settings, script).sync(told.append)
    assert told == [Done(requests=1)]


async def test_a_child_that_complains_without_end_does_not_stop(settings: Settings) -> None:
    script = "sys.stderr.write('tut ' * 500_000)\n" + saying(Done(reached=True))
    told: list[Event] = []
    async with asyncio.timeout(PATIENCE):
        await child_of(settings, script).sync(told.append)
    assert told == [Done(reached=True)]


async def test_cancelling_kills_a_child_that_would_not_end_if_asked(settings: Settings) -> None:
    note, asked = (settings.cache_path.with_name(name) for name in ("pid", "asked"))
    child = child_of(
        settings,
        f"def was_asked(*_): open({str(asked)!r}, 'w')\n"
        "for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):\n"
        "    signal.signal(number, was_asked)\n"
        f"print(os.getpid(), file=open({str(note)!r}, 'w'), flush=True)\n"
        "while True:\n    time.sleep(60)\n",
    )
    task = asyncio.create_task(child.sync(lambda _event: None))
    pid = await _wait_for(note)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    # The reader waits only a moment for what it has killed.
    await wait_for_end(pid)
    assert not asked.exists()


async def test_cancelling_before_the_child_has_started_leaves_none(settings: Settings) -> None:
    task = asyncio.create_task(child_of(settings, "time.sleep(60)").sync(lambda _event: None))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="the platform has no priorities")
async def test_a_child_leaves_the_processor_to_the_screen(settings: Settings) -> None:
    own = os.getpriority(os.PRIO_PROCESS, 0)
    async with asyncio.timeout(PATIENCE):
        await child_of(settings, _UNTIL_LOWER_THAN.format(own)).import_sample()


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="the platform has no priorities")
def test_the_child_of_a_reader_of_low_priority_is_lower_still(settings: Settings) -> None:
    script = settings.cache_path.with_name("script.py")
    script.write_text(f"import os, time\n{_UNTIL_LOWER_THAN.format(10)}", encoding="utf-8")
    reader = f"""
import asyncio, os, sys
from pathlib import Path
from reader.config import Settings
from reader.sync.child_process import Child
from tests.patience import LOOK, PATIENCE, wait_for_end
os.setpriority(os.PRIO_PROCESS, 0, 10)
settings = Settings(Path("cache.sqlite3"), Path("config.toml"), "http://127.0.0.1:9/")
asyncio.run(Child(settings, (sys.executable, {str(script)!r})).import_sample())
"""
    subprocess.run([sys.executable, "-c", reader], check=True, cwd=_ROOT, timeout=PATIENCE)
