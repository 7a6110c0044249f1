"""The input for words that headlines must hold."""

from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from reader.text.clean import clean_line
from reader.ui import words
from reader.ui.commands import bindings_of

# Long enough that a quick typist asks the cache once a word.
_PAUSE_SECONDS = 0.12


class FilterBar(Input):
    """Posts Asked a moment after the last key, and Settled on Enter."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("filter")

    class Asked(Message):
        """The words to filter by changed."""

        def __init__(self, words: str) -> None:
            self.words = words
            super().__init__()

    class Settled(Message):
        """The reader wants to go on to the filtered list."""

    def __init__(self) -> None:
        super().__init__(placeholder=words.FILTER, compact=True, select_on_focus=False)
        self.cursor_blink = False
        self._pause: Timer | None = None

    def clear_quietly(self) -> None:
        """Empty the input without asking anything."""
        self._stop()
        with self.prevent(Input.Changed):
            self.value = ""

    def on_input_changed(self, event: Input.Changed) -> None:
        """Wait for a pause in the typing, then ask."""
        event.stop()
        self._stop()
        self._pause = self.set_timer(_PAUSE_SECONDS, self._ask)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Ask at once and settle."""
        event.stop()
        self._stop()
        self._ask()
        self.post_message(self.Settled())

    def _ask(self) -> None:
        self.post_message(self.Asked(clean_line(self.value)))

    def _stop(self) -> None:
        if self._pause is not None:
            self._pause.stop()
            self._pause = None
