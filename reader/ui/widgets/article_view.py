"""The article: its heading and its blocks at a measure that is comfortable to read."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import zip_longest
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import HorizontalGroup, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from reader.model import Block
from reader.text.clean import clean_line, clean_text
from reader.text.reltime import Language
from reader.ui import words
from reader.ui.browser import may_open
from reader.ui.commands import bindings_of
from reader.ui.harmless import plain
from reader.ui.network import Network
from reader.ui.state import Fetch, Opened
from reader.ui.typeset import (
    age_text,
    dateline_text,
    headline_text,
    joined,
    reading_minutes,
    sentence,
    worth_showing,
)

# Lines of the last screen that stay in view when paging on.
_OVERLAP = 2
# What turns while an article is fetched, seldom enough to cost nothing.
_WHEEL = "◐◓◑◒"
_TURN_SECONDS = 0.25


class ArticleView(VerticalScroll, inherit_bindings=False):
    """The opened headline with its article, or the summary where only that is offline."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("article")

    opened: reactive[Opened | None] = reactive(None, repaint=False)
    revision = reactive(0, repaint=False)
    network: reactive[Network] = reactive(Network(), repaint=False)
    fetch: reactive[Fetch | None] = reactive(None, repaint=False)

    def __init__(self, now: Callable[[], datetime], language: Language) -> None:
        super().__init__()
        self._now = now
        self._language = language
        self._laid_out = True
        self._first_line = 0
        self._wheel: Timer | None = None
        self._turns = 0

    @property
    def at_end(self) -> bool:
        """Tell whether the last line is in view; never before the article has been laid out."""
        return self._laid_out and self.scroll_offset.y >= self.max_scroll_y

    def watch_opened(self, old: Opened | None, new: Opened | None) -> None:
        """Draw another article from its beginning; of the same one only the marks."""
        same = bool(old and new and old.headline.id == new.headline.id)
        if same and old and new and old.article == new.article:
            self._draw_about()
            self._draw_lack()
        else:
            # An article that was updated stays where one was reading it.
            self._first_line = self.scroll_offset.y if same else 0
            # At once, so that a key held down does not page an article nobody has seen.
            self._laid_out = False
            self.call_next(self._lay_out)

    async def _lay_out(self) -> None:
        async with self.batch():
            await self.remove_children()
            await self.mount_all(self._parts(self.opened))
        self.scroll_home(animate=False, force=True, immediate=True)
        self.call_after_refresh(self._show_laid_out)

    def watch_revision(self) -> None:
        """Tell the age anew."""
        self._draw_about()

    def watch_network(self, old: Network, new: Network) -> None:
        """Tell anew what is to be done where the article is missing."""
        if old.offline != new.offline:
            self._draw_lack()

    def watch_fetch(self, _old: Fetch | None, new: Fetch | None) -> None:
        """Tell how it stands with the missing article, with a wheel that turns meanwhile."""
        self._draw_lack()
        if self._wheel is not None:
            self._wheel.stop()
            self._wheel = None
        if new is not None and new.failure is None:
            self._wheel = self.set_interval(_TURN_SECONDS, self._turn)

    def _turn(self) -> None:
        self._turns += 1
        self._draw_lack()

    def return_to(self, line: int) -> None:
        """Scroll to `line`, once the article has been laid out."""
        if self._laid_out:
            self.scroll_to(y=line, animate=False, force=True, immediate=True)
        else:
            self._first_line = line

    def action_page(self, pages: int) -> None:
        """Scroll by `pages` views, less a few lines to read on from."""
        if self._laid_out:
            lines = max(self.size.height - _OVERLAP, 1)
            self.scroll_relative(y=pages * lines, animate=False, force=True, immediate=True)

    def _show_laid_out(self) -> None:
        self._laid_out = True
        self.return_to(self._first_line)

    def _draw_about(self) -> None:
        text = self._about()
        for about in self.query(".about").results(Static):
            # An update lays the whole screen out anew.
            if about.content != text:
                about.update(text)

    def _draw_lack(self) -> None:
        for lack in self.query(".missing").results(Static):
            lack.update(self._lack())

    def _lack(self) -> Content:
        """Return why the article is not there, and what is to be done about it."""
        if self.opened is None:
            return Content()
        headline, fetch = self.opened.headline, self.fetch
        if fetch is not None and fetch.headline_id != headline.id:
            fetch = None
        if fetch is not None and fetch.failure is None:
            return Content(f"{_WHEEL[self._turns % len(_WHEEL)]} {words.FETCHING}")
        failure = (fetch and fetch.failure) or headline.failure
        if not may_open(headline.teaser.url):
            return Content(words.NOT_OFFLINE_NO_LINK)
        way = words.HOW_TO_RETRY if failure else words.HOW_TO_FETCH
        if self.network.offline:
            way = words.HOW_TO_GO_ONLINE
        return Content(f"{sentence(failure or words.NOT_OFFLINE)}\n{way}")

    def _about(self) -> Content:
        if self.opened is None:
            return Content()
        headline, article = self.opened.headline, self.opened.article
        minutes = words.READING_TIME.format(minutes=reading_minutes(article)) if article else ""
        return Content(
            joined(
                dateline_text(headline.teaser.dateline),
                age_text(headline, self._now(), self._language),
                minutes,
                words.SAVED_MARK if headline.saved else "",
            )
        )

    def _parts(self, opened: Opened | None) -> Iterator[Widget]:
        if opened is None:
            yield Static(Content(words.NOTHING_OPENED), classes="notice")
            return
        teaser = opened.headline.teaser
        if teaser.section:
            yield Static(Content(clean_line(teaser.section).upper()), classes="kicker")
        yield Static(Content(headline_text(teaser)), classes="headline")
        yield Static(self._about(), classes="about")
        if opened.article is not None:
            blocks = [block for block in opened.article.blocks if worth_showing(block)]
            for block, following in zip_longest(blocks, blocks[1:]):
                part = _block(block)
                part.set_class(block is blocks[0], "lead")
                # Items of one list stand together.
                part.set_class(following is not None and following.kind == "item", "before-item")
                yield part
            return
        if clean_line(teaser.summary) not in ("", headline_text(teaser)):
            yield Static(plain(teaser.summary), classes="paragraph lead")
        yield Static(self._lack(), classes="missing")


def _block(block: Block) -> Widget:
    text = Static(Content(clean_text(block.text).strip()))
    if block.kind == "item":
        return HorizontalGroup(Static(Content("•"), classes="bullet"), text, classes="item")
    return text.add_class(block.kind)
