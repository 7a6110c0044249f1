"""The first frame as text for the terminal: whole, and then only the lines that change."""

from datetime import datetime

from msgspec.structs import replace

from reader.glyphs import plain
from reader.ui.terminal.first_frame import Room, Scene, can_move, first_frame
from reader.ui.terminal.frame_colours import Styles
from reader.ui.widgets.headline_lines import Line


class DrawnFrame:
    """The first frame in these colours; `is_plain` restricts it to plain signs."""

    def __init__(
        self, scene: Scene, room: Room, now: datetime, colours: Styles, *, is_plain: bool
    ) -> None:
        self._scene = scene
        self._room = room
        self._now = now
        self._colours = colours
        self._is_plain = is_plain
        self._lines: list[Line] = []

    def whole(self) -> str:
        """Return the text that draws the frame; nothing if the colour of a part is unknown."""
        return self._changed_to(self._scene)

    def moved(self, rows: int) -> str:
        """Return the text that draws the cursor so many rows further down than at first.

        Nothing if the list would have to scroll for that.
        """
        scene = replace(self._scene, moved=rows)
        return self._changed_to(scene) if can_move(scene, self._room) else ""

    def _changed_to(self, scene: Scene) -> str:
        lines = list(first_frame(scene, self._room, self._now))
        # A safety net, as in the application: no control character gets out.
        pieces = (piece for line in lines for piece in line)
        if not all(text.isprintable() and part in self._colours for text, part in pieces):
            return ""
        before, self._lines = self._lines or [[]] * len(lines), lines
        return "".join(
            self._drawn(line, row)
            for row, (line, old) in enumerate(zip(lines, before, strict=True), 1)
            if line != old
        )

    def _drawn(self, line: Line, row: int) -> str:
        parts = (
            f"\x1b[{self._colours[part]}m{plain(text) if self._is_plain else text}\x1b[0m"
            for text, part in line
        )
        return f"\x1b[{row};1H" + "".join(parts)
