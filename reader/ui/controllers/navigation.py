"""Navigation: in the list and in the strip, and between views."""

from reader.ui import wording
from reader.ui.controllers.headlines import HeadlinesController
from reader.ui.controllers.preview import PreviewController
from reader.ui.controllers.screen import ScreenAccess, Widgets
from reader.ui.controllers.search import SearchController
from reader.ui.state.edition import Edition
from reader.ui.state.screen_state import ScreenState
from reader.ui.state.values import Named, View


class NavigationController:
    """Moves the cursors and goes from view to view; every method may raise ReaderError."""

    def __init__(
        self,
        edition: Edition,
        state: ScreenState,
        screen: ScreenAccess,
        widgets: Widgets,
        *,
        headlines: HeadlinesController,
        search: SearchController,
        preview: PreviewController,
    ) -> None:
        self._edition = edition
        self._state = state
        self._screen = screen
        self._widgets = widgets
        self._headlines = headlines
        self._search = search
        self._preview = preview

    # In the list and in the strip.

    def move(self, rows: int) -> None:
        """Move the cursor of the shown list by `rows`, down into the rest of an open story."""
        if rows > 0:
            self._headlines.show_more()
        self._headlines.shown.move(rows)
        self._preview.cursor_moved()

    def page(self, pages: int) -> None:
        """Move the cursor of the shown list by `pages` screenfuls of rows."""
        self._headlines.shown.page(pages)
        self._preview.cursor_moved()

    def top(self) -> None:
        """Go to the beginning of the list."""
        self._headlines.shown.top()
        self._preview.cursor_moved()

    def bottom(self) -> None:
        """Go to the last headline, or to the one whose number was typed before."""
        self._headlines.read_whole()
        self._headlines.shown.to_row(self._state.pending.count)
        self._preview.cursor_moved()

    def move_down_cards(self, cards: int) -> None:
        """Move down by cards if they are stacked."""
        if self._widgets.strip.rail:
            self.move_card(cards)

    def move_card(self, cards: int) -> None:
        """Move the cursor of the strip by cards."""
        self._widgets.strip.move(cards)

    # Views.

    def go_to_view(self, view: View | None) -> None:
        """Show a view, if there is one."""
        if view is not None:
            self._search.end()
            self._headlines.show_view(view)

    def next_view(self, step: int) -> None:
        """Show the view that is `step` positions further on."""
        self.go_to_view(self._edition.view_at(step))

    def go_to_tab(self, number: int) -> None:
        """Show the view of a tab."""
        self.go_to_view(self._edition.view_of_tab(number))

    def go_to_named(self, name: Named) -> None:
        """Show a view that is not a section, by its name."""
        view = self._edition.named(name)
        if view is None:
            self._screen.say(wording.say("notice.nothing-new"), about="list")
            return
        self.go_to_view(view)
        if name == "new" and not self._edition.has_visited:
            self._screen.say(wording.say("notice.first-visit"), about="list")

    def next_order(self) -> None:
        """Show the list in the next order: the newest first, the oldest, or the unread."""
        order = self._headlines.next_order()
        self._screen.say(wording.say(f"order.{order}"))

    def go_to_fresh(self) -> None:
        """Go to the next fresh headline."""
        if not self._edition.fresh:
            self._screen.say(wording.say("notice.nothing-fresh"), about="list")
            return
        self._search.end()
        self._headlines.go_to_fresh()
        self._preview.cursor_moved()
