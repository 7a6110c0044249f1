"""The reading screen: headlines, the opened article and what is related to it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from reader.config import Settings
from reader.library import Library
from reader.model import Headline
from reader.text.clean import clean_line
from reader.ui import words
from reader.ui.browser import may_open
from reader.ui.commands import Pane
from reader.ui.complaints import Complaints
from reader.ui.edition import Edition
from reader.ui.history import History, Visit
from reader.ui.screens.panes import PanedScreen
from reader.ui.state import Chosen
from reader.ui.widgets.filter_bar import FilterBar
from reader.ui.widgets.headline_list import Place

_POLL_SECONDS = 2.0
_AGE_SECONDS = 60.0


class ReadingScreen(PanedScreen):
    """Mediates between the library and the panes: state goes down, messages come up."""

    def __init__(self, library: Library, settings: Settings, now: Callable[[], datetime]) -> None:
        super().__init__(self._load, now, settings.language)
        self._library = library
        self._edition = Edition(library)
        self._told = Complaints(self._complain, now)
        self._history = History()
        self._detour = False
        # Reading on goes on from here: the last headline opened other than through the strip.
        self._anchor: int | None = None
        self._before_filter: tuple[Place | None, Pane] = (None, "list")

    def on_mount(self) -> None:
        """Read the edition, and look from time to time whether it changed or aged."""
        self.headlines.focus()
        self.reread()
        self.set_interval(_POLL_SECONDS, self._poll)
        self.set_interval(_AGE_SECONDS, self._age)

    # What the library answers.

    def _complain(self, sentence: str) -> None:
        self.app.notify(clean_line(sentence), severity="error", markup=False)

    def _say(self, sentence: str) -> None:
        self.app.notify(sentence, timeout=3, markup=False)

    def _load(self, ids: Sequence[int]) -> list[Headline]:
        with self._told:
            return self._library.headlines(ids)
        return []

    def reread(self) -> None:
        """Read the list, its counts and the opened article anew; cursor and view stay."""
        with self._told:
            self._edition.reread()
            self.notice = self._edition.notice()
            self.ids = self._edition.ids
            self._marks_changed()

    def _recount(self) -> None:
        self.revision += 1
        self.standing = self._edition.standing()

    def _marks_changed(self) -> None:
        with self._told:
            self._recount()
            if self.opened is not None:
                self.opened = self._edition.opened(self.opened.headline.id) or self.opened

    def _poll(self) -> None:
        with self._told:
            if self._library.changed():
                self.reread()

    def _age(self) -> None:
        self.revision += 1

    # Opening.

    def on_chosen(self, message: Chosen) -> None:
        """Open what was chosen in the list or in the strip, and go to it."""
        if self._visit(message.headline_id, detour=message.related):
            self.go_to("article")

    def _visit(self, headline_id: int, *, detour: bool = False) -> bool:
        """Open a headline as a new step of the history."""
        left = self._present()
        if not self._open(headline_id):
            return False
        if left is not None and left.headline_id != headline_id:
            self._history = self._history.leave(left)
        self._arrive(headline_id, detour=detour)
        return True

    def _present(self) -> Visit | None:
        if self.opened is None:
            return None
        return Visit(self.opened.headline.id, self.article.scroll_offset.y, self._detour)

    def _open(self, headline_id: int) -> bool:
        """Mark a headline read on disk, then show it; tell whether it is still there."""
        with self._told:
            headline = self._edition.headline(headline_id)
            if headline is None:
                self._say(words.GONE)
                return False
            # A mark that cannot be written is no reason not to show the article.
            with self._told:
                if not headline.read:
                    self._library.mark_read(headline_id)
            self.opened = self._edition.opened(headline_id)
            self._recount()
            return True
        return False

    def _arrive(self, headline_id: int, *, detour: bool) -> None:
        self._detour = detour
        if not detour:
            self._anchor = headline_id
            self.headlines.go_to(headline_id)

    def action_unread(self, step: int) -> None:
        """Open the next (1) or previous (-1) unread headline of the list."""
        with self._told:
            found = self._edition.unread_from(self._anchor, self.headlines.cursor, step)
            if found is None:
                self._say(words.NO_UNREAD_BELOW if step > 0 else words.NO_UNREAD_ABOVE)
            elif self._visit(found) and self.narrow:
                self.go_to("article")

    def action_read_on(self) -> None:
        """Page the article; at its end, or where none is shown, open the next unread one."""
        if self.opened is None or (self.narrow and not self.reading):
            self.headlines.action_open()
        elif self.article.at_end:
            self.action_unread(1)
        else:
            self.article.action_page(1)

    def action_back(self) -> None:
        """Open what was open before, where it was left; from the first, go up a level."""
        present = self._present()
        step = self._history.back(present) if present else None
        if step is None:
            self.action_leave()
        else:
            self._revisit(*step)

    def action_forward(self) -> None:
        """Open again what `back` left."""
        present = self._present()
        if present and (step := self._history.forward(present)):
            self._revisit(*step)

    def _revisit(self, visit: Visit, history: History) -> None:
        if self._open(visit.headline_id):
            self._history = history
            self._arrive(visit.headline_id, detour=visit.detour)
            self.article.return_to(visit.scrolled)
            self.go_to("article")

    # Marks and the browser.

    def _at_hand(self) -> Headline | None:
        """Return the headline that a mark is for: at the cursor, or in the article the opened."""
        opened_id = self.opened.headline.id if self.opened else None
        at_cursor = {"list": self.headlines.cursor_id, "strip": self.strip.cursor_id}
        headline_id = at_cursor.get(self.pane, opened_id)
        return None if headline_id is None else self._edition.headline(headline_id)

    def action_save(self) -> None:
        """Save the headline at hand, or no longer."""
        with self._told:
            if headline := self._at_hand():
                self._library.mark_saved(headline.id, saved=not headline.saved)
        self._marks_changed()

    def action_toggle_read(self) -> None:
        """Mark the headline at hand unread, or read."""
        with self._told:
            if headline := self._at_hand():
                self._library.mark_read(headline.id, read=not headline.read)
        self._marks_changed()

    def action_browser(self) -> None:
        """Open the page of the headline at hand in the web browser."""
        with self._told:
            headline = self._at_hand()
            url = headline.teaser.url if headline else None
            if url and may_open(url):
                self.app.open_url(url)
            elif headline:
                self._say(words.NO_LINK)

    # Going places.

    def action_view(self, step: int) -> None:
        """Show the next or previous section from its newest headline."""
        self._edition.step_view(step)
        self.reread()
        self.headlines.action_top()
        self.go_to("list")

    def action_filter(self) -> None:
        """Ask for the words to filter by."""
        if not self.filtering:
            self._before_filter = (self.headlines.place, self.pane)
            self.filtering = True
        self.go_to("filter")

    def on_filter_bar_asked(self, message: FilterBar.Asked) -> None:
        """Show only headlines with these words."""
        if self.filtering:
            self._edition.words = message.words
            self.reread()
            self.headlines.action_top()

    def on_filter_bar_settled(self) -> None:
        """Go on to the filtered list."""
        self.go_to("list")

    def action_leave(self) -> None:
        """Go up a level: strip, article, list, and there out of the filter."""
        if self.pane == "strip":
            self.go_to("article")
        elif self.pane == "article":
            self.go_to("list")
        elif self.filtering:
            self._end_filter()

    def _end_filter(self) -> None:
        place, pane = self._before_filter
        stays = self.pane == "list"
        self.filtering = False
        self.filter.clear_quietly()
        self._edition.words = ""
        self.reread()
        if place is not None:
            self.headlines.return_to(place)
        self.go_to("list" if stays else pane)
