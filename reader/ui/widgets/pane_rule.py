"""The rule above a pane, a separate widget, so that a new figure repaints one row."""

from collections.abc import Sequence
from typing import ClassVar

from msgspec.structs import replace
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from reader.ui.messages import RIGHT
from reader.ui.widgets.rule_line import RuleText, rule_line, turn_at
from reader.ui.widgets.styled_line import styled_line


class PaneRule(Widget):
    """Shows the subject of a pane and the place in it; heavy while the pane has the focus."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"rule--{part}" for part in ("rule", "focus", "label", "strong", "here")
    }

    labels: reactive[Sequence[RuleText]] = reactive(())
    figure = reactive("")
    focused = reactive(False)

    class Turned(Message):
        """The reader clicked on the sign for more cards: 1 for forward, -1 for back."""

        def __init__(self, step: int) -> None:
            self.step = step
            super().__init__()

    def __init__(self, *, accent: bool = False, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._accent = accent

    def say(self, texts: Sequence[str], figure: str) -> None:
        """Show one label, the first of `texts` that fits, and a figure.

        The label is strong while the pane has the focus; without texts there is none.
        """
        self.labels = (RuleText(texts[0], 0, self.focused, tuple(texts[1:])),) if texts else ()
        self.figure = figure

    def watch_focused(self, focused: bool) -> None:
        """Show the label of a pane that has the focus as strong."""
        if not self._accent:
            self.labels = tuple(replace(each, strong=focused) for each in self.labels)

    def on_click(self, event: Click) -> None:
        """Post the direction of the sign under the mouse."""
        step = turn_at(self.figure, self.size.width, event.x)
        if step and event.button != RIGHT:
            self.post_message(self.Turned(step))

    def render_line(self, _y: int) -> Strip:
        """Return the rule, exactly as wide as the pane."""
        line = rule_line(
            self.labels,
            self.figure,
            self.size.width,
            focused=self.focused,
            accent=self._accent,
        )
        return styled_line(self, line, "rule")
