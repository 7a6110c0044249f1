"""All that the reader takes from Textual beyond its documented interface.

`tests/ui/test_textual_compat.py` fails when Textual's source of these methods changes, and when
another module of the interface uses a private name of Textual.
"""

from threading import Event

from textual.events import ScreenResume
from textual.screen import Screen
from textual.widget import Widget


class DeferredScreen(Screen[None]):
    """A screen that draws nothing until it is revealed, and then can draw without delay.

    `revealed` is set once the screen draws; threads may wait for it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.revealed = Event()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Keep the styles as they are where nothing has been drawn with them yet."""
        event.refresh_styles = event.refresh_styles and self.revealed.is_set()

    def reveal(self) -> None:
        """Draw the whole screen at once, without waiting for Textual's next tick."""
        self.revealed.set()
        self.refresh()
        self.draw()

    def draw(self, *changed: Widget) -> None:
        """Draw these widgets at once, without waiting for Textual's next tick."""
        self._dirty_widgets.update(changed)
        self._on_timer_update()

    def _compositor_refresh(self) -> None:
        # The layouts on the way to the first frame are not drawn.
        if self.revealed.is_set():
            super()._compositor_refresh()
        else:
            self._dirty_widgets.clear()
