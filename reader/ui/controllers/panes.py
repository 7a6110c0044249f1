"""Moves between panes, and up a level."""

from collections.abc import Awaitable

from reader.ui.controllers.filter import FilterController
from reader.ui.controllers.find import FindController
from reader.ui.controllers.links import LinksController
from reader.ui.controllers.picking import PickingController
from reader.ui.controllers.program import Program
from reader.ui.controllers.reading import ReadingController
from reader.ui.controllers.screen import ScreenAccess, StripPane
from reader.ui.controllers.search import SearchController
from reader.ui.controllers.stories import StoriesController
from reader.ui.controllers.sync import SyncController
from reader.ui.state.panes import PANES
from reader.ui.state.screen_state import ScreenState


class PanesController:
    """Moves between panes, and closes what is open; every method may raise ReaderError."""

    def __init__(
        self,
        state: ScreenState,
        screen: ScreenAccess,
        *,
        reading: ReadingController,
        search: SearchController,
        quick_filter: FilterController,
        find: FindController,
        picking: PickingController,
        links: LinksController,
        stories: StoriesController,
        program: Program,
        sync: SyncController,
        strip: StripPane,
    ) -> None:
        self._state = state
        self._screen = screen
        self._reading = reading
        self._search = search
        self._filter = quick_filter
        self._find = find
        self._picking = picking
        self._links = links
        self._stories = stories
        self._program = program
        self._sync = sync
        self._strip = strip

    def next_pane(self, step: int) -> None:
        """Go to the next (1) or previous (-1) pane, also to one that is hidden behind another."""
        panes = [pane for pane in PANES if self._screen.is_shown(pane)]
        # The strip may have disappeared while it had the focus.
        here = self._state.pane if self._state.pane in panes else "article"
        self._screen.focus_pane(panes[(panes.index(here) + step) % len(panes)])

    def go_on(self) -> None:
        """Read on; while headlines are picked, pick the one at the cursor."""
        if self._picking.is_active:
            self._picking.toggle()
        else:
            self._reading.read_on()

    def look_for(self) -> None:
        """Find words: in the article if it has the focus, else in the list."""
        if PANES[self._state.pane].is_reading:
            self._find.begin()
        else:
            self._filter.begin()

    def leave(self) -> None:
        """Stop fetching the opened article; if it is not being fetched, go up a level.

        Numbered links, changes and picking are closed first. From an article that was opened in
        the digest, up is back to that.
        """
        if self._close():
            return
        if not PANES[self._state.pane].companion_of:
            if self._sync.cancel_fetch():
                return
            if self._state.pane == "article" and self._stories.return_to_digest():
                return
        self.up()

    def enter_preview(self) -> None:
        """Go to the previewed article if there is one, since a command is for what is seen."""
        if self._state.preview is not None:
            self._screen.focus_pane("article")

    def enter(self, number: int) -> None:
        """Open the link with the typed number; without numbers, fetch the article."""
        if self._state.linking:
            self._links.choose(number)
        else:
            self._sync.fetch_opened()

    def quit(self) -> Awaitable[None] | None:
        """Close numbered links, changes, picking or search; if none is open, end the program."""
        if self._close():
            return None
        if self._state.searching and self._state.pane == "hits":
            self._search.leave()
            return None
        return self._program.quit()

    def _close(self) -> bool:
        """Close the numbered links, the changes or the picking; return whether there were any."""
        if self._picking.is_active:
            self._picking.end()
        elif self._state.linking:
            self._links.end()
        elif self._state.comparing and PANES[self._state.pane].is_reading:
            self._state.comparing = None
        else:
            return False
        return True

    def back(self) -> None:
        """Open the previous headline; from the first, go up a level."""
        if not self._reading.back():
            self.up()

    def up_from_cards(self, cards: int) -> None:
        """Go from the cards to the article above them, or up by `cards` in a rail."""
        if self._strip.rail:
            self._strip.move(-cards)
        else:
            self.up()

    def left_of_cards(self, cards: int) -> None:
        """Go left by `cards`, or from a rail to the article beside it."""
        if self._strip.rail:
            self.up()
        else:
            self._strip.move(-cards)

    def up(self) -> None:
        """Go up a level: strip, article, list, and from there out of the search or the filter.

        An active find within the article is ended first.
        """
        if self._state.pane == "find":
            self._find.end()
        elif parent := PANES[self._state.pane].parent:
            self._screen.focus_pane(parent)
        elif self._state.searching:
            self._search.leave()
        elif self._state.filtering:
            self._filter.end()
