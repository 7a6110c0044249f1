"""Messages that several widgets post to the main screen."""

from textual.message import Message


class Chosen(Message):
    """A reader chose a headline, by its number; `related` tells that the strip showed it."""

    def __init__(self, headline_id: int, *, related: bool = False) -> None:
        self.headline_id = headline_id
        self.related = related
        super().__init__()
