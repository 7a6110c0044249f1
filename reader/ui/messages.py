"""Messages that several widgets post to the main screen."""

from textual.geometry import Offset
from textual.message import Message

# The right button of the mouse.
RIGHT = 3


class Chosen(Message):
    """A reader chose a headline, by its number; `related` tells that the strip showed it."""

    def __init__(self, headline_id: int, *, related: bool = False) -> None:
        self.headline_id = headline_id
        self.related = related
        super().__init__()


class MenuAsked(Message):
    """The reader asks, with the right button, for the menu at a cell of the screen."""

    def __init__(self, at: Offset) -> None:
        self.at = at
        super().__init__()


class CommandAsked(Message):
    """The reader clicked on a text that names a command, by its id."""

    def __init__(self, command: str) -> None:
        self.command = command
        super().__init__()
