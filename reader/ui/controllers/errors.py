"""The one place where failures become something to see."""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import TracebackType

from reader.errors import ReaderError

# What fails once a keystroke or every few seconds is not said as often.
_QUIET = timedelta(seconds=15)


class Complaints:
    """A context in which a ReaderError is told, unless the same was just told."""

    def __init__(self, tell: Callable[[str], None], now: Callable[[], datetime]) -> None:
        self._tell = tell
        self._now = now
        self._told: dict[str, datetime] = {}

    def __enter__(self) -> None:
        """Begin something that may fail."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """Tell a ReaderError and go on; let everything else pass."""
        if not isinstance(error, ReaderError):
            return False
        self.tell(str(error))
        return True

    def tell(self, sentence: str) -> None:
        """Tell what failed, unless the same was just told."""
        now = self._now()
        last = self._told.get(sentence)
        # A clock that was put back must not silence what fails until it has caught up.
        if last is None or not timedelta(0) <= now - last <= _QUIET:
            self._told = {sentence: now}
            self._tell(sentence)
