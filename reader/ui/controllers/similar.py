"""Similar reports: finds those of the shown article, in a thread, for the strip."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from reader.errors import ReaderError
from reader.library import Library
from reader.ui.controllers.screen import ScreenAccess, Timer
from reader.ui.state.opened_articles import OpenedArticles
from reader.ui.state.screen_state import ScreenState
from reader.ui.state.values import Opened

# The article is drawn first, and one that is left sooner than this (seconds) needs none.
_REST = 0.05


class SimilarController:
    """Adds the similar reports to the shown article once they are found."""

    def __init__(
        self,
        library: Library,
        articles: OpenedArticles,
        state: ScreenState,
        screen: ScreenAccess,
    ) -> None:
        self._library = library
        self._articles = articles
        self._state = state
        self._screen = screen
        self._rest: Timer | None = None

    def article_shown(self, shown: Opened | None) -> None:
        """Look for reports similar to the one that is shown now, unless they are known."""
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
        if shown is not None and not self._articles.knows_similar(shown.headline.id):
            self._rest = self._screen.after(_REST, partial(self._start, shown.headline.id))

    def _start(self, headline_id: int) -> None:
        self._rest = None
        self._screen.start("similar", partial(self._find, headline_id), exclusive=True)

    async def _find(self, headline_id: int) -> None:
        # The reader did not ask for this, so a failure is not reported.
        with suppress(ReaderError):
            self._show(headline_id, await asyncio.to_thread(self._similar_to, headline_id))

    def _similar_to(self, headline_id: int) -> Sequence[int]:
        with self._library.open_connection() as library:
            return library.stories.related(headline_id)

    def _show(self, headline_id: int, similar: Sequence[int]) -> None:
        self._articles.note_similar(headline_id, similar)
        state = self._state
        if state.preview is not None and state.preview.headline.id == headline_id:
            state.preview = self._articles.with_similar(state.preview)
        if state.opened is not None and state.opened.headline.id == headline_id:
            state.opened = self._articles.with_similar(state.opened)
