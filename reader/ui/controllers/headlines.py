"""The list of headlines: keeps what is shown up to date with the store."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import get_args

from msgspec.structs import replace

from reader.errors import ReaderError
from reader.library import Library
from reader.model import Headline, Order
from reader.ui import wording
from reader.ui.controllers.screen import HeadlinesPane, ScreenAccess, Timer, Widgets
from reader.ui.state.dividers import dividers
from reader.ui.state.edition import Edition
from reader.ui.state.empty_list import empty_notice
from reader.ui.state.last_place import LastPlace, save_last_place
from reader.ui.state.opened_articles import OpenedArticles
from reader.ui.state.screen_state import ScreenState
from reader.ui.state.search import with_search
from reader.ui.state.values import CursorPlace, View

# The delay before the rest of a partly shown list is read (seconds): reading takes a moment, so
# keys typed before it come first.
_READ_ON_SECONDS = 0.06
_ORDERS: tuple[Order, ...] = get_args(Order)


class HeadlinesController:
    """Shows the chosen view of the store, with its counts; every method may raise ReaderError."""

    def __init__(
        self,
        library: Library,
        edition: Edition,
        state: ScreenState,
        screen: ScreenAccess,
        widgets: Widgets,
        *,
        articles: OpenedArticles,
        now: Callable[[], datetime],
        place_path: Path,
    ) -> None:
        self._library = library
        self._place_path = place_path
        self._articles = articles
        self._edition = edition
        self._state = state
        self._screen = screen
        self._widgets = widgets
        self._now = now
        self._is_first_edition = False
        # The present day when the list was divided into days.
        self._divided: date | None = None
        # The timer that reads the rest of a list whose beginning is shown.
        self._reading_on: Timer | None = None
        # The headline at the top of the first edition, where the cursor stays while that comes in.
        self._first_top: int | None = None
        # The place in each view that was left below its top.
        self._places: dict[View, CursorPlace | None] = {}

    @property
    def shown(self) -> HeadlinesPane:
        """Return the list that is shown: the hits during a search."""
        return self._widgets.shown_list(searching=self._state.searching)

    @property
    def order(self) -> Sequence[int]:
        """Return the headlines of the shown list in reading order."""
        state = self._state
        return state.hit_rows.folded.order if state.searching else self._edition.order

    def go_to(self, headline_id: int) -> None:
        """Put the cursor of the shown list on a headline, or on the row of its story."""
        if not self._state.searching and self._edition.reveal(headline_id):
            self.show_list()
        here = self.row_of(headline_id)
        if here is not None:
            self.shown.go_to(here)

    def show_more(self) -> None:
        """Show further reports of the open story whose last shown one is at the cursor, if any."""
        if not self._state.searching and self._edition.show_more(self._widgets.headlines.cursor):
            self.show_list()

    def row_of(self, headline_id: int | None) -> int | None:
        """Return the headline whose row in the shown list contains the given one."""
        if headline_id is None:
            return None
        if self._state.searching:
            return self._state.hit_rows.folded.row_of(headline_id)
        return self._edition.row_of(headline_id)

    def selected(self) -> Headline | None:
        """Return the headline that a key applies to, in the pane with the focus."""
        headline_id = self._screen.selected_id(self._state.pane)
        return None if headline_id is None else self._edition.headline(headline_id)

    def require_selected(self) -> Headline | None:
        """Return the headline that a key applies to; show a notice if there is none."""
        headline = self.selected()
        if headline is None:
            self._screen.say(wording.say("notice.no-headline"))
        return headline

    def picked(self) -> list[Headline]:
        """Return the headlines that were picked in the list, in its order, if it has the focus."""
        has_focus = self._state.pane in ("list", "hits")
        return self._library.headlines.load(self._state.picked) if has_focus else []

    def targets(self) -> list[Headline]:
        """Return the picked headlines, else the selected one; show a notice if there is none."""
        picked = self.picked()
        selected = None if picked else self.require_selected()
        return picked or ([selected] if selected else [])

    def older_than(self, moment: datetime) -> Sequence[int]:
        """Return the headlines of the chosen view from before a moment."""
        return self._library.headlines.ids(replace(self._edition.selection, before=moment))

    def next_order(self) -> Order:
        """Show the list in the next order, and return that; the cursor stays on its headline.

        A report that is folded in this order is in the row of its story.
        """
        headlines = self._widgets.headlines
        place = _ORDERS.index(self._edition.ordering) + 1
        headline_id = headlines.cursor_id
        self._edition.ordering = _ORDERS[place % len(_ORDERS)]
        self.show_list()
        if headline_id is not None:
            headlines.go_to(self._edition.row_of(headline_id))
        return self._edition.ordering

    def show_beginning(self) -> None:
        """Show the beginning of the chosen view, its counts and the tabs."""
        self._edition.read_beginning()
        self._show_all()

    def reread(self) -> None:
        """Read the list, its counts and the opened article anew; cursor and view stay."""
        was_sample, was_empty = self._state.status.sample, not self._edition.holds_any
        is_at_top = self._widgets.headlines.cursor_id == self._first_top
        self._edition.read()
        self._show_all()
        if was_empty and not self._state.status.sample and self._state.network.progress:
            self._is_first_edition = is_at_top = True
        if was_sample and not self._state.status.sample:
            # Another edition replaced the sample: there is no place to keep, and invented headlines
            # must not be mistaken for news.
            self._state.opened = None
            self._screen.focus_pane("list")
            self._is_first_edition = is_at_top = True
        # In the very first edition everything is new, so nothing is marked as new.
        if self._is_first_edition:
            if is_at_top:
                self._widgets.headlines.to_top()
                self._first_top = self._widgets.headlines.cursor_id
            self._catch_up()

    def end_first_edition(self) -> None:
        """Count headlines that come in from here on as new."""
        self._is_first_edition = False
        self._first_top = None

    def refresh_if_changed(self) -> None:
        """Read everything anew where another process has changed the store."""
        if self._library.changed():
            self.reread()
        self.check_storage()

    def check_storage(self) -> None:
        """Show whether marks and news can be stored, as the last write told."""
        obstacle = self._library.obstacle()
        unstored = obstacle.reason if obstacle else None
        if self._state.network.unstored != unstored:
            self._state.network = replace(self._state.network, unstored=unstored)

    def refresh_ages(self) -> None:
        """Update the ages of the headlines, and the days above them."""
        self._state.revision += 1
        today = self._now().astimezone().date()
        if self._divided != today:
            self._divide()

    def _divide(self) -> None:
        """Show the lines between the rows as of today."""
        now = self._now()
        self._divided = now.astimezone().date()
        self._state.members = self._edition.folded.members
        self._state.dividing = dividers(self._library, self._edition, now)

    def show_list(self) -> None:
        """Show the whole list of the chosen view; cursor and view stay."""
        self._edition.read()
        self._show()

    def show_at(self, place: CursorPlace | None) -> None:
        """Show the chosen view at a place, or at its top: at once its beginning, soon all of it."""
        self._edition.read_beginning()
        self._show_rows()
        self.read_on()
        if place is None:
            self._widgets.headlines.to_top()
            return
        if place.headline_id not in self._edition.ids:
            self.read_whole()
        self._widgets.headlines.return_to(place)

    def read_on(self) -> None:
        """Soon read and show the whole list, if only its beginning has been read."""
        if self._reading_on is not None:
            self._reading_on.stop()
        self._reading_on = self._screen.after(_READ_ON_SECONDS, self.read_whole)

    def read_whole(self) -> None:
        """Read and show the whole list, if only its beginning has been read."""
        if self._state.total > len(self._state.ids):
            self._edition.read()
            self._show_rows()

    def show_view(self, view: View) -> None:
        """Show another view at its last place, else at its newest headline."""
        headlines = self._widgets.headlines
        self._state.picking, self._state.picked = False, ()
        self._places[self._edition.view] = headlines.place if headlines.cursor else None
        self._edition.view = view
        self._edition.admit_new()
        place = self._places.get(view)
        self._screen.errors.attempt(lambda: self.show_at(place))
        self._screen.focus_pane("list")

    def refresh_counts(self) -> None:
        """Show the headlines and their counts as the store has them now."""
        self._state.revision += 1
        self._refresh_figures()

    def _refresh_figures(self) -> None:
        self._refresh_status()
        self._state.tabs = self._edition.tabs()

    def refresh_marks(self) -> None:
        """Show marks that were set or cleared, also of the opened headline."""
        self.refresh_counts()
        self._reopen()

    def reach_top(self) -> None:
        """Mark new arrivals as seen, because the cursor reached the newest headline."""
        if (
            self._edition.ordering == "newest"
            and self._state.status.fresh
            and not self._state.searching
        ):
            self._catch_up()

    def go_to_fresh(self) -> None:
        """Go to the next fresh headline, wrapping from the last to the first."""
        view = self._widgets.headlines
        place = -1 if view.cursor_id in self._edition.fresh else view.cursor
        headline_id = self._edition.next_fresh(place)
        if headline_id is not None:
            view.go_to(self._edition.row_of(headline_id))
            self._screen.focus_pane("list")
            self.see(headline_id)

    def see(self, headline_id: int) -> None:
        """Mark a fresh headline as seen; after the last one, all are seen."""
        if headline_id in self._edition.fresh:
            self._edition.see(headline_id)
            if self._edition.fresh:
                self._refresh_status()
            else:
                self._catch_up()

    def remember_visit(self) -> None:
        """Store when the reader was last used; later arrivals are new."""
        # The reader did not ask for this, so a failure is not reported; setting a mark reports it.
        with suppress(ReaderError):
            self._edition.note_visit(self._now())

    def remember_place(self) -> None:
        """Save the view and the place of the cursor in it for the next start."""
        headlines = self._widgets.headlines
        # The sample edition will be replaced, and nothing is left of an empty cache.
        if self._edition.holds_any and not self._state.status.sample:
            place = LastPlace(self._edition.view, headlines.place if headlines.cursor else None)
            save_last_place(self._place_path, place)

    def _catch_up(self) -> None:
        self._edition.catch_up()
        self.remember_visit()
        self._refresh_status()

    def _refresh_status(self) -> None:
        state, status = self._state, self._edition.status()
        searching = state.searching
        if searching:
            status = with_search(status, state.search_state, state.hit_rows)
        state.status = status

    def _show(self) -> None:
        """Show the list and its counts anew, also the marks of the headlines that stay."""
        self._show_rows()
        self._state.revision += 1

    def _show_rows(self) -> None:
        """Show the list and its counts, which depend on the view and the filter.

        A headline that was shown already is not read again, as nothing was written.
        """
        state, edition = self._state, self._edition
        state.notice = "" if edition.ids else empty_notice(self._library, edition, self._now())
        state.total = edition.total
        self._divide()
        state.ids = edition.ids
        self._refresh_figures()

    def _show_all(self) -> None:
        """Show everything that depends on the store."""
        self._show()
        self._state.network = self._state.network.known(self._library.sources.sync_state())
        self._reopen()

    def _reopen(self) -> None:
        opened = self._state.opened
        if opened is not None:
            self._state.opened = self._articles.load(opened.headline.id) or opened
        preview = self._state.preview
        if preview is not None:
            self._state.preview = self._articles.load(preview.headline.id) or preview
