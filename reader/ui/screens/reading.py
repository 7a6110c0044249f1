"""The reading screen: headlines, the opened article and what is related to it."""

from collections.abc import Callable
from datetime import datetime

from reader.config import Settings
from reader.library import Library
from reader.ui import words
from reader.ui.history import History, Visit
from reader.ui.messages import Chosen
from reader.ui.screens.follow import FollowScreen
from reader.ui.screens.keeping import KeepingScreen
from reader.ui.widgets.section_tabs import SectionTabs
from reader.worker import Child


class ReadingScreen(KeepingScreen):
    """Mediates between the library and the panes: state goes down, messages come up."""

    def __init__(
        self, library: Library, settings: Settings, now: Callable[[], datetime], child: Child
    ) -> None:
        super().__init__(library, settings, now, child)
        self._history = History()
        self._detour = False

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
        """Mark a headline read on disk, then show it or have it fetched; tell whether it exists."""
        with self._told:
            headline = self._edition.headline(headline_id)
            if headline is None:
                self._say(words.say("notice.gone"))
                return False
            # A mark that cannot be written is no reason not to show the article.
            with self._told:
                if not headline.read:
                    self._library.mark_read(headline_id)
            self.opened = self._edition.opened(headline_id)
            self._recount()
            self.action_fetch()
            return True
        return False

    def _arrive(self, headline_id: int, *, detour: bool) -> None:
        self._detour = detour
        if not detour:
            self._anchor = headline_id
            self.shown_list.go_to(headline_id)

    def action_unread(self, step: int) -> None:
        """Open the next (1) or previous (-1) unread headline of the list."""
        with self._told:
            found = self._edition.unread_from(
                self.shown_list.ids, self._anchor, self.shown_list.cursor, step
            )
            if found is None:
                self._say(
                    words.say("notice.no-unread-below")
                    if step > 0
                    else words.say("notice.no-unread-above")
                )
            elif self._visit(found) and self.narrow:
                self.go_to("article")

    def action_read_on(self) -> None:
        """Page the article; at its end, or where none is shown, open the next unread one."""
        if self.opened is None or (self.narrow and not self.reading):
            self.shown_list.action_open()
        elif self.article.at_end:
            self.action_unread(1)
        else:
            self.article.action_page(1)

    def action_back(self) -> None:
        """Open what was open before, where it was left; from the first, go up a level."""
        present = self._present()
        step = self._history.back(present) if present else None
        if step is None:
            self.action_up()
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

    # Marks.

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

    # Going places.

    def action_follow(self) -> None:
        """Choose the sections whose news is fetched."""
        with self._told:
            followings = self._library.followings()
            if followings:
                self.app.push_screen(FollowScreen(followings, self._last_failures, self._follow))
            else:
                self._say(words.say("follow.none"))

    def _follow(self, name: str, followed: bool) -> bool:
        """Have a section followed or not; tell whether that is on disk."""
        with self._told:
            self._library.follow(name, followed)
            return True
        return False

    def action_view(self, step: int) -> None:
        """Show the next or previous section from its newest headline."""
        with self._told:
            self._edition.step_view(step)
        self._show_view()

    def on_section_tabs_picked(self, message: SectionTabs.Picked) -> None:
        """Show the section of a tab from its newest headline."""
        self._edition.pick_view(message.number)
        self._show_view()

    def _show_view(self) -> None:
        self._end_search()
        self.show_list()
        self.headlines.to_top()
        self.go_to("list")

    def action_leave(self) -> None:
        """Stop fetching the opened article; where that is not under way, go up a level."""
        if self.pane in ("strip", "filter", "search") or not self.cancel_fetch():
            self.action_up()

    def action_up(self) -> None:
        """Go up a level: strip, article, list, and there out of the search or the filter."""
        if self.pane == "strip":
            self.go_to("article")
        elif self.pane == "article":
            self.go_to("list")
        elif self.searching:
            self._end_search()
        elif self.filtering:
            self._end_filter()
