"""Runs this program's own commands as child processes, so the screen never fetches or parses."""

import asyncio
import os
import subprocess
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable, Sequence
from contextlib import suppress

from reader.config import Settings
from reader.config.feeds import FollowedFeed
from reader.errors import ReaderError, os_reason
from reader.events import Done, Event, Stopped, from_line
from reader.files import may_exist

Tell = Callable[[Event], None]

# Without the current folder on the path, which may contain another module called `reader`.
_PROGRAM = (sys.executable, "-P", "-m", "reader")
# By how much the child's niceness exceeds the reader's; the system caps the sum at 19.
_NICER = 10
# In bytes: an event may list every failure of a run; a complaint is one line.
_MAX_LINE = 1_000_000
_MAX_COMPLAINT = 4_000
# In seconds: the time for a finished child to end by itself, and for a killed one to disappear.
_TO_END = 5.0
_TO_DIE = 0.2


class Child:
    """Runs commands with the options of this program, each in a process of low priority.

    Cancelling a method kills its process at once. Each raises ReaderError if its process failed
    without reporting a result, with the reason that the process gave, or else its last line.
    """

    def __init__(self, settings: Settings, program: Sequence[str] = _PROGRAM) -> None:
        self._program = tuple(program)
        # The screen itself decides whether it is offline, as this can change while it runs.
        self._options = ["--online", "--site", settings.site]
        if may_exist(settings.config_path):
            self._options += ["--config", str(settings.config_path)]

    async def import_sample(self) -> None:
        """Import the sample edition into the cache."""
        await self._run(_ignore, "import", "--sample", "--events")

    async def sync(self, tell: Tell, *, everything: bool = False) -> None:
        """Sync; with `everything`, also fetch each article that is not offline."""
        await self._run(tell, "sync", "--events", *(["--all"] if everything else []))

    async def fetch(self, url: str, tell: Tell, *, accepted: bool = False) -> None:
        """Fetch one article; with `accepted`, store the site's text even if it is worse."""
        await self._run(tell, "fetch", url, "--events", *(["--accept"] if accepted else []))

    async def exchange(self, *, offline: bool = False) -> None:
        """Exchange marks with the other machines; with `offline`, without the user's commands."""
        await self._run(_ignore, "exchange", "--events", *(["--offline"] if offline else []))

    def exchange_alone(self, *, offline: bool = False) -> None:
        """Exchange marks in a process that outlives this one; the result is not reported."""
        more = ["--offline"] if offline else []
        with suppress(OSError):
            subprocess.Popen(
                [*self._program, *self._options, "exchange", "--quiet", *more],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )

    async def add_feed(self, feed: FollowedFeed, tell: Tell) -> None:
        """Follow a feed, or the one that the page at its address offers, and fetch it."""
        more = ["--name", feed.name] if feed.name else []
        more += ["--section", feed.section] if feed.section else []
        await self._run(tell, "feeds", "add", *more, "--events", "--", feed.url)

    async def place_stories(self) -> None:
        """Place the remaining reports in stories; if cancelled, those already placed stay."""
        await self._run(_ignore, "stories", "place")

    async def _run(self, tell: Tell, *arguments: str) -> None:
        child = await self._start(arguments)
        _lower_priority(child)
        output, errors = _pipes_of(child)
        complaint = asyncio.create_task(_last_line(errors))
        try:
            last = await _last_event(output, tell)
            with suppress(TimeoutError):
                async with asyncio.timeout(_TO_END):
                    await child.wait()
            await _kill(child)
            if isinstance(last, Stopped):
                raise ReaderError.of(last.reason)
            if child.returncode and last is None:
                raise _error_of(await complaint)
        finally:
            await _kill(child)
            complaint.cancel()

    async def _start(self, arguments: Sequence[str]) -> Process:
        """Start a child; raises ReaderError if that fails, as after an update of the program."""
        try:
            return await asyncio.create_subprocess_exec(
                *self._program,
                *self._options,
                *arguments,
                stdin=DEVNULL,
                stdout=PIPE,
                stderr=PIPE,
                limit=_MAX_LINE,
            )
        except OSError as error:
            raise ReaderError("child_unstarted", cause=os_reason(error)) from error


async def _last_event(output: asyncio.StreamReader, tell: Tell) -> Done | Stopped | None:
    """Pass each event of `output` to `tell`, up to the one that ends the run; return it or None."""
    while True:
        try:
            line = await output.readline()
        except ValueError:
            # Longer than any event; the rest of the line will not be an event either.
            continue
        if not line:
            return None
        event = from_line(line.decode("utf-8", "replace"))
        if isinstance(event, Stopped):
            return event
        if event is not None:
            tell(event)
        if isinstance(event, Done):
            return event


async def _last_line(output: asyncio.StreamReader) -> str:
    """Read `output` to its end, so that no writer blocks on it; return its last line."""
    kept = b""
    while data := await output.read(_MAX_COMPLAINT):
        kept = (kept + data)[-_MAX_COMPLAINT:]
    lines = kept.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].removeprefix("znreader: ") if lines else ""


def _error_of(complaint: str) -> ReaderError:
    return (
        ReaderError("child_failed", detail=complaint) if complaint else ReaderError("child_silent")
    )


async def _kill(child: Process) -> None:
    """Kill a child that still runs; wait only briefly, even if it cannot be killed."""
    if child.returncode is None:
        with suppress(ProcessLookupError):
            child.kill()
        with suppress(TimeoutError):
            async with asyncio.timeout(_TO_DIE):
                await child.wait()


def _pipes_of(child: Process) -> tuple[asyncio.StreamReader, asyncio.StreamReader]:
    if child.stdout is None or child.stderr is None:
        raise ValueError("the child was started without pipes")
    return child.stdout, child.stderr


def _lower_priority(child: Process) -> None:
    # Some systems lack this, and the child may have ended; it only keeps the screen smooth.
    with suppress(AttributeError, OSError):
        own = os.getpriority(os.PRIO_PROCESS, 0)
        os.setpriority(os.PRIO_PROCESS, child.pid, own + _NICER)


def _ignore(_event: Event) -> None:
    pass
