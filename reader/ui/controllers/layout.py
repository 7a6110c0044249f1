"""How list and article share the width of the terminal."""

from pathlib import Path

from msgspec.structs import replace

from reader.ui import wording
from reader.ui.controllers.screen import ScreenAccess, Timer
from reader.ui.state.density import DENSITIES
from reader.ui.state.notices import notice_of
from reader.ui.state.panes import PANES
from reader.ui.state.screen_state import ScreenState
from reader.ui.state.split import Split, save_split

# The change of the list's width by a key (cells).
_STEP = 4
# A border is saved once it has stopped moving.
_REST_SECONDS = 0.5


class LayoutController:
    """Changes how the panes share the width, and remembers it in a file."""

    def __init__(self, path: Path, state: ScreenState, screen: ScreenAccess) -> None:
        self._path = path
        self._state = state
        self._screen = screen
        self._unsaved: Timer | None = None

    def zoom(self) -> None:
        """Give the whole width to the pane with the focus, or show all side by side again.

        Nothing changes where there is room for one pane only.
        """
        if self._is_too_narrow:
            self._screen.say(wording.say("layout.too-narrow"))
            return
        pane = PANES[self._state.pane]
        if pane.is_reading and pane.companion_of:
            self._screen.focus_pane(pane.companion_of)
        split = self._state.split
        self._state.split = replace(split, zoomed=not split.zoomed)

    def widen(self, steps: int) -> None:
        """Widen the list by `steps`, if it is shown beside the article; else say why not."""
        if self._is_too_narrow:
            self._screen.say(wording.say("layout.too-narrow"))
        elif self._screen.narrow:
            self._screen.show_notice(notice_of("layout.zoomed"))
        else:
            width = self._state.split.list_width(self._screen.columns)
            self.move_border(width + steps * _STEP)

    @property
    def _is_too_narrow(self) -> bool:
        """Tell whether the terminal has room for one pane only."""
        return replace(self._state.split, zoomed=False).single(self._screen.columns)

    def move_border(self, column: int) -> None:
        """Move the border of the list to a column of the screen."""
        self._state.split = self._state.split.with_list(column, self._screen.columns)

    def reset(self) -> None:
        """Restore the default widths."""
        self._state.split = Split(density=self._state.split.density)

    def next_density(self) -> None:
        """Show more of each headline, or the least again after the most and after `auto`."""
        split = self._state.split
        place = DENSITIES.index(split.density) if split.density else 0
        density = DENSITIES[(place + 1) % len(DENSITIES)]
        self._state.split = replace(split, density=density)
        self._screen.say(wording.say(f"density.{density}"))

    def changed(self) -> None:
        """Save the layout once it has stopped changing."""
        if self._unsaved is not None:
            self._unsaved.stop()
        self._unsaved = self._screen.after(_REST_SECONDS, self.remember)

    def remember(self) -> None:
        """Save the layout if it has changed."""
        if self._unsaved is not None:
            self._unsaved.stop()
            self._unsaved = None
            save_split(self._path, self._state.split)
