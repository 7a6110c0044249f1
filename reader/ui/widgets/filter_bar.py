"""The inputs for words: those to filter headlines by, and those to search everything for."""

from typing import ClassVar

from rich.cells import cell_len
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input
from textual.widgets.input import Selection

from reader.text.sanitize import clean_line
from reader.ui import wording
from reader.ui.commands.bindings import bindings_of

# A limit above any sensible query (characters).
_MAX_TYPED = 200


class WordsBar(Input):
    """An input that requests a result for its words while they are typed."""

    # Nothing else moves when the text gets longer.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0))

    def __init__(self, placeholder: str) -> None:
        super().__init__(
            placeholder=placeholder, compact=True, select_on_focus=False, max_length=_MAX_TYPED
        )
        self.cursor_blink = False

    @property
    def words(self) -> str:
        """Return what was typed, on one clean line."""
        return clean_line(self.value)

    def take_words(self) -> str:
        """Return the typed words, and cancel a pending request for them."""
        return self.words

    def put(self, text: str) -> None:
        """Set the text, with the cursor at its end."""
        self.value = text
        self.cursor_position = len(text)

    def mark_all(self) -> None:
        """Select the words, so that typing replaces them."""
        self.selection = Selection(0, len(self.value))

    def clear_quietly(self) -> None:
        """Empty the input without posting Asked."""
        with self.prevent(Input.Changed):
            self.value = ""


class FilterBar(WordsBar):
    """Posts Asked once the typed keys are drawn, and Settled on Enter."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("filter")

    class Asked(Message):
        """The words to filter by changed."""

        def __init__(self, words: str) -> None:
            self.words = words
            super().__init__()

    class Settled(Message):
        """The reader wants to go on to the filtered list."""

    def __init__(self) -> None:
        super().__init__(wording.say("list.filter-hint"))
        self._will_ask = False

    def on_resize(self) -> None:
        """Tell what is filtered by in as many words as there is room for."""
        hint = wording.say("list.filter-hint")
        is_cut = cell_len(hint) > self.content_size.width
        self.placeholder = wording.say("list.filter-hint-short") if is_cut else hint

    def clear_quietly(self) -> None:
        """Empty the input without posting Asked."""
        self._will_ask = False
        super().clear_quietly()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Post Asked after the next drawing, and so once for keys in quick succession."""
        event.stop()
        if not self._will_ask:
            self._will_ask = True
            self.call_after_refresh(self._ask)

    def take_words(self) -> str:
        """Return the typed words, and cancel a pending request for them."""
        self._will_ask = False
        return self.words

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Post Settled."""
        event.stop()
        self.post_message(self.Settled())

    def _ask(self) -> None:
        if self._will_ask:
            self._will_ask = False
            self.post_message(self.Asked(self.words))


class SearchBar(WordsBar):
    """Posts Asked at every key, since typing does not wait for a search, and Settled on Enter."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("search")

    class Asked(Message):
        """The query to search for changed."""

        def __init__(self, query: str) -> None:
            self.query = query
            super().__init__()

    class Settled(Message):
        """The reader wants to open the hit at the cursor."""

    def __init__(self) -> None:
        super().__init__(wording.say("search.hint"))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Post Asked."""
        event.stop()
        self.post_message(self.Asked(self.words))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Post Settled."""
        event.stop()
        self.post_message(self.Settled())
