"""The one place where errors become notices."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

from reader.errors import ReaderError, Reason

# Errors that recur at each key or every few seconds are shown less often.
_QUIET = timedelta(seconds=15)

_T = TypeVar("_T")


class ErrorNotices:
    """Shows errors, each only once in a while; everything that the screen calls goes through it."""

    def __init__(self, show: Callable[[Reason], None], now: Callable[[], datetime]) -> None:
        self._show = show
        self._now = now
        self._shown: dict[str, datetime] = {}

    def attempt(self, act: Callable[[], _T]) -> _T | None:
        """Call `act` and return its result; if it raises ReaderError, show it and return None."""
        try:
            return act()
        except ReaderError as error:
            self.show(error.reason)
            return None

    async def attempt_async(self, work: Awaitable[_T]) -> _T | None:
        """Await `work` and return its result; if it raises ReaderError, show it and return None."""
        try:
            return await work
        except ReaderError as error:
            self.show(error.reason)
            return None

    def show(self, reason: Reason) -> None:
        """Show what failed, unless the same was shown just now."""
        now, key = self._now(), str(reason)
        last = self._shown.get(key)
        # A clock that was set back must not suppress errors until it has caught up.
        if last is None or not timedelta(0) <= now - last <= _QUIET:
            self._shown = {key: now}
            self._show(reason)
