"""The line at the bottom: the few keys that matter in the focused pane."""

from typing import ClassVar

from rich.cells import cell_len
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from reader.ui.commands import Command, Pane, commands_of_bar, key_names

# Help tells all the other keys, and one must always find the way out.
_LAST_TO_GO = ("app.help", "reading.leave")


class KeyBar(Widget):
    """Shows the keys of the focused pane, as many as fit; a click on one does what it says."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key", "keys--label"}

    pane: reactive[Pane] = reactive("list")

    class Pressed(Message):
        """A command of the key bar was clicked."""

        def __init__(self, command: Command) -> None:
            self.command = command
            super().__init__()

    def render(self) -> Content:
        """Return the keys and labels that fit."""
        key, label = self.get_visual_style("keys--key"), self.get_visual_style("keys--label")
        return Content(" ").join(
            Content.assemble((f" {name}", key), (f" {command.label} ", label))
            for command, name in self._fitting()
        )

    def _fitting(self) -> list[tuple[Command, str]]:
        shown: list[tuple[Command, str]] = []
        room = self.size.width
        offered = list(commands_of_bar(self.pane))
        for command in sorted(offered, key=lambda command: command.id not in _LAST_TO_GO):
            name = key_names(command)[0]
            if _width(command, name) <= room:
                room -= _width(command, name)
                shown.append((command, name))
        return sorted(shown, key=lambda pair: offered.index(pair[0]))

    def on_click(self, event: Click) -> None:
        """Post the command under the mouse."""
        x = event.x
        for command, name in self._fitting():
            width = _width(command, name)
            if x < width:
                self.post_message(self.Pressed(command))
                return
            x -= width


def _width(command: Command, name: str) -> int:
    return cell_len(f" {name} {command.label} ") + 1
