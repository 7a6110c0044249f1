"""The list of options of a dialog, with the sign of the cursor before the lines of one option."""

from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Spacing
from textual.strip import Strip
from textual.widgets import OptionList

from reader.ui.widgets.headline_lines import CURSOR

_HIGHLIGHTED, _SIGN = "option-list--option-highlighted", "option-list--sign"


class Options(OptionList):
    """A list of options; the sign stands in their left padding, so no text moves."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {_SIGN}

    @property
    def text_left(self) -> int:
        """Return the cell of the screen at which the texts begin."""
        return self.region.x + self._padding.left

    @property
    def text_width(self) -> int:
        """Return the cells of a line of text."""
        return self.scrollable_content_region.width - self._padding.width

    @property
    def _padding(self) -> Spacing:
        return self.get_component_styles("option-list--option").padding

    def render_line(self, y: int) -> Strip:
        """Return a line, with the sign if it is one of the highlighted option and has text."""
        strip = super().render_line(y)
        if not strip.text.strip() or option_of(strip) != self.highlighted:
            return strip
        style = self.get_visual_style("option-list--option", _HIGHLIGHTED, _SIGN).rich_style
        first = next(iter(strip)).style
        meta = first.meta if first else {}
        sign = Strip([Segment(CURSOR, style)], 1).apply_meta(meta)
        return Strip.join([sign, strip.crop(1)])


def option_of(line: Strip) -> int | None:
    """Return the index of the option that a line is of, None if it is of none."""
    metas = (segment.style.meta for segment in line if segment.style)
    return next((meta["option"] for meta in metas if "option" in meta), None)
