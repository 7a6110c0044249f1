"""A fake child process whose events the test sends."""

import asyncio
from collections.abc import Awaitable, Callable

from textual.pilot import Pilot

from reader.config.feeds import FollowedFeed
from reader.errors import ReaderError
from reader.events import Done, Event
from reader.sync.child_process import Child, Tell

from .quiet import until


class FakeChild(Child):
    """Notes what it is asked for, and tells what a test has it tell."""

    def __init__(self, load_sample: Callable[[], Awaitable[None]] | None = None) -> None:
        self._load_sample = load_sample
        self.asked: list[str] = []
        self.killed: list[str] = []
        self.exchanges = self.exchanges_alone = 0
        self.exchange_error: ReaderError | None = None
        self._tell: Tell = lambda _event: None
        self._end: asyncio.Future[None] | None = None

    async def import_sample(self) -> None:
        """Do what was given."""
        if self._load_sample is not None:
            await self._load_sample()

    async def place_stories(self) -> None:
        """Note it."""
        self.asked.append("stories")

    async def sync(self, tell: Tell, *, everything: bool = False) -> None:
        """Tell what the test says until it ends the run."""
        await self._carry_out("everything" if everything else "sync", tell)

    async def fetch(self, url: str, tell: Tell, *, accepted: bool = False) -> None:
        """Tell what the test says until it ends the run."""
        await self._carry_out(f"accept {url}" if accepted else url, tell)

    async def exchange(self, *, offline: bool = False) -> None:
        """Note it, and do nothing."""
        self.exchanges += 1
        if self.exchange_error is not None:
            raise self.exchange_error

    def exchange_alone(self, *, offline: bool = False) -> None:
        """Note it."""
        self.exchanges_alone += 1

    async def add_feed(self, feed: FollowedFeed, tell: Tell) -> None:
        """Tell what the test says until it ends the run."""
        await self._carry_out(f"add {feed.url}", tell)

    async def _carry_out(self, what: str, tell: Tell) -> None:
        self.asked.append(what)
        self._tell, self._end = tell, asyncio.get_running_loop().create_future()
        try:
            await self._end
        except asyncio.CancelledError:
            self.killed.append(what)
            raise

    def tell(self, *events: Event) -> None:
        """Tell these events, and end the run where the last is its result."""
        for event in events:
            self._tell(event)
        if isinstance(events[-1], Done) and self._end is not None:
            self._end.set_result(None)

    def fail(self, sentence: str) -> None:
        """End the run without a result."""
        self.end_with(ReaderError(sentence))

    def end_with(self, error: ReaderError) -> None:
        """End the run with an error."""
        if self._end is not None:
            self._end.set_exception(error)


async def wait_until_asked(pilot: Pilot[None], child: FakeChild, count: int = 1) -> None:
    """Return once the child was asked for so much."""
    await until(pilot, lambda: len(child.asked) >= count)


async def ended(pilot: Pilot[None], child: FakeChild, done: Done) -> None:
    """End the run with a result, and return once the screen shows it."""
    child.tell(done)
    await pilot.pause()
    await pilot.pause()
