"""Filters of all output: no control character gets out, nor a sign that the terminal lacks."""

import re
from functools import lru_cache

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from reader.glyphs import plain

# C0, DEL, C1, bidi controls, line and paragraph separators, the byte order mark.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
REPLACEMENT = "\ufffd"
# A background that differs by more than this in brightness is drawn in reverse.
_STANDS_OUT = 0.25


class PlainSigns(LineFilter):
    """Draws plain signs in place of those that the terminal lacks."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return the segments of one line, as wide as before."""
        return [Segment(plain(text), style, control) for text, style, control in segments]


class WithoutColours(LineFilter):
    """Draws in the terminal's own two colours, reversed if the background stands out."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments of one line without colours."""
        return [
            Segment(text, style and _without_colour(style, background), control)
            for text, style, control in segments
        ]


class HarmlessFilter(LineFilter):
    """Replaces control characters in every drawn line and drops links that hold them."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return the segments of one line, harmless and as wide as before."""
        return [self._harmless(segment) for segment in segments]

    @staticmethod
    def _harmless(segment: Segment) -> Segment:
        text, style, control = segment
        if style is not None and style.link and _CONTROL.search(style.link):
            style = style.update_link(None)
        return Segment(_CONTROL.sub(REPLACEMENT, text), style, control)


@lru_cache(1024)
def _without_colour(style: Style, background: Color) -> Style:
    plain_style = style.without_color
    ground = style.bgcolor
    if ground is None or ground == RichColor.default():
        return plain_style
    if abs(Color.from_rich_color(ground).brightness - background.brightness) < _STANDS_OUT:
        return plain_style
    return plain_style + Style(reverse=not style.reverse)
