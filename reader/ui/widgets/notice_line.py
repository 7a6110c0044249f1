"""The line over the key bar that shows notices for some seconds."""

from functools import partial
from time import monotonic
from typing import ClassVar

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from reader.text.sanitize import clean_line
from reader.ui.state.values import Notice
from reader.ui.typeset.text import fit
from reader.ui.typeset.wrapping import wrap_text

# What to do about a problem takes longer to read than that something was done (seconds).
_SECONDS = {"information": 4.0, "warning": 8.0, "error": 8.0}
# How long a notice that only informs stays at least; the next key after that hides it.
_LEAST_SECONDS = 1.5
_MOST_LINES = 3
# Before the as_sentence, for terminals without colours.
_SIGNS = {"information": "", "warning": "! ", "error": "✕ "}


class NoticeLine(Widget):
    """Shows the last notice over the key bar until its time is up, or a click on it."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"notices--{severity}" for severity in _SECONDS}

    notice: reactive[Notice | None] = reactive(None, layout=True)

    def __init__(self) -> None:
        super().__init__()
        self._until: Timer | None = None
        self._shown_at = 0.0

    def show(self, notice: Notice) -> None:
        """Show a notice in the place of the one before."""
        self.notice = notice
        self.display = True
        self._shown_at = monotonic()
        self._wait(notice)

    def make_room(self) -> None:
        """Hide a notice that only informs, unless it was shown just now."""
        informs = self.notice is not None and self.notice.severity == "information"
        if informs and self.screen.is_active and monotonic() - self._shown_at > _LEAST_SECONDS:
            self.display = False

    def _wait(self, notice: Notice) -> None:
        if self._until is not None:
            self._until.stop()
        seconds = notice.seconds or _SECONDS[notice.severity]
        self._until = self.set_timer(seconds, partial(self._leave, notice))

    def _leave(self, notice: Notice) -> None:
        if self.screen.is_active:
            self.display = False
        else:
            # It is hard to read behind a dialog.
            self._wait(notice)

    def on_click(self) -> None:
        """Show the keys again."""
        self.display = False

    def render(self) -> Content:
        """Return what it says, wrapped."""
        if self.notice is None:
            return Content()
        width = self.content_size.width or self.app.size.width
        text = f"{_SIGNS[self.notice.severity]}{clean_line(self.notice.text)}"
        lines = notice_lines(text, width)
        style = self.get_visual_style(f"notices--{self.notice.severity}")
        return Content("\n").join(Content.assemble((fit(line, width), style)) for line in lines)


def notice_lines(text: str, width: int) -> list[str]:
    """Return a notice as a few lines of `width` cells; one that is too long loses its middle."""
    room = max(width - 2, 2)
    lines = [line.text for line in wrap_text(text, room)]
    if len(lines) > _MOST_LINES:
        cut = fit(f"{lines[_MOST_LINES - 2]} …", room)
        last = lines[-1] if cell_len(lines[-1]) > room // 2 else f"{lines[-2]} {lines[-1]}"
        lines = [*lines[: _MOST_LINES - 2], cut, _end_of(last, room)]
    return [f" {line}" for line in lines]


def _end_of(text: str, room: int) -> str:
    """Return the last words of a text that fit into `room` cells."""
    words = text.split(" ")
    while len(words) > 1 and cell_len(" ".join(words)) > room:
        words.pop(0)
    return " ".join(words)
