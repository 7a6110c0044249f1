"""The part of the reading screen that marks: by hand, by reading, all at once, and back again."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from textual.timer import Timer

from reader.config import MarkRead, Settings
from reader.library import Library
from reader.model import Headline, Mark
from reader.ui import words
from reader.ui.screens.keeping import KeepingScreen
from reader.ui.state.undo import MarkChange, UndoStack, undone_text
from reader.ui.typeset.text import fit, headline_text
from reader.worker import Child

# What was in view for so long has been looked at.
MOMENT_SECONDS = 1.0
_TITLE_WIDTH = 40


class MarkingScreen(KeepingScreen):
    """Marks headlines, on disk before it shows, and takes each mark back again."""

    def __init__(
        self, library: Library, settings: Settings, now: Callable[[], datetime], child: Child
    ) -> None:
        super().__init__(library, settings, now, child)
        self._mark_read: MarkRead = settings.mark_read
        self._deeds = UndoStack()
        # Marks of many take a moment, and what takes them back waits for that.
        self._marking = asyncio.Lock()
        # The opened headline while it waits to be marked read: not once its mark was touched.
        self._unmarked: int | None = None
        self._moment: Timer | None = None

    def on_mount(self) -> None:
        """Notice when one reads on in the article."""
        self.watch(self.article, "scroll_y", self._scrolled, init=False)

    # By hand.

    def action_save(self) -> None:
        """Save the headline at hand, or no longer."""
        with self._told:
            if headline := self._at_hand():
                self._mark("saved", headline, value=not headline.saved)
                if self.pane == "article" and self._mark_read == "moment":
                    self._has_read()
        self._marks_changed()

    def action_toggle_read(self) -> None:
        """Mark the headline at hand unread, or read."""
        with self._told:
            if headline := self._at_hand():
                self._mark("read", headline, value=not headline.read)
        self._marks_changed()

    def _mark(self, mark: Mark, headline: Headline, *, value: bool) -> None:
        if mark == "read":
            self._leave_alone([headline.id])
            self._library.marks.set("read", [headline.id], value=value)
        else:
            self._library.marks.set("saved", [headline.id], value=value)
        title = headline_text(headline.teaser)
        title = fit(title, min(len(title), _TITLE_WIDTH)).rstrip()
        self._deeds = self._deeds.add(MarkChange(mark, value, (headline.id,), title))

    # By reading.

    def _begin_to_read(self, headline: Headline) -> None:
        """Have an opened headline marked read when the settings say: at once, or in a moment."""
        if self._moment is not None:
            self._moment.stop()
            self._moment = None
        self._unmarked = None if headline.read else headline.id
        if self._mark_read == "open":
            self._take_for_read()
        elif not headline.read:
            self._moment = self.set_interval(MOMENT_SECONDS, self._moment_passed)

    def _take_for_read(self) -> None:
        """Mark the opened headline read, unless its mark was touched since it was opened."""
        unmarked = self._unmarked
        # A mark that cannot be written is no reason not to show the article, nor to try for ever.
        self._leave_alone([unmarked])
        with self._told:
            headline = None if unmarked is None else self._edition.headline(unmarked)
            if headline is not None and not headline.read:
                self._mark("read", headline, value=True)

    def _has_read(self) -> None:
        """Mark the opened headline read, since what one did with it tells that one reads it."""
        if self._unmarked is not None:
            self._take_for_read()
            self._marks_changed()

    def _leave_alone(self, ids: Sequence[int | None]) -> None:
        if self._unmarked in ids:
            self._unmarked = None
            if self._moment is not None:
                self._moment.stop()

    def _moment_passed(self) -> None:
        is_in_view = self.app.screen is self and (self.reading or not self.narrow)
        if is_in_view and self._counts_as_read:
            self._has_read()

    @property
    def _counts_as_read(self) -> bool:
        """Tell whether so much was in view; of what is on its way or never came it is nothing."""
        fetch, opened = self.fetch, self.opened
        if fetch is not None and opened is not None and fetch.headline_id == opened.headline.id:
            return False
        return self._mark_read == "moment" or self.article.at_end

    def _scrolled(self) -> None:
        if self._unmarked is None or not self.article.place:
            return
        if self._counts_as_read:
            self._has_read()

    # Many at once, and back again.

    def action_all_read(self) -> None:
        """Mark all headlines of the shown list read."""
        self._read_whole()
        ids = list(self.shown_list.ids)
        self.run_worker(self._mark_all_read(ids), group="marks")

    async def _mark_all_read(self, ids: Sequence[int]) -> None:
        async with self._marking:
            with self._told:
                changed = await self._mark_aside("read", ids, value=True)
                self._deeds = self._deeds.add(MarkChange("read", True, tuple(changed)))
                if changed:
                    self._say(words.say_count("notice.marked-read", len(changed)), 6)
                else:
                    self._say(words.say("notice.all-read-here"))

    def action_undo(self) -> None:
        """Take back the last mark."""
        self.run_worker(self._undo(), group="marks")

    async def _undo(self) -> None:
        async with self._marking:
            if not self._deeds.done:
                self._say(words.say("undo.nothing"))
                return
            deed = self._deeds.done[-1]
            with self._told:
                await self._mark_aside(deed.mark, deed.ids, value=not deed.value)
                self._deeds = self._deeds.without(deed)
                self._say(undone_text(deed))

    async def _mark_aside(self, mark: Mark, ids: Sequence[int], *, value: bool) -> list[int]:
        """Mark many in a thread, for a hundred thousand take half a second; then show it."""
        if mark == "read":
            self._leave_alone(ids)

        def marked() -> list[int]:
            with self._library.open_connection() as library:
                return library.marks.set(mark, ids, value=value)

        changed = await asyncio.to_thread(marked)
        self._marks_changed()
        return changed
