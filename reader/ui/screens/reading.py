"""The reading screen: headlines, the opened article and what is related to it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from reader.config import Settings
from reader.errors import ReaderError
from reader.library import Library
from reader.model import Selection
from reader.ui import words
from reader.ui.messages import Chosen
from reader.ui.screens.follow import FollowScreen
from reader.ui.screens.marking import MarkingScreen
from reader.ui.screens.sections import SectionsScreen
from reader.ui.state.history import History, Visit
from reader.ui.state.values import Named, Place, View
from reader.ui.widgets.section_tabs import SectionTabs
from reader.worker import Child

# What tells how to read on stays long enough to be read (seconds).
_ONWARD_SECONDS = 8.0
# What is read, and which headline of it was reached.
_Onward = tuple[Selection, int | None]


class ReadingScreen(MarkingScreen):
    """Mediates between the library and the panes: state goes down, messages come up."""

    def __init__(
        self, library: Library, settings: Settings, now: Callable[[], datetime], child: Child
    ) -> None:
        super().__init__(library, settings, now, child)
        self._history = History()
        self._detour = False
        # What was open before the search, and how one had come to it.
        self._before_hits: tuple[Visit | None, History] = (None, self._history)
        # Where reading goes on when space is pressed again, and from where that was said.
        self._onward: _Onward | None = None
        # Where one was in each view that was left below its top.
        self._places: dict[View, Place | None] = {}

    def on_unmount(self) -> None:
        """Remember where the opened article is left."""
        self._keep_place()

    def _poll(self) -> None:
        # Not only at the end, which a power cut does not wait for.
        self._keep_place()
        super()._poll()

    # Opening.

    def on_chosen(self, message: Chosen) -> None:
        """Open what was chosen in the list or in the strip, and go to it."""
        if self._visit(message.headline_id, detour=message.related):
            self.go_to("article")

    def _visit(self, headline_id: int, *, detour: bool = False) -> bool:
        """Open a headline as a new step of the history."""
        left = self._present()
        self._keep_place()
        if not self._open(headline_id):
            return False
        if left is not None and left.headline_id != headline_id:
            self._history = self._history.leave(left)
        if left is None or left.headline_id != headline_id:
            with self._told:
                if place := self._library.articles.place(headline_id):
                    self.article.resume(place)
        self._arrive(headline_id, detour=detour)
        return True

    def _present(self) -> Visit | None:
        if self.opened is None:
            return None
        return Visit(self.opened.headline.id, self.article.scroll_offset.y, self._detour)

    def _open(self, headline_id: int) -> bool:
        """Show a headline, or have it fetched; tell whether it exists."""
        with self._told:
            headline = self._edition.headline(headline_id)
            if headline is None:
                self._say(words.say("notice.gone"))
                return False
            self._begin_to_read(headline)
            self.opened = self._edition.opened(headline_id)
            self._recount()
            self.action_fetch()
            return True
        return False

    def _keep_place(self) -> None:
        """Remember where the opened article is left, unless one has come to its end."""
        # Until it was seen it has no place, and the one that is stored holds.
        if self.opened is None or self.opened.article is None or not self.article.seen:
            return
        headline_id = self.opened.headline.id
        place = 0 if self.article.at_end else self.article.place
        # Where nothing can be written, the marks tell it: this is nothing that a person asked for.
        with suppress(ReaderError):
            if place != self._library.articles.place(headline_id):
                self._library.articles.keep_place(headline_id, place)

    def _arrive(self, headline_id: int, *, detour: bool) -> None:
        self._detour = detour
        if not detour:
            self._anchor = headline_id
            self.shown_list.go_to(headline_id)

    def action_unread(self, step: int) -> None:
        """Open the next (1) or previous (-1) unread headline of the list."""
        with self._told:
            if not self._visit_unread(step):
                self._say(
                    words.say("notice.no-unread-below")
                    if step > 0
                    else words.say("notice.no-unread-above")
                )

    def _visit_unread(self, step: int) -> bool:
        """Open the next or previous unread headline of the list; tell whether there was one."""
        self._read_whole()
        ids, cursor = self.shown_list.ids, self.shown_list.cursor
        found = self._edition.unread_from(ids, self._anchor, cursor, step)
        if found is None:
            return False
        if self._visit(found) and self.narrow:
            self.go_to("article")
        return True

    def action_read_on(self) -> None:
        """Page the article; at its end, or where none is shown, open the next unread one."""
        if self.opened is None or (self.narrow and not self.reading):
            self.shown_list.action_open()
            return
        if self._mark_read == "moment" or self.article.at_end:
            self._has_read()
        if not self.article.at_end:
            self.article.action_page(1)
            return
        with self._told:
            if not self._visit_unread(1):
                self._go_onward()

    def _go_onward(self) -> None:
        """Say where there is more to read than below; a second press goes there."""
        here = (self._edition.selection, self._anchor)
        unread = self.status.unread
        if self.searching or self._edition.words:
            self._say(words.say("notice.no-unread-below"))
        elif self._onward == here:
            self._onward = None
            self._read_elsewhere()
        elif unread:
            self._onward = here
            self._say(words.say_count("onward.above", unread), _ONWARD_SECONDS)
        elif choice := self._edition.onward():
            self._onward = here
            unread, view = choice.counts.unread, choice.view.name
            self._say(words.say_count("onward.view", unread, view=view), _ONWARD_SECONDS)
        else:
            self._say(words.say("onward.all-read"), _ONWARD_SECONDS)

    def _read_elsewhere(self) -> None:
        """Open the first unread headline from the top, or in the next view that has one."""
        if not self.status.unread and (choice := self._edition.onward()):
            self._go_to_view(choice.view)
        self._anchor = None
        self.headlines.to_top()
        if self._visit_unread(1):
            self.go_to("article")

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
        self._keep_place()
        if self._open(visit.headline_id):
            self._history = history
            self._arrive(visit.headline_id, detour=visit.detour)
            self.article.return_to(visit.scrolled)
            self.go_to("article")

    def action_search(self) -> None:
        """Ask for what to search for, and remember what is open until the search is left."""
        if not self.searching:
            self._before_hits = (self._present(), self._history)
        super().action_search()

    def _leave_search(self) -> None:
        """Return to where one was before the search; `forward` opens the hit again."""
        before, history = self._before_hits
        hit = self._present()
        if hit is not None and (before is None or before.headline_id != hit.headline_id):
            self._keep_place()
            self._leave_alone([hit.headline_id])
            self._history = history
            with self._told:
                self.opened = self._edition.opened(before.headline_id) if before else None
            if before is not None and self.opened is not None:
                self._history = History(history.past, (*history.future, hit))
                self._detour = before.detour
                self.article.return_to(before.scrolled)
                self.action_fetch()
        self._end_search()

    # Going places.

    def action_follow(self) -> None:
        """Choose the sections whose news is fetched."""
        with self._told:
            followings = self._library.sources.followings()
            if followings:
                self.app.push_screen(FollowScreen(followings, self._last_failures, self._follow))
            else:
                self._say(words.say("follow.none"))

    def _follow(self, name: str, followed: bool) -> bool:
        """Have a section followed or not; tell whether that is on disk."""
        with self._told:
            self._library.sources.follow(name, followed)
            return True
        return False

    def action_view(self, step: int) -> None:
        """Show the section that is `step` further on, from its newest headline."""
        with self._told:
            self._go_to_view(self._edition.view_at(step))

    def on_section_tabs_picked(self, message: SectionTabs.Picked) -> None:
        """Show the section of a tab from its newest headline."""
        with self._told:
            self._go_to_chosen(self._edition.view_of_tab(message.number))

    def action_go_view(self, name: Named) -> None:
        """Show a view that is no section: `new`, `all`, `unread` or `saved`."""
        with self._told:
            view = self._edition.named(name)
            if view is None:
                self._say(words.say("notice.nothing-new"))
                return
            self._go_to_view(view)
            if name == "new" and not self._edition.has_visited:
                self._say(words.say("notice.first-visit"))

    def action_sections(self) -> None:
        """Choose a section from a list of all, with their counts."""
        with self._told:
            choices = self._edition.choices()
            self.app.push_screen(SectionsScreen(choices, self._edition.view), self._go_to_chosen)

    def _go_to_chosen(self, view: View | None) -> None:
        if view is not None:
            self._go_to_view(view)

    def _go_to_view(self, view: View) -> None:
        self._end_search()
        self._places[self._edition.view] = self.headlines.place if self.headlines.cursor else None
        self._edition.view = view
        self.show_list()
        if place := self._places.get(view):
            self.headlines.return_to(place)
        else:
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
            self._leave_search()
        elif self.filtering:
            self._end_filter()
