"""Previews the headline at the cursor beside the list, without opening it."""

from reader.ui.controllers.headlines import HeadlinesController
from reader.ui.controllers.reading import ReadingController
from reader.ui.controllers.screen import ScreenAccess, Timer
from reader.ui.state.screen_state import ScreenState

# The cursor rests this long (seconds) before the headline at it is shown.
_REST = 0.15
# The list itself, and the inputs that change what it shows.
_PANES = ("list", "hits", "filter", "search")


class PreviewController:
    """Shows the headline at the resting cursor, if list and article are side by side.

    A preview fetches and marks nothing, and is not a step of the history.
    """

    def __init__(
        self,
        state: ScreenState,
        screen: ScreenAccess,
        *,
        headlines: HeadlinesController,
        reading: ReadingController,
        enabled: bool,
    ) -> None:
        self._state = state
        self._screen = screen
        self._headlines = headlines
        self._reading = reading
        self._enabled = enabled
        self._rest: Timer | None = None

    def cursor_moved(self) -> None:
        """Show the headline at the cursor unless the cursor moves on before it has rested."""
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
        if self._enabled and not self._screen.narrow:
            self._rest = self._screen.after(_REST, self._show)

    def rows_changed(self) -> None:
        """Show another headline where other rows put the cursor on one, or none if it is on none.

        Without a preview the article pane stays as it is.
        """
        preview = self._state.preview
        if preview is not None and preview.headline.id != self._headlines.shown.cursor_id:
            self.cursor_moved()

    def adopt(self) -> None:
        """Open the previewed headline, because the reader went to it."""
        if self._state.preview is not None:
            self._reading.visit(self._state.preview.headline.id)

    def _show(self) -> None:
        """Show the headline at the cursor, or the opened article if the cursor is on it."""
        self._rest = None
        cursor_id, opened = self._headlines.shown.cursor_id, self._state.opened
        if self._screen.narrow or self._state.pane not in _PANES:
            return
        if cursor_id is None or (
            opened is not None and self._headlines.row_of(opened.headline.id) == cursor_id
        ):
            self._reading.end_preview()
        else:
            self._reading.preview(cursor_id)
