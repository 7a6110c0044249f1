"""Reading: opens headlines, reads on, and moves back and forward through the history."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from reader.errors import ReaderError
from reader.library import Library
from reader.model import Headline, Selection
from reader.ui import wording
from reader.ui.controllers.find import FindController
from reader.ui.controllers.headlines import HeadlinesController
from reader.ui.controllers.marks import MarksController
from reader.ui.controllers.screen import ScreenAccess, Widgets
from reader.ui.controllers.sync import SyncController
from reader.ui.state.edition import Edition
from reader.ui.state.history import History, HistoryEntry
from reader.ui.state.linking import Linking
from reader.ui.state.notices import notice_of
from reader.ui.state.opened_articles import OpenedArticles
from reader.ui.state.screen_state import ScreenState
from reader.ui.state.values import Notice, place_of

# How long the hint on reading on stays visible (seconds).
_ONWARD_SECONDS = 8.0
# The list being read, and the headline reached in it.
_Onward = tuple[Selection, int | None]


class Bookmark(Struct, frozen=True):
    """A position to return to: the open headline, and the history that led to it."""

    entry: HistoryEntry | None
    history: History
    anchor: int | None


class ReadingController:
    """Opens headlines and keeps their history; every method may raise ReaderError."""

    def __init__(
        self,
        library: Library,
        edition: Edition,
        state: ScreenState,
        screen: ScreenAccess,
        widgets: Widgets,
        *,
        articles: OpenedArticles,
        headlines: HeadlinesController,
        marks: MarksController,
        sync: SyncController,
        find: FindController,
        now: Callable[[], datetime],
    ) -> None:
        self._library = library
        self._edition = edition
        self._state = state
        self._screen = screen
        self._article = widgets.article
        self._articles = articles
        self._widgets = widgets
        self._headlines = headlines
        self._marks = marks
        self._sync = sync
        self._find = find
        self._now = now
        # The article and the place in it that were stored last.
        self._kept = (0, 0)
        self._history = History()
        self._detour = False
        # Where reading continues: the last headline opened from a list.
        self._anchor: int | None = None
        # The place where the opened article was left for a preview.
        self._behind_preview: HistoryEntry | None = None
        # The destination of a second press of the key, and where the first was made.
        self._onward: _Onward | None = None

    # Opening.

    def open_at_cursor(self) -> None:
        """Open the headline at the cursor of the shown list."""
        headline_id = self._headlines.shown.cursor_id
        if headline_id is not None:
            self.open(headline_id)

    def open_related(self) -> None:
        """Open the headline at the cursor of the strip."""
        headline_id = self._widgets.strip.cursor_id
        if headline_id is not None:
            self.open(headline_id, related=True)

    def open(self, headline_id: int, *, related: bool = False) -> None:
        """Open a headline and go to it; `related` tells that the strip led there."""
        if self.visit(headline_id, detour=related):
            self._screen.focus_pane("article")
            if self._state.searching and not related:
                self._find.show_hit(self._state.found.terms)

    def keep_place(self) -> None:
        """Store the reading place of the opened article, unless its end was reached."""
        opened = self._state.opened
        # While another headline is previewed, the place is already stored.
        if opened is None or self._state.preview is not None:
            return
        # An article that was never visible has no place; the stored one stays.
        if opened.article is None or not self._article.seen:
            return
        headline_id = opened.headline.id
        place = 0 if self._article.at_end and not self._article.holds_place else self._article.place
        # The reader did not ask for this, so a failure is not reported; setting a mark reports it.
        with suppress(ReaderError):
            # An unchanged place is not stored again: another machine may have read on since.
            if (headline_id, place) == self._kept:
                return
            self._kept = (headline_id, place)
            if place != self._library.articles.place(headline_id):
                self._library.articles.keep_place(headline_id, place, self._now())

    def preview(self, headline_id: int) -> None:
        """Show a headline beside the list without opening it; the opened one stays behind it."""
        if self._state.preview is None:
            self.keep_place()
            self._behind_preview = self._present()
        self._state.preview = self._articles.load(headline_id)

    def end_preview(self) -> None:
        """Show the opened headline again, at the place where it was left."""
        if self._state.preview is not None:
            self._state.preview = None
            if self._behind_preview is not None:
                self._article.return_to(self._behind_preview.scrolled)

    def visit(self, headline_id: int, *, detour: bool = False) -> bool:
        """Open a headline as a new step of the history; tell whether it exists."""
        left, was_hidden = self._present(), self._state.preview is not None
        self.keep_place()
        if not self._open(headline_id):
            return False
        if left is not None and left.headline_id == headline_id and was_hidden:
            self._article.return_to(left.scrolled)
        if left is None or left.headline_id != headline_id:
            if left is not None:
                self._history = self._history.leave(left)
            if place := self._screen.errors.attempt(
                lambda: self._library.articles.place(headline_id)
            ):
                self._article.resume(place)
        self._arrive(headline_id, detour=detour)
        return True

    def _present(self) -> HistoryEntry | None:
        opened = self._state.opened
        if self._state.preview is not None:
            return self._behind_preview
        return (
            HistoryEntry(opened.headline.id, self._article.line, self._detour) if opened else None
        )

    def _open(self, headline_id: int) -> bool:
        """Show a headline, fetching it if needed; tell whether it exists."""
        headline = self._edition.headline(headline_id)
        if headline is None:
            self._screen.say(wording.say("notice.gone"))
            return False
        self._begin_auto_read(headline)
        present = self._state.opened
        if present is None or present.headline.id != headline_id:
            self._find.forget()
            self._state.comparing = None
            self._state.linking = Linking()
            if present is not None and present.changes is not None:
                self._screen.errors.attempt(
                    partial(self._library.articles.note_read, present.headline.id)
                )
        self._state.opened = self._articles.load(headline_id)
        self._state.preview = None
        self._headlines.refresh_counts()
        self._sync.fetch_on_opening()
        if self._library.articles.kept_back(headline_id):
            self._screen.show_notice(notice_of("notice.kept-back", about="article"))
        elif why := self._library.feeds.kept_because(headline_id):
            self._screen.show_notice(
                notice_of("feeds.kept", why=wording.reason_text(why), about="article")
            )
        return True

    def _begin_auto_read(self, headline: Headline) -> None:
        # A failed write of a mark must not prevent showing the article.
        self._screen.errors.attempt(lambda: self._marks.begin_auto_read(headline))

    def _arrive(self, headline_id: int, *, detour: bool) -> None:
        self._detour = detour
        self._headlines.see(headline_id)
        if not detour:
            self._anchor = headline_id
            self._headlines.go_to(headline_id)

    # Reading on.

    def open_unread(self, step: int) -> None:
        """Open the next (1) or previous (-1) unread headline of the list."""
        if not self._visit_unread(step):
            what = "readable" if self._state.network.is_away else "unread"
            where = "below" if step > 0 else "above"
            self._screen.say(wording.say(f"notice.no-{what}-{where}"), about="list")

    def read_on(self) -> None:
        """Page the article; at its end, or if none is shown, open the next unread one."""
        is_hidden = self._screen.narrow and not self._state.reading
        if self._state.opened is None or is_hidden or self._has_moved:
            self._open_from_cursor()
            return
        self.end_preview()
        self._marks.read_on()
        if not self._article.at_end:
            self._article.page(1)
        elif self._visit_unread(1):
            return
        elif self._state.network.is_away:
            self._screen.say(wording.say("notice.no-readable-below"), about="list")
        else:
            self._go_onward()

    @property
    def _has_moved(self) -> bool:
        """Tell whether the list cursor was moved since a headline was opened from the list."""
        opened, cursor_id = self._state.opened, self._headlines.shown.cursor_id
        ids = (self._anchor, opened.headline.id if opened else None)
        here = [self._headlines.row_of(each) for each in ids] + list(ids)
        return self._state.pane in ("list", "hits") and cursor_id not in here

    def _open_from_cursor(self) -> None:
        """Open the headline at the cursor; without a network, the next that is offline."""
        cursor_id = self._headlines.shown.cursor_id
        headline = None if cursor_id is None else self._edition.headline(cursor_id)
        if headline is None or headline.cached or not self._state.network.is_away:
            self.open_at_cursor()
        elif self._visit_unread(1):
            self._screen.focus_pane("article")
        else:
            self._screen.say(wording.say("notice.no-readable-below"), about="list")

    def _visit_unread(self, step: int) -> bool:
        """Open the next or previous unread headline of the list; tell whether there was one.

        The search starts at the cursor, inclusive, if it was moved in the list, else after the
        headline that was opened last. Without a network only offline articles count.
        """
        self._headlines.read_whole()
        shown = self._headlines.shown
        order = self._headlines.order
        start, place = self._anchor, shown.cursor
        if shown.cursor_id is not None:
            # Folded reports are in the order, but have no row.
            place = place_of(shown.cursor_id, order, place) or place
        if self._has_moved:
            start, place = None, place + (step < 0)
        cached = self._state.network.is_away
        found = self._edition.unread_from(order, start, place, step, cached=cached)
        if found is None:
            return False
        if self.visit(found) and self._screen.narrow:
            self._screen.focus_pane("article")
        return True

    def _go_onward(self) -> None:
        """Show where to read on; a second press goes there."""
        here = (self._edition.selection, self._anchor)
        unread = self._state.status.unread
        if self._state.searching or self._edition.words:
            self._screen.say(wording.say("notice.no-unread-below"), about="list")
        elif self._onward == here:
            self._onward = None
            self._read_elsewhere()
        elif unread:
            self._onward = here
            self._say_onward(notice_of("onward.above", unread))
        elif choice := self._edition.onward():
            self._onward = here
            unread, view = choice.counts.unread, choice.view.name
            self._say_onward(notice_of("onward.view", unread, view=view))
        else:
            self._say_onward(notice_of("onward.all-read"))

    def _say_onward(self, notice: Notice) -> None:
        self._screen.show_notice(replace(notice, seconds=_ONWARD_SECONDS, about="list"))

    def _read_elsewhere(self) -> None:
        """Open the first unread headline from the top, or in the next view that has one."""
        if not self._state.status.unread and (choice := self._edition.onward()):
            self._headlines.show_view(choice.view)
        self._anchor = None
        self._widgets.headlines.to_top()
        if self._visit_unread(1):
            self._screen.focus_pane("article")

    # Back and forward.

    def back(self) -> bool:
        """Open the previous headline at its last place; return whether there was one."""
        present = self._present()
        step = self._history.back(present) if present else None
        if step is None:
            return False
        self._revisit(*step)
        return True

    def forward(self) -> None:
        """Reopen the headline that `back` left, or say that there is none."""
        present = self._present()
        step = self._history.forward(present) if present else None
        if step is None:
            self._screen.say(wording.say("notice.nothing-ahead"), about="article")
        else:
            self._revisit(*step)

    def _revisit(self, entry: HistoryEntry, history: History) -> None:
        self.keep_place()
        if self._open(entry.headline_id):
            self._history = history
            self._arrive(entry.headline_id, detour=entry.detour)
            self._article.return_to(entry.scrolled)
            self._screen.focus_pane("article")

    def bookmark(self) -> Bookmark:
        """Return the present position."""
        return Bookmark(self._present(), self._history, self._anchor)

    def resume_anchor(self, bookmark: Bookmark) -> None:
        """Set the headline from which reading continues in the list."""
        self._anchor = bookmark.anchor

    def return_to(self, bookmark: Bookmark) -> None:
        """Return to a bookmark; `forward` then reopens the present headline."""
        self.end_preview()
        before, left = bookmark.entry, self._present()
        if left is None or (before is not None and before.headline_id == left.headline_id):
            return
        self.keep_place()
        self._marks.cancel_auto_read([left.headline_id])
        self._history = bookmark.history
        self._state.opened = None if before is None else self._articles.load(before.headline_id)
        if before is not None and self._state.opened is not None:
            self._history = History(bookmark.history.past, (*bookmark.history.future, left))
            self._detour = before.detour
            self._article.return_to(before.scrolled)
            self._sync.fetch_on_opening()

    # In the article.

    def scroll(self, lines: int) -> None:
        """Scroll the article by lines."""
        self._article.scroll_by(lines)

    def page(self, pages: int) -> None:
        """Scroll the article by screenfuls, keeping a few lines of context."""
        self._article.page(pages)

    def go_to_start(self) -> None:
        """Scroll to the beginning of the article."""
        self._article.to_start()

    def go_to_end(self) -> None:
        """Scroll to the end of the article."""
        self._article.to_end()
