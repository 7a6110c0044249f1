"""Everything that the reader uses of Textual beyond its documented interface.

`tests/ui/test_textual_compat.py` fails when Textual's source of these methods changes, and when
another module of the interface uses a private name of Textual.
"""

import asyncio
import os
import selectors
import signal
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import pairwise
from threading import Event
from typing import cast

from rich.console import RenderableType
from textual._compositor import ChopsUpdate, Compositor
from textual._parser import ParseEOF, ParseTimeout, Peek1, Read1, TokenCallback
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import ScreenResume
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.widget import Widget

_ESCAPE = "\x1b"
# What follows Esc in what a terminal sends by itself, such as an arrow key; and the letters that
# some send for a step of a word in a field.
_GO_ON = frozenset("\x1b[O]PX^_\\bf")
_PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"
# How long to wait for a key before a begun sequence counts as complete (seconds).
_GLANCE = 0.1
_MOST_BYTES = 4096
_EIGHTHS = 8
# The calculations with regions whose results Textual keeps, and how many of each are kept here.
_REMEMBERED = ("overlaps", "contains_region", "translate", "__contains__", "intersection")
_MOST_REMEMBERED = 256


def limit_caches() -> None:
    """Keep fewer results of calculations with regions than Textual does.

    It keeps thousands of each, and a long list has new regions for each line that it scrolls.
    """
    for name in _REMEMBERED:
        calculate = vars(Region)[name].__wrapped__
        setattr(Region, name, lru_cache(_MOST_REMEMBERED)(calculate))


class ThriftyCompositor(Compositor):
    """Renders only the lines of widgets that are seen where something changed.

    Textual's renders all lines of all widgets within the rectangle around the changes, also those
    that are behind other widgets, such as the lines of every container.
    """

    _changed: Sequence[tuple[int, int, int]] | None = None

    def render_partial_update(self) -> ChopsUpdate | None:
        """Return what changed on the screen, or None."""
        self._changed = list(self._regions_to_spans(self._dirty_regions))
        try:
            return super().render_partial_update()
        finally:
            self._changed = None

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        """Return each line of the screen as pieces by the column of each; None if not drawn."""
        del crop, is_rendered_line
        chops: list[dict[int, Strip | None]] = [dict.fromkeys(line[:-1]) for line in self.cuts]
        missing = self._columns_to_draw()
        columns = set[int]().union(*missing)
        # The widgets come from the front to the back.
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            if not _any_within(columns, seen):
                continue
            lines = [y for y in seen.line_range if _any_within(missing[y], seen)]
            if not lines:
                continue
            first, last = lines[0], lines[-1]
            part = Region(seen.x - region.x, first - region.y, seen.width, last - first + 1)
            for y, strip in enumerate(widget.render_lines(part), first):
                if not missing[y]:
                    continue
                inside = [cut for cut in self.cuts[y] if seen.x <= cut <= seen.right]
                pieces = strip.divide([cut - seen.x for cut in inside[1:]])
                for column, piece in zip(inside, pieces, strict=False):
                    if column in missing[y]:
                        missing[y].remove(column)
                        chops[y][column] = piece
        return cast("Sequence[Mapping[int, Strip]]", chops)

    def _columns_to_draw(self) -> list[set[int]]:
        """Return for each line the columns in which the pieces to draw begin."""
        if self._changed is None:
            return [set(line[:-1]) for line in self.cuts]
        columns: list[set[int]] = [set() for _ in self.cuts]
        for y, left, right in self._changed:
            columns[y].update(
                begin for begin, end in pairwise(self.cuts[y]) if begin < right and end > left
            )
        return columns


def _any_within(columns: Iterable[int], region: Region) -> bool:
    return any(region.x <= column < region.right for column in columns)


class SteadyScrollBar(ScrollBar):
    """A vertical scrollbar that is drawn only where its thumb moves by an eighth of a cell.

    Textual's is drawn at every line scrolled, though a long list has thousands for each eighth.
    """

    position: Reactive[float] = Reactive(0, repaint=False)
    _drawn: int | None = None

    def watch_position(self) -> None:
        """Draw the scrollbar if its thumb is elsewhere now."""
        if self._thumb != self._drawn:
            self.refresh()

    def render(self) -> RenderableType:
        """Return the drawing of the scrollbar."""
        self._drawn = self._thumb
        return super().render()

    @property
    def _thumb(self) -> int:
        """Return how many eighths of a cell are above the thumb."""
        height, beyond = self.size.height, self.window_virtual_size - self.window_size
        if beyond <= 0:
            return 0
        room = height - max(1, self.window_size * height / self.window_virtual_size)
        return int(room * (self.position / beyond) * _EIGHTHS)


def steady_scrollbar(view: Widget) -> None:
    """Give a mounted view a steady vertical scrollbar, unless it has one already."""
    if view._vertical_scrollbar is None:
        bar = SteadyScrollBar(name="vertical", thickness=view.scrollbar_size_vertical)
        bar.display = False
        view._vertical_scrollbar = bar
        view.app._start_widget(view, bar)


def resize_virtually(view: ScrollView, size: Size) -> None:
    """Set the size (cells) of all that a view scrolls over, and its scrollbar.

    Textual lays out the whole screen for that, though only showing or hiding a scrollbar needs it.
    """
    if size != view.virtual_size:
        view.set_reactive(Widget.virtual_size, size)
        view._scroll_update(size)


