"""Paints the first frame on the terminal before Textual, which is slow to import, is ready.

The terminal is prepared for it: alternate screen, no cursor, and keys that are not echoed. Cursor
keys move the cursor in the frame meanwhile. If the program ends before Textual has taken the
terminal over, it is left as it was.
"""

import os
import shutil
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from reader.config import Settings
from reader.errors import ReaderError
from reader.glyphs import own_environment, wants_plain
from reader.library import Library
from reader.ui import wording
from reader.ui.chosen_folding import shows_apart
from reader.ui.chosen_theme import chosen_theme
from reader.ui.commands import key_map
from reader.ui.commands.key_names import print_plainly
from reader.ui.state.dividers import dividers
from reader.ui.state.edition import Edition
from reader.ui.state.last_place import last_place_path, load_last_place
from reader.ui.state.network import Network
from reader.ui.state.split import load_split, split_path
from reader.ui.terminal.drawn_frame import DrawnFrame
from reader.ui.terminal.first_frame import SMALLEST, Room, Scene, room_of
from reader.ui.terminal.frame_colours import Styles, colours_path, depth_of, load_colours
from reader.ui.terminal.guard import TerminalGuard

if TYPE_CHECKING:
    from reader.ui.terminal.early_keys import EarlyKeys, Typed

# The application's first theme; its own constant is in a module that needs Textual.
_THEME = "zeeland-dark"
_ENTER, _LEAVE = "\x1b[?1049h\x1b[?25l", "\x1b[?1049l\x1b[?25h"


class Prepared:
    """The terminal with the first frame on it, until Textual takes it over."""

    def __init__(self, guard: TerminalGuard) -> None:
        """Keep typed keys unread; raises termios.error if this is not a terminal."""
        self._descriptor = sys.stdin.fileno()
        self._attributes = termios.tcgetattr(self._descriptor)
        self._guard = guard
        self._keys: EarlyKeys | None = None
        self.waiting = True
        guard.undo = _LEAVE.encode()
        termios.tcsetattr(self._descriptor, termios.TCSANOW, _keeping_keys(self._attributes))

    def follow_keys(self, frame: DrawnFrame) -> None:
        """Move the cursor in the painted frame at cursor keys, until `typed` is called."""
        from reader.ui.terminal.early_keys import EarlyKeys

        size = shutil.get_terminal_size()

        def show(rows: int) -> bool:
            text = frame.moved(rows) if shutil.get_terminal_size() == size else ""
            _write(text)
            return bool(text)

        self._keys = EarlyKeys(show)

    def typed(self) -> "Typed | None":
        """Stop following keys, if they are followed; return what was typed until now."""
        return self._keys.end() if self._keys else None

    def hand_over(self) -> list[Any]:
        """Leave the terminal to Textual; return its initial attributes."""
        self.waiting = False
        return self._attributes

    def restore(self) -> None:
        """Leave the terminal as it was, unless it has been handed over."""
        self.typed()
        if self.waiting:
            # A closed terminal has nothing to restore.
            with suppress(OSError, termios.error):
                _write(_LEAVE)
                termios.tcsetattr(self._descriptor, termios.TCSANOW, self.hand_over())
            self._guard.undo = b""


@contextmanager
def painted(
    library: Library, settings: Settings, now: Callable[[], datetime], guard: TerminalGuard
) -> Iterator[Prepared | None]:
    """Paint the first headlines of the library, if the frame can match Textual's."""
    wording.set_language(settings.language)
    print_plainly(wants_plain(settings.glyphs, own_environment()))
    key_map.apply_keys(settings.keys, settings.commands)
    frame = _frame(library, settings, now())
    text = frame.whole() if frame else ""
    if not (frame and text):
        yield None
        return
    prepared = Prepared(guard)
    try:
        _write(_ENTER + text)
        prepared.follow_keys(frame)
        yield prepared
    finally:
        prepared.restore()


def _frame(library: Library, settings: Settings, now: datetime) -> DrawnFrame | None:
    """Return the first frame, or None if Textual must draw it."""
    colours = _colours(settings)
    size = shutil.get_terminal_size()
    if not (colours and sys.stderr.isatty()) or size < SMALLEST or size.lines < SMALLEST[1]:
        return None
    try:
        scene, room = scene_of(library, settings, (size.columns, size.lines), now)
    except ReaderError:
        # The application reports the problem.
        return None
    if not scene.headlines:
        return None
    is_plain = wants_plain(settings.glyphs, own_environment())
    return DrawnFrame(scene, room, now, colours, is_plain=is_plain)


def scene_of(
    library: Library, settings: Settings, size: tuple[int, int], now: datetime
) -> tuple[Scene, Room]:
    """Return the contents of the first frame and its division, in a terminal of this size.

    The size is in columns and lines. Raises ReaderError.
    """
    split = load_split(split_path(settings.cache_path))
    edition = Edition(
        library,
        settings.follow,
        now=lambda: now,
        ordering=settings.order,
        apart=shows_apart(settings),
    )
    edition.open(settings.opening, now, load_last_place(last_place_path(settings.cache_path)))
    edition.read_beginning()
    left = edition.cursor_left()
    row, height = left[0] if left else 0, size[1]
    first = max(row - height, 0)
    obstacle = library.obstacle()
    unstored = obstacle.reason if obstacle else None
    network = Network(settings.offline, unstored=unstored)
    scene = Scene(
        library.headlines.load(edition.ids[first : row + height]),
        split.density or settings.density,
        edition.status(),
        edition.tabs(),
        network.known(library.sources.sync_state()),
        settings.language,
        settings.measure,
        dividers(library, edition, now),
        bare="ansi" in _theme(settings),
        rows=edition.total,
        folds=edition.folded.folds,
        first=first,
        left=left,
    )
    return scene, room_of(*size, split)


def _colours(settings: Settings) -> Styles:
    """Return the style of each part as it was drawn last; none if that is unknown."""
    depth = depth_of(os.environ)
    path = colours_path(settings.cache_path)
    return load_colours(path, _theme(settings), depth) if depth else {}


def _theme(settings: Settings) -> str:
    return chosen_theme(settings) or os.environ.get("TEXTUAL_THEME", _THEME)


def _keeping_keys(attributes: list[Any]) -> list[Any]:
    """Return terminal attributes that keep keys as they were typed, without echo."""
    keeping = list(attributes)
    keeping[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    keeping[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    return keeping


def _write(text: str) -> None:
    # Textual draws on standard error, too.
    data = text.encode()
    while data:
        data = data[os.write(sys.stderr.fileno(), data) :]
