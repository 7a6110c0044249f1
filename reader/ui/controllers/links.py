"""The links of the opened article: numbered, to open one in the reader or in the browser."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from reader.library import HeadlineQueries
from reader.model import Article
from reader.text.sanitize import clean_line
from reader.ui import words
from reader.ui.browser import may_open
from reader.ui.controllers.host import Host
from reader.ui.controllers.program import Dialogs, Outside
from reader.ui.controllers.reading import ReadingController
from reader.ui.state.values import Label
from reader.ui.state.view_state import ViewState

_NUMBER = re.compile(r"\[?([0-9]{1,5})(?:\]|$)")
_MOST_LINKS = 1_000


class LinksController:
    """Shows the links of the opened article, and opens one; may raise ReaderError."""

    def __init__(
        self,
        headlines: HeadlineQueries,
        state: ViewState,
        host: Host,
        *,
        reading: ReadingController,
        outside: Outside,
        dialogs: Dialogs,
    ) -> None:
        self._headlines = headlines
        self._state = state
        self._host = host
        self._reading = reading
        self._outside = outside
        self._dialogs = dialogs

    def choose(self) -> None:
        """Show the links by number, and open the one that is chosen or whose number is typed."""
        opened = self._state.opened
        links = links_of(opened.article) if opened and opened.article else []
        if not links:
            self._host.say(words.say("links.none"))
            return
        labels = [
            Label(f"[{number}] {text}", detail=urlsplit(url).hostname or "")
            for number, (text, url) in enumerate(links, 1)
        ]

        def follow(chosen: str) -> None:
            found = _NUMBER.match(chosen)
            if found and 1 <= int(found[1]) <= len(links):
                self._open(links[int(found[1]) - 1][1])

        self._dialogs.choose_label("link", labels, follow)

    def _open(self, url: str) -> None:
        """Open what the cache has at an address in the reader, anything else in the browser."""
        headline_id = self._headlines.find(url)
        if headline_id is not None:
            self._reading.open(headline_id, related=True)
        else:
            self._outside.open_url(url)


def links_of(article: Article) -> list[tuple[str, str]]:
    """Return the links of an article and its image, each once: its words and its address."""
    found: dict[str, str] = {}
    for text, url in _links(article):
        if may_open(url) and len(found) < _MOST_LINKS:
            found.setdefault(url, clean_line(text) or url)
    return [(text, url) for url, text in found.items()]


def _links(article: Article) -> Iterator[tuple[str, str]]:
    for block in article.blocks:
        for link in block.links:
            yield block.text[link.start : link.end], link.url
    if article.image is not None:
        yield article.image.caption or words.say("links.image"), article.image.url
