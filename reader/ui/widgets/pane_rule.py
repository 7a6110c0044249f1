"""The rule over a pane, a widget of its own, so that a new figure repaints one row."""

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from reader.ui.widgets.rule_line import Label, rule_line


class PaneRule(Widget):
    """Shows what a pane is about and where in it one is; heavy while the pane has the focus."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"rule--{part}" for part in ("rule", "focus", "label", "strong", "here")
    }

    labels: reactive[Sequence[Label]] = reactive(())
    figure = reactive("")
    focused = reactive(False)

    def __init__(self, *, accent: bool = False, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._accent = accent

    def say(self, text: str, figure: str) -> None:
        """Show one label, strong while the pane has the focus, and a figure."""
        self.labels = (Label(text, strong=self.focused),) if text else ()
        self.figure = figure

    def watch_focused(self, focused: bool) -> None:
        """Show the label of a pane that has the focus as strong."""
        if not self._accent:
            self.labels = tuple(Label(each.text, each.x, focused) for each in self.labels)

    def render(self) -> Content:
        """Return the rule, exactly as wide as the pane."""
        line = rule_line(
            self.labels,
            self.figure,
            self.size.width,
            focused=self.focused,
            accent=self._accent,
        )
        return Content.assemble(
            *((text, self.get_visual_style(f"rule--{part}")) for text, part in line)
        )