class DeferredScreen(Screen[None]):
    """A screen that draws nothing until it is revealed, and then can draw without delay.

    `revealed` is set once the screen draws; threads may wait for it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._compositor = ThriftyCompositor()
        self.revealed = Event()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Keep the styles if nothing has been drawn with them yet."""
        event.refresh_styles = event.refresh_styles and self.revealed.is_set()

    def reveal(self) -> None:
        """Draw the whole screen at once, without waiting for Textual's next tick."""
        self.revealed.set()
        self.refresh()
        self.draw()

    def draw(self) -> None:
        """Draw all changes at once, without waiting for messages about them or for a tick."""
        seen = self._compositor.visible_widgets
        for each in [each for each in seen if each._layout_required]:
            # It forgets where its parts were, and asks for the layout that is made here.
            each._check_refresh()
            self._layout_widgets.setdefault(each, set())
            self._layout_required = True
        self._dirty_widgets.update(each for each in seen if each._repaint_regions)
        self._on_timer_update()

    def _compositor_refresh(self) -> None:
        # The layouts before the first frame are not drawn.
        if self.revealed.is_set():
            # Textual draws a new layout first, and only then what else has changed.
            seen = self._compositor.visible_widgets
            self._compositor.update_widgets({each for each in seen if each._repaint_regions})
            super()._compositor_refresh()
        else:
            self._dirty_widgets.clear()


class KeyParser(XTermParser):
    """Makes keys of what a terminal sends; Esc and the key after it are two, however close.

    Textual takes them for one key with Alt, and mostly loses one of the two. A character for which
    `has_alt` is true still is one key with Esc before it.
    """

    def __init__(self, has_alt: Callable[[str], bool]) -> None:
        self._has_alt = has_alt
        super().__init__()

    def parse(self, token_callback: TokenCallback[Message]) -> Generator[Read1 | Peek1, str, None]:
        """Yield as Textual does, but end a lone Esc before a character that is of no sequence."""
        inner = super().parse(token_callback)
        request = next(inner)
        recent, pastes = "", False
        while True:
            try:
                character = yield request
            except ParseTimeout as timeout:
                recent, request = "", inner.throw(timeout)
                continue
            except ParseEOF as end:
                with suppress(StopIteration):
                    inner.throw(end)
                return
            is_key = recent.endswith(_ESCAPE) and character not in _GO_ON and not pastes
            has_alt = is_key and self._has_alt(character)
            if is_key and not has_alt:
                inner.throw(ParseTimeout())
            request = inner.send(character)
            if has_alt:
                request = inner.throw(ParseTimeout())
            recent = (recent + character)[-len(_PASTE_BEGINS) :]
            pastes = recent == _PASTE_BEGINS or (pastes and recent != _PASTE_ENDS)


class StoppableDriver(LinuxDriver):
    """A driver that obeys the shell's job control, also when signals follow each other quickly.

    Textual's own leaves and enters the terminal in the signal handlers themselves, which can
    interrupt each other. Here the signals are queued in order, and obeyed one by one.
    """

    # What was typed before this driver began to read.
    typed = b""
    _stop_wanted = _continued = False
    _obeying: asyncio.Task[None] | None = None

    def start_application_mode(self) -> None:
        """Take the terminal over, and begin to obey the signals that stop and continue."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTSTP, self._note, True)
        loop.add_signal_handler(signal.SIGCONT, self._note, False)

    def has_alt(self, character: str) -> bool:  # noqa: ARG002
        """Tell whether Esc and this character are one key, typed with Alt."""
        return False

    def run_input_thread(self) -> None:
        """Read keys until the program ends; bytes that are no UTF-8 count for nothing."""
        parser = KeyParser(self.has_alt)
        decode = getincrementaldecoder("utf-8")("ignore").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            is_last = False
            while not is_last:
                # What came just before the end would else be typed into the shell.
                is_last = self.exit_event.is_set()
                came, self.typed = self.typed, b""
                if not came and selector.select(_GLANCE):
                    came = _read(self.fileno)
                text = decode(came)
                for event in (*(parser.feed(text) if text else ()), *parser.tick()):
                    self.process_message(event)

    def resume_application_mode(self) -> None:
        """Take the terminal over again, once it belongs to this program."""
        while not _in_foreground(self.fileno):
            _stop()
        super().resume_application_mode()

    def _note(self, stop: bool) -> None:
        self._stop_wanted, self._continued = stop, not stop
        if self._obeying is None or self._obeying.done():
            self._obeying = asyncio.create_task(self._obey())

    async def _obey(self) -> None:
        while self._stop_wanted or self._continued:
            # If the terminal has been lent to another program, there is nothing to leave.
            lent = not self._auto_restart
            if not lent:
                self.suspend_application_mode()
            await _handlers_ran()
            if self._stop_wanted:
                self._stop_wanted = False
                _stop()
            if not lent:
                self._must_signal_resume = True
                self.resume_application_mode()
            await _handlers_ran()
            self._continued = False

    def _sigtstp_application(self, *_: object) -> None:
        """Do nothing until the signal can be handled in order."""

    def _sigcont_application(self, *_: object) -> None:
        """Do nothing until the signal can be handled in order."""


async def _handlers_ran() -> None:
    """Return once the signals received so far have been noted."""
    # The loop reads their numbers in one turn, and calls their handlers in the next.
    for _ in range(4):
        await asyncio.sleep(0)


def _stop() -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def _in_foreground(descriptor: int) -> bool:
    try:
        return os.tcgetpgrp(descriptor) == os.getpgrp()
    except OSError:
        # The terminal was closed, which is noticed elsewhere.
        return True


def _read(descriptor: int) -> bytes:
    """Return what a terminal sent; nothing once it is gone, which is noticed elsewhere."""
    try:
        came = os.read(descriptor, _MOST_BYTES)
    except OSError:
        came = b""
    if not came:
        time.sleep(_GLANCE)
    return came
