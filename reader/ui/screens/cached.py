"""The part of the reading screen that shows the cache as it is, whoever fills it."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

from reader.config import Settings
from reader.errors import ReaderError
from reader.library import Library
from reader.model import Headline
from reader.ui import words
from reader.ui.controllers.errors import Complaints
from reader.ui.reasons import reason_text
from reader.ui.screens.panes import PanedScreen
from reader.ui.state.edition import Edition
from reader.ui.state.values import Notice, ViewStatus
from reader.ui.widgets.headline_list import HeadlineList

_POLL_SECONDS = 2.0
_AGE_SECONDS = 60.0


class CachedScreen(PanedScreen):
    """Keeps what is shown up to date with the cache."""

    def __init__(self, library: Library, settings: Settings, now: Callable[[], datetime]) -> None:
        super().__init__(self._load, settings, now)
        self._opening = settings.opening
        self._library = library
        self._now = now
        self._edition = Edition(library)
        self._first_edition = False
        self._told = Complaints(self._complain, now)

    def on_mount(self) -> None:
        """Show the top of the edition, and look from time to time whether it changed or aged."""
        self.headlines.focus()
        with self._told:
            self._edition.open(self._opening, self._now())
            self._edition.read_beginning()
            self._show_all()
        self.set_interval(_POLL_SECONDS, self._poll)
        self.set_interval(_AGE_SECONDS, self._age)

    def on_unmount(self) -> None:
        """Remember when the reader was last used, so that what comes in from here on is new."""
        self._note_visit()

    def _note_visit(self) -> None:
        # Where nothing can be written, the marks tell it: this is nothing that a person asked for.
        with suppress(ReaderError):
            self._edition.note_visit(self._now())

    def _complain(self, complaint: str) -> None:
        self.notices.tell(Notice(reason_text(complaint), "error"))

    def _say(self, tells: str, seconds: float | None = None) -> None:
        self.notices.tell(Notice(tells, seconds=seconds))

    def _load(self, ids: Sequence[int]) -> list[Headline]:
        with self._told:
            return self._library.headlines.load(ids)
        return []

    def reread(self) -> None:
        """Read the list, its counts and the opened article anew; cursor and view stay."""
        with self._told:
            was_sample = self.status.sample
            self._edition.read()
            self._show_all()
            if was_sample and not self.status.sample:
                # A whole edition took the place of another: there is no place to keep, and what
                # was invented may not stand there as if it were news.
                self.opened = None
                self.go_to("list")
                self.headlines.to_top()
                self._first_edition = True
            # Of the very first edition everything is new, and so nothing is.
            if self._first_edition:
                self._catch_up()

    def show_list(self) -> None:
        """Show the whole list of the chosen view; cursor and view stay."""
        with self._told:
            self._edition.read()
            self._show()

    def _read_whole(self) -> None:
        """Show all of a list of which only the beginning has been read."""
        if self.total > len(self.ids):
            self.show_list()

    def _show(self) -> None:
        """Show the list and what it counts: all that another view or other words change."""
        self.notice = "" if self._edition.ids else self._edition.notice()
        self.total = self._edition.total
        self.ids = self._edition.ids
        self._recount()

    def _show_all(self) -> None:
        """Show whatever may have changed with the cache."""
        self._show()
        self.network = self.network.known(self._library.sources.sync_state())
        self._reopen()

    def _recount(self) -> None:
        self.revision += 1
        self.status = self._present_status()
        self.tabs = self._edition.tabs()

    def _present_status(self) -> ViewStatus:
        return self._edition.status()

    def _marks_changed(self) -> None:
        with self._told:
            self._recount()
            self._reopen()

    def _reopen(self) -> None:
        if self.opened is not None:
            self.opened = self._edition.opened(self.opened.headline.id) or self.opened

    def _poll(self) -> None:
        with self._told:
            if self._library.changed():
                self.reread()

    def _age(self) -> None:
        self.revision += 1

    def _catch_up(self) -> None:
        with self._told:
            self._edition.catch_up()
            self._note_visit()
            self.status = self._present_status()

    def on_headline_list_at_top(self, _message: HeadlineList.AtTop) -> None:
        """Take the fresh headlines for seen."""
        if self.status.fresh and not self.searching:
            self._catch_up()

    def action_fresh(self) -> None:
        """Go to the newest of the headlines that came in."""
        with self._told:
            fresh = self._edition.fresh
            if not fresh:
                self._say(words.say("notice.nothing-fresh"))
                return
            self.headlines.go_to(fresh[0])
            self.go_to("list")
            self._catch_up()
