"""Marks: by hand, by reading, in bulk, and undo."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from reader.config import MarkRead
from reader.errors import is_gone_for_good
from reader.library import Library
from reader.model import Headline, Mark, MarkChange
from reader.ui import wording
from reader.ui.controllers.headlines import HeadlinesController
from reader.ui.controllers.screen import ArticlePane, ScreenAccess, Timer
from reader.ui.state.edition import Edition
from reader.ui.state.mark_notices import marked_notice, undone_notice
from reader.ui.state.screen_state import ScreenState
from reader.ui.typeset.text import short_title

# How long an article must be in view to count as read.
MOMENT_SECONDS = 1.0
_GROUP = "marks"
# More days than any headline is old.
_MOST_DAYS = 100_000


# Reverts an action, and returns the message about it; "" if it was reverted already.
TakeBack = Callable[[], str | Awaitable[str]]


class MarksController:
    """Sets marks, on disk before they are shown, and undoes them.

    Every method may raise ReaderError.
    """

    def __init__(
        self,
        library: Library,
        edition: Edition,
        state: ScreenState,
        screen: ScreenAccess,
        article: ArticlePane,
        *,
        headlines: HeadlinesController,
        mark_read: MarkRead,
        now: Callable[[], datetime],
    ) -> None:
        self._library = library
        self._edition = edition
        self._state = state
        self._screen = screen
        self._article = article
        self._headlines = headlines
        self._mark_read: MarkRead = mark_read
        self._now = now
        # The actions of this session: None for a mark, else the function that reverts it.
        self._acts: list[TakeBack | None] = []
        # Marking many takes a moment, and an undo waits for it.
        self._marking = asyncio.Lock()
        # The opened headline that is to be marked read; None once its mark was changed by hand.
        self._unmarked: int | None = None
        self._moment: Timer | None = None
        # The headline that was marked because it was read, as long as it is the one opened last and
        # nothing else was to be marked; and how many actions could be undone when it was opened:
        # what came since is undone first.
        self._read: int | None = None
        self._acts_before = 0

    # By hand.

    def toggle_saved(self) -> None:
        """Toggle saving the selected headline, or the picked ones."""
        if self._headlines.picked():
            self._mark_picked("saved")
            return
        if headline := self._headlines.require_selected():
            self._mark("saved", headline, value=not headline.saved)
            if self._state.pane == "article" and self._mark_read == "moment":
                self.confirm_read()
        self._headlines.refresh_marks()

    def toggle_read(self) -> None:
        """Toggle the read mark of the selected headline, or of the picked ones."""
        if self._headlines.picked():
            self._mark_picked("read")
            return
        if headline := self._headlines.require_selected():
            self._mark("read", headline, value=not headline.read)
        self._headlines.refresh_marks()

    def _mark(self, mark: Mark, headline: Headline, *, value: bool) -> None:
        if mark == "read":
            self.cancel_auto_read([headline.id])
        self._library.marks.set(mark, [headline.id], self._now(), value=value)
        self._acts.append(None)

    def _mark_picked(self, mark: Mark) -> None:
        """Set a mark on all picked headlines, or clear it if all have it."""
        picked = self._headlines.picked()
        value = not all(getattr(headline, mark) for headline in picked)
        self.mark_many(mark, [headline.id for headline in picked], value=value)

    def mark_many(self, mark: str, ids: Sequence[int], *, value: bool) -> None:
        """Set or clear a mark on many headlines, and report how many changed."""
        self._screen.start(_GROUP, lambda: self._mark_and_say(mark, ids, value=value))

    async def _mark_and_say(self, mark: str, ids: Sequence[int], *, value: bool) -> None:
        async with self._marking:
            changed = await self._mark_many(mark, ids, value=value)
            if changed:
                self._screen.show_notice(marked_notice(mark, changed, value=value))
            else:
                # Another process was first, or the headlines are gone.
                self._screen.say(wording.say("notice.nothing-marked"))

    # By reading.

    def begin_auto_read(self, headline: Headline) -> None:
        """Schedule marking an opened headline read, at once or after a moment, per the settings."""
        if self._moment is not None:
            self._moment.stop()
            self._moment = None
        self._unmarked = None if headline.read else headline.id
        self._read = None
        self._acts_before = len(self._acts)
        if self._mark_read == "open" and _has_come(headline):
            self._auto_read()
        elif not headline.read:
            self._moment = self._screen.every(MOMENT_SECONDS, self.moment_passed)

    def cancel_auto_read(self, ids: Sequence[int | None]) -> None:
        """Cancel the scheduled mark of the opened headline, if it is one of `ids`."""
        if self._read in ids:
            self._read = None
        if self._unmarked in ids:
            self._unmarked = None
            if self._moment is not None:
                self._moment.stop()

    def confirm_read(self) -> None:
        """Mark the opened headline read now, if that is still scheduled."""
        if self._unmarked is not None:
            self._auto_read()
            self._headlines.refresh_marks()

    def read_on(self) -> None:
        """Mark the opened headline read when the reader pages on in it."""
        if self._mark_read == "moment" or self._article.at_end:
            self.confirm_read()

    def moment_passed(self) -> None:
        """Mark the opened headline read if it was in view for long enough."""
        is_in_view = self._screen.is_front and (self._state.reading or not self._screen.narrow)
        if is_in_view and self._counts_as_read:
            self.confirm_read()

    def article_scrolled(self) -> None:
        """Mark the opened headline read once it is scrolled far enough."""
        if self._unmarked is not None and self._article.place and self._counts_as_read:
            self.confirm_read()

    @property
    def _counts_as_read(self) -> bool:
        """Tell whether enough was in view; never for an article that has not been fetched."""
        fetch, opened = self._state.fetch, self._state.opened
        if fetch is not None and opened is not None and fetch.headline_id == opened.headline.id:
            return False
        return self._mark_read in ("open", "moment") or self._article.at_end

    def _auto_read(self) -> None:
        """Mark the opened headline read, unless its mark was touched since it was opened.

        Viewing a headline counts as reading it only once its article has arrived.
        """
        unmarked = self._unmarked
        headline = None if unmarked is None else self._edition.headline(unmarked)
        if headline is not None and not _has_come(headline):
            return
        # A mark that cannot be written is tried once.
        self.cancel_auto_read([unmarked])
        if headline is not None and not headline.read:
            # It can be taken back while it is the last step only, so the log does not have it.
            self._library.marks.set("read", [headline.id], self._now(), value=True, logged=False)
            self._read = headline.id

    # Bulk marks, and undo.

    def mark_all_read(self) -> None:
        """Mark the picked headlines read, else all of the list.

        With a count, mark those older than that many days.
        """
        if self._state.picked:
            self.mark_many_read(list(self._state.picked))
            return
        self._headlines.read_whole()
        days = self._state.pending.count
        if days is None or self._state.searching:
            self.mark_many_read(list(self._headlines.order), none_left="notice.all-read-here")
        else:
            before = self._now() - timedelta(days=min(days, _MOST_DAYS))
            self.mark_many_read(self._headlines.older_than(before))

    def mark_above_read(self) -> None:
        """Mark all headlines above the cursor read."""
        order, place = self._order_and_place()
        self.mark_many_read(order[:place])

    def mark_below_read(self) -> None:
        """Mark all headlines below the cursor read."""
        order, place = self._order_and_place()
        self.mark_many_read(order[place + 1 :])

    def mark_older_read(self) -> None:
        """Mark all headlines of the list that are older than a day read."""
        self.mark_many_read(self._headlines.older_than(self._now() - timedelta(days=1)))

    def _order_and_place(self) -> tuple[list[int], int]:
        """Return the headlines of the list in order, and the index of the one at the cursor."""
        self._headlines.read_whole()
        order, cursor_id = list(self._headlines.order), self._headlines.shown.cursor_id
        return order, order.index(cursor_id) if cursor_id in order else 0

    def mark_many_read(
        self, ids: Sequence[int], *, none_left: str = "notice.all-those-read"
    ) -> None:
        """Mark headlines read in one step, which a single undo reverts.

        The text `none_left` is shown where all are read already.
        """
        self._screen.start(_GROUP, lambda: self._mark_all_read(ids, none_left))

    def note_act(self, take_back: TakeBack) -> None:
        """Record an action other than a mark, and the function that reverts it."""
        self._acts.append(take_back)

    async def _mark_all_read(self, ids: Sequence[int], none_left: str) -> None:
        async with self._marking:
            changed = await self._mark_many("read", ids, value=True)
            if changed:
                self._screen.show_notice(marked_notice("read", changed, value=True))
            else:
                self._screen.say(wording.say(none_left), about="list")

    def undo(self) -> None:
        """Undo the last action; reading marks count only while nothing came after them."""
        self._screen.start(_GROUP, self._undo)

    async def _undo(self) -> None:
        async with self._marking:
            if len(self._acts) <= self._acts_before and self._unread():
                return
            while take_back := self._acts.pop() if self._acts else None:
                text = take_back()
                if not isinstance(text, str):
                    text = await text
                if text:
                    self._headlines.reread()
                    self._screen.say(text)
                    return
            now = self._now()

            def undone() -> MarkChange | None:
                with self._library.open_connection() as library:
                    return library.marks.undo(now)

            change = await asyncio.to_thread(undone)
            if change is None:
                self._screen.say(wording.say("undo.nothing"))
                return
            if change.mark == "read":
                self.cancel_auto_read(change.ids)
            self._headlines.refresh_marks()
            self._screen.show_notice(undone_notice(change, self._title(change.ids[0])))

    def _unread(self) -> bool:
        """Undo that a headline was marked because it was read; tell whether it was marked still."""
        number, self._read = self._read, None
        if number is None:
            return False
        ids = self._library.marks.set("read", [number], self._now(), value=False, logged=False)
        if ids:
            self._headlines.refresh_marks()
            change = MarkChange("read", value=True, ids=tuple(ids))
            self._screen.show_notice(undone_notice(change, self._title(number)))
        return bool(ids)

    def _title(self, headline_id: int) -> str:
        headline = self._edition.headline(headline_id)
        return short_title(headline.teaser) if headline else ""

    async def _mark_many(self, mark: str, ids: Sequence[int], *, value: bool) -> list[int]:
        """Mark many in a thread, as a hundred thousand take half a second; then show them."""
        if mark == "read":
            self.cancel_auto_read(ids)

        now = self._now()

        def marked() -> list[int]:
            with self._library.open_connection() as library:
                return library.marks.set(mark, ids, now, value=value)

        changed = await asyncio.to_thread(marked)
        if changed:
            self._acts.append(None)
        else:
            self._read = None
        self._headlines.refresh_marks()
        return changed


def _has_come(headline: Headline) -> bool:
    """Tell whether all there is to read of a headline is offline."""
    failure = headline.failure
    is_gone = failure is not None and is_gone_for_good(failure)
    return headline.cached or headline.teaser.url is None or is_gone
