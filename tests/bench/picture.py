"""The screen that a program's output produces, with the times of its changes."""

import re
from collections.abc import Callable, Iterator

import pyte

from tests.bench.table import Missing
from tests.bench.terminal import COLUMNS, ROWS, Screen

# pyte takes these for others: sequences with a private prefix, and strings for the terminal.
_UNKNOWN = re.compile(rb"\x1b\[[<=>][0-?]*[ -/]*[@-~]|\x1b\[[0-?]*\$[@-~]|\x1b[P_].*?\x1b\\", re.S)
_UNFINISHED = re.compile(rb"\x1b(\[[0-?]*[ -/]*|[P_].*)?$", re.S)
_CURSOR = "▌"
# The columns in which a row may have its cursor bar.
_MARGIN = 4
_STEP = 0.15
_PATIENCE = 20.0

Lines = tuple[str, ...]
Frame = tuple[float, Lines]


class Picture:
    """The screen of a running program, fed only while it is not being timed.

    What comes in is stamped as it is read, so the times stay exact however long drawing takes.
    """

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._emulator = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._emulator)
        self._fed, self._stamp = 0, 0

    @property
    def lines(self) -> Lines:
        """Return the text of the screen as far as it was fed."""
        return tuple(self._emulator.display)

    def replay(self) -> Iterator[float]:
        """Draw what came since, a piece at a time; yield when each came."""
        stamps = self._screen.stamps
        while self._stamp < len(stamps):
            at, end = stamps[self._stamp]
            self._stamp += 1
            self._feed(end)
            yield at

    def catch_up(self) -> Lines:
        """Draw all that came since, and return the lines."""
        for _ in self.replay():
            pass
        return self.lines

    def seconds_until(
        self, holds: Callable[[Lines], bool], since: float, what: str, patience: float = _PATIENCE
    ) -> float:
        """Return how long after `since` the screen first was so that it `holds`, else Missing."""
        latest = since
        while latest - since < patience:
            for at in self.replay():
                latest = at
                if holds(self.lines):
                    return at - since
            self._screen.pause(_STEP)
            latest = max(latest, since) + _STEP
        raise Missing(f"never saw {what}")

    def watch(
        self, quiet: float, is_right: Callable[[Lines], bool], patience: float = _PATIENCE
    ) -> list[Frame]:
        """Return what was seen until `quiet` seconds of rest on a screen that `is_right`."""
        frames: list[Frame] = []
        for _ in range(round(patience / quiet)):
            self._screen.pause(quiet)
            fresh = [(at, self.lines) for at in self.replay()]
            frames += fresh
            if not fresh and is_right(self.lines):
                return frames
        raise Missing("the screen never showed what was asked for")

    def seconds_to_final(
        self,
        since: float,
        quiet: float,
        is_right: Callable[[Lines], bool] = lambda _: True,
        *,
        below: int = 0,
    ) -> float | None:
        """Return how long after `since` the screen took its last text; None where it kept it.

        Only the lines from `below` on count.
        """
        before = self.lines[below:]
        frames = [(at, lines[below:]) for at, lines in self.watch(quiet, is_right)]
        changed = last_change(before, frames)
        return None if changed is None else changed - since

    def _feed(self, end: int) -> None:
        data = bytes(self._screen.output[self._fed : end])
        # A sequence that was cut is drawn with the piece that completes it.
        if cut := _UNFINISHED.search(data[-64:]):
            data = data[: len(data) - len(cut.group())]
        self._fed += len(data)
        self._stream.feed(_UNKNOWN.sub(b"", data))


def last_change(before: Lines, frames: list[Frame]) -> float | None:
    """Return when the text of the screen changed last, None where it stayed as it was before."""
    changed, last = None, before
    for at, lines in frames:
        if lines != last:
            changed, last = at, lines
    return changed


def cursor_text(lines: Lines) -> str:
    """Return the text of the row at the list's cursor, in one line."""
    rows = [text for text in lines if _CURSOR in text[:_MARGIN]]
    return " ".join(" ".join(text.replace(_CURSOR, " ")[:COLUMNS].split()) for text in rows)
