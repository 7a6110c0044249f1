"""Picks several headlines of the list, to mark, save, tag, export or open them at once."""

from reader.ui.controllers.headlines import HeadlinesController
from reader.ui.controllers.preview import PreviewController
from reader.ui.controllers.screen import ScreenAccess
from reader.ui.state.notices import notice_of
from reader.ui.state.screen_state import ScreenState


class PickingController:
    """Picks and unpicks headlines; every method may raise ReaderError."""

    def __init__(
        self,
        state: ScreenState,
        screen: ScreenAccess,
        headlines: HeadlinesController,
        preview: PreviewController,
    ) -> None:
        self._state = state
        self._screen = screen
        self._headlines = headlines
        self._preview = preview
        # The headline that was picked when picking began, until another key is about picking.
        self._first: int | None = None

    def begin(self) -> None:
        """Start picking with the headline at the cursor, or unpick all that were picked."""
        if self._state.picking:
            self.end()
            return
        self._screen.focus_pane("list")
        if self._headlines.require_selected() is None:
            return
        self._state.picking = True
        self._toggle_at_cursor()
        self._first = self._headlines.shown.cursor_id

    @property
    def is_active(self) -> bool:
        """Tell whether the reader picks in the list that has the focus."""
        return self._state.picking and self._state.pane in ("list", "hits")

    def toggle(self) -> None:
        """Pick or unpick the headline at the cursor, and move one row down.

        The headline with which picking began stays picked, as the key is pressed to pick.
        """
        if self._headlines.shown.cursor_id != self._first:
            self._toggle_at_cursor()
        self._first = None
        self._headlines.shown.move(1)
        self._preview.cursor_moved()

    def end(self) -> None:
        """Stop picking, and forget what was picked."""
        self._state.picking = False
        self._state.picked = ()

    def _toggle_at_cursor(self) -> None:
        shown, picked = self._headlines.shown, list(self._state.picked)
        if shown.cursor_id is None:
            return
        if shown.cursor_id in picked:
            picked.remove(shown.cursor_id)
        else:
            picked.append(shown.cursor_id)
        places = {number: place for place, number in enumerate(shown.ids)}
        self._state.picked = tuple(sorted(picked, key=lambda each: places.get(each, -1)))
        self._screen.show_notice(notice_of("notice.picked", len(picked), about="picking"))
