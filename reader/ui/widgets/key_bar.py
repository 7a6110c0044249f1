"""The line at the bottom: the most important keys in the focused pane."""

from typing import ClassVar

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from reader.ui.commands.table import Command
from reader.ui.messages import RIGHT
from reader.ui.state.panes import Pane
from reader.ui.widgets.headline_lines import piece_at
from reader.ui.widgets.key_bar_line import fitting_keys, key_line

# The command that the notice of a selection offers in words of its own.
_IN_NOTICE = ("reading.save",)


class KeyBar(Widget):
    """Shows the keys of the focused pane, as many as fit; a click on one runs its command."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key", "keys--label"}

    pane: reactive[Pane] = reactive("list")
    # Whether headlines are picked in the list, where some keys do something else then.
    picking = reactive(False)
    # The ids of commands that do nothing at the cursor.
    unfit: reactive[tuple[str, ...]] = reactive(())

    class Pressed(Message):
        """A command of the key bar was clicked."""

        def __init__(self, command: Command) -> None:
            self.command = command
            super().__init__()

    def __init__(self, pane: Pane = "list") -> None:
        super().__init__()
        self.set_reactive(KeyBar.pane, pane)

    def render(self) -> Content:
        """Return the keys and labels that fit."""
        styles = {part: self.get_visual_style(f"keys--{part}") for part in ("key", "label")}
        line = key_line(self.pane, self.size.width, without=self._without, picking=self._is_picking)
        return Content.assemble(*((text, styles.get(part, "")) for text, part in line))

    def on_click(self, event: Click) -> None:
        """Post the command under the mouse."""
        shown = fitting_keys(
            self.pane, self.size.width, without=self._without, picking=self._is_picking
        )
        command = piece_at(shown, event.x)
        if command is not None and event.button != RIGHT:
            self.post_message(self.Pressed(command))

    @property
    def _is_picking(self) -> bool:
        return self.picking and self.pane in ("list", "hits")

    @property
    def _without(self) -> tuple[str, ...]:
        return (*self.unfit, *(_IN_NOTICE if self._is_picking else ()))
