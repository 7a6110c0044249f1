"""The line at the top: whose news, which view, how much of it is unread."""

from typing import ClassVar

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from reader.text.clean import clean_line
from reader.ui import words
from reader.ui.state import Standing
from reader.ui.typeset import fit


class StatusBar(Widget):
    """Shows the standing; what matters least gives way first where the terminal is narrow."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "status--name",
        "status--view",
        "status--counts",
        "status--sample",
    }

    standing: reactive[Standing] = reactive(Standing())

    def render(self) -> Content:
        """Return the line, exactly as wide as the bar."""
        standing, width = self.standing, self.size.width
        view = clean_line(standing.view)
        if standing.words:
            view = f"{view}  /{clean_line(standing.words)}"
        sample = f" {words.SAMPLE_EDITION} " if standing.sample else ""
        name, counts = self._fitting(width - cell_len(sample) - cell_len(view) - 4)
        room = width - cell_len(sample) - cell_len(name) - cell_len(counts) - 2
        middle = fit(f" {view}", room)
        return Content.assemble(
            (name, self.get_visual_style("status--name")),
            (middle, self.get_visual_style("status--view")),
            (f"{counts}  ", self.get_visual_style("status--counts")),
            (sample, self.get_visual_style("status--sample")),
        )

    def _fitting(self, room: int) -> tuple[str, str]:
        """Return the fullest name and counts that fit in `room` cells."""
        name = f" {words.APP_NAME} "
        if not self.standing.total:
            return (name if cell_len(name) <= room else ""), ""
        unread, total = f"{self.standing.unread} unread", f" of {self.standing.total}"
        forms = ((name, unread + total), (name, unread), ("", unread + total), ("", unread))
        return next(
            (form for form in forms if cell_len(form[0] + form[1]) <= room),
            ("", str(self.standing.unread)),
        )
