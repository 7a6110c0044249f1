"""The notices above the key bar: shown for some seconds, or for errors until a key.

While the row of the cursor is there, they are at the other end of the panes, below the header.
"""

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from time import monotonic
from typing import ClassVar

from textual.content import Content
from textual.events import Click
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from reader.ui.messages import RIGHT, CommandAsked
from reader.ui.state.values import Notice, Severity, Topic
from reader.ui.widgets.headline_lines import piece_at
from reader.ui.widgets.notice_drawing import notice_lines

# How long an informative notice is shown (seconds).
_SECONDS = 4.0
# How long a notice is shown at least, so that it can be read; the next key after that hides it.
_LEAST_SECONDS: dict[Severity, float] = {"information": 1.5, "warning": 4.0, "error": 4.0}
_MOST_KEPT = 50
# The class of a notice below the header, and the lines of header and key bar.
_ABOVE, _BAR = "-above", 1


class NoticeLine(Widget):
    """Shows the last notice until its time is up, a key after it was read, or a click on it."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(
            f"notices--{severity}{part}"
            for severity in _LEAST_SECONDS
            for part in ("", "-rule", "-sign")
        ),
        *("notices--key", "notices--label"),
    }

    notice: reactive[Notice | None] = reactive(None, layout=True)

    def __init__(self, cursor_lines: Callable[[], range]) -> None:
        """Create the line; `cursor_lines` returns the lines of the screen not to be covered."""
        super().__init__()
        self._cursor_lines = cursor_lines
        self._until: Timer | None = None
        self._shown_at = 0.0
        # Whether a key was pressed since the notice appeared, and those that appear after it.
        self._is_answered = False
        self._waiting: deque[Notice] = deque(maxlen=_MOST_KEPT)
        self._kept: deque[Notice] = deque(maxlen=_MOST_KEPT)

    @property
    def kept(self) -> Sequence[Notice]:
        """Return the last notices, the last one first."""
        return tuple(reversed(self._kept))

    def show(self, notice: Notice) -> None:
        """Show a notice; one that was not answered by a key goes before it or returns after it.

        Only warnings and those that stay wait to be answered. An error is shown at once, a warning
        before a notice that only stays, and anything else in its turn.
        """
        self._kept.append(notice)
        shown = self.notice if self.display else None
        if shown is None or self._is_answered or not (shown.stays or shown.severity == "warning"):
            self._appear(notice)
        elif notice.severity == "error" or (shown.stays and notice.severity == "warning"):
            self._waiting.appendleft(shown)
            self._appear(notice)
        elif notice not in (shown, *self._waiting):
            ahead = (each.severity == "warning" for each in self._waiting)
            warns = notice.severity == "warning"
            self._waiting.insert(sum(ahead) if warns else len(self._waiting), notice)

    def withdraw(self, topic: Topic) -> None:
        """Hide what was said about a state that has ended."""
        for notice in [each for each in self._waiting if each.about == topic]:
            self._waiting.remove(notice)
        if self.display and self.notice is not None and self.notice.about == topic:
            self._give_way()

    def _appear(self, notice: Notice) -> None:
        self.notice = notice
        self.remove_class(_ABOVE)
        self.leave_cursor_free()
        self.display = True
        self._shown_at = monotonic()
        self._is_answered = False
        if self._until is not None:
            self._until.stop()
            self._until = None
        if notice.severity == "information" and not notice.stays:
            self._wait(notice)

    def leave_cursor_free(self) -> None:
        """Move to the other end of the panes if the notice covers the row of the cursor."""
        if self.notice is None:
            return
        height, lines = self.app.size.height - _BAR, len(notice_lines(self.notice, self._width))
        ends = {True: range(_BAR, _BAR + lines), False: range(height - lines, height)}
        row, is_above = self._cursor_lines(), self.has_class(_ABOVE)
        if _overlap(ends[is_above], row) and not _overlap(ends[not is_above], row):
            self.set_class(not is_above, _ABOVE)

    def answer(self) -> None:
        """Note that the reader did something: what is said to that need not wait."""
        self._is_answered = True

    def make_room(self) -> None:
        """Hide a notice at a key, unless it was shown just now or a dialog covers it."""
        self.answer()
        if self.notice is not None and self.screen.is_active:
            least = _LEAST_SECONDS[self.notice.severity]
            if self.display and monotonic() - self._shown_at > least:
                self._give_way()

    def _give_way(self) -> None:
        """Hide the notice, and show the next one that waits."""
        self.display = False
        if self._waiting:
            self._appear(self._waiting.popleft())

    def _wait(self, notice: Notice) -> None:
        self._until = self.set_timer(notice.seconds or _SECONDS, partial(self._leave, notice))

    def _leave(self, notice: Notice) -> None:
        if self.screen.is_active:
            self._give_way()
        else:
            # A notice is hard to read behind a dialog.
            self._wait(notice)

    def on_click(self, event: Click) -> None:
        """Hide the notice, and run the command offered under the mouse."""
        if self.notice is None:
            return
        lines = notice_lines(self.notice, self._width)
        command = piece_at(lines[event.y], event.x) if event.y < len(lines) else None
        self._give_way()
        if command is not None and event.button != RIGHT:
            self.post_message(CommandAsked(command))

    @property
    def _width(self) -> int:
        return self.content_size.width or self.app.size.width

    def render(self) -> Content:
        """Return the wrapped text, below a rule in the colour of its kind."""
        return self.drawn(self._width)

    def drawn(self, width: int) -> Content:
        """Return what is rendered in a line of this width, also for a dialog to show."""
        if self.notice is None:
            return Content()
        lines = notice_lines(self.notice, width)
        drawn = (
            Content.assemble(
                *(
                    (text, self.get_visual_style(f"notices--{part}"))
                    for _, line in pieces
                    for text, part in line
                )
            )
            for pieces in lines
        )
        return Content("\n").join(drawn)


def _overlap(some: range, others: range) -> bool:
    return some.start < others.stop and others.start < some.stop
