"""A drawn line in the styles of its widget."""

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from reader.ui.widgets.headline_lines import Line


def styled_line(widget: Widget, line: Line, prefix: str) -> Strip:
    """Return a line of (text, part) in the component styles `prefix--part` of a widget."""
    segments = [
        Segment(text, widget.get_visual_style(f"{prefix}--{part}").rich_style)
        for text, part in line
        if text
    ]
    return Strip(segments)
