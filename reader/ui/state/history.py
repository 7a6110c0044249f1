"""Where the reader has been, for back and forward."""

from msgspec import Struct

DEPTH = 200


class HistoryEntry(Struct, frozen=True):
    """An opened headline, how far it was scrolled (lines), and whether the strip led to it."""

    headline_id: int
    scrolled: int = 0
    detour: bool = False


class History(Struct, frozen=True):
    """The entries before and after the present one, the nearest last; at most `DEPTH` before it."""

    past: tuple[HistoryEntry, ...] = ()
    future: tuple[HistoryEntry, ...] = ()

    def leave(self, present: HistoryEntry) -> "History":
        """Return the history after leaving `present` for something new."""
        return History((*self.past, present)[-DEPTH:])

    def back(self, present: HistoryEntry) -> "tuple[HistoryEntry, History] | None":
        """Return the entry before `present` and the history there, or None at the beginning."""
        if not self.past:
            return None
        return self.past[-1], History(self.past[:-1], (*self.future, present))

    def forward(self, present: HistoryEntry) -> "tuple[HistoryEntry, History] | None":
        """Return the entry after `present` and the history there, or None at the end."""
        if not self.future:
            return None
        return self.future[-1], History((*self.past, present), self.future[:-1])
