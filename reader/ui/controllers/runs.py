"""Runs of the child process as the screen sees them: request, events, result."""

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Literal

from msgspec import Struct

from reader.errors import ReaderError, Reason
from reader.events import Done, Event, Progress
from reader.sync.child_process import Child

# Each step repaints the bar, so it moves only as often as is visible.
_PROGRESS_SECONDS = 0.5
# An article must stay open this long before it is fetched (seconds).
_SETTLING = 0.15


class Run(Struct, frozen=True, eq=False):
    """One task of the child; `asked` means that the reader pressed a key for it.

    The text of an `accepted` article is stored even if it is worse than the one that is kept.
    """

    kind: Literal["sync", "everything", "article"]
    asked: bool = True
    headline_id: int = 0
    url: str = ""
    accepted: bool = False

    @property
    def group(self) -> str:
        """Return the group of runs of which only one runs at a time."""
        return "article" if self.kind == "article" else "sync"


class RunEvent(Struct, frozen=True):
    """An event of a run."""

    run: Run
    event: Event


class RunEnded(Struct, frozen=True):
    """The end of a run: with a result, or with the reason why there is none."""

    run: Run
    done: Done | None
    complaint: Reason | None = None


async def carry_out(run: Run, child: Child, post: Callable[[RunEvent | RunEnded], object]) -> None:
    """Run the child for `run` and post its events; cancelling ends the child."""
    done: Done | None = None
    last_progress = -_PROGRESS_SECONDS

    def tell(event: Event) -> None:
        nonlocal done, last_progress
        if isinstance(event, Done):
            done = event
        elif not isinstance(event, Progress):
            post(RunEvent(run, event))
        elif (now := monotonic()) - last_progress >= _PROGRESS_SECONDS:
            last_progress = now
            post(RunEvent(run, event))

    complaint: Reason | None = None
    try:
        if run.kind == "article":
            await asyncio.sleep(_SETTLING)
            await child.fetch(run.url, tell, accepted=run.accepted)
        else:
            await child.sync(tell, everything=run.kind == "everything")
    except ReaderError as error:
        complaint = error.reason
    post(RunEnded(run, done, complaint))
