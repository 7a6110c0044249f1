"""What a reader marked, to take it back; within the session, and pure."""

from dataclasses import dataclass

from reader.model import Mark
from reader.ui import words

DEPTH = 100


@dataclass(frozen=True, slots=True)
class MarkChange:
    """A mark that was set, or cleared where `value` is false, of the headlines `ids`.

    They are those that did not have it so before; `title` is that of the only one.
    """

    mark: Mark
    value: bool
    ids: tuple[int, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class UndoStack:
    """What was done, the last one last; at most `DEPTH`."""

    done: tuple[MarkChange, ...] = ()

    def add(self, deed: MarkChange) -> "UndoStack":
        """Return the deeds with one more; one that changed nothing is none."""
        return UndoStack((*self.done, deed)[-DEPTH:]) if deed.ids else self

    def without(self, deed: MarkChange) -> "UndoStack":
        """Return the deeds without one that was taken back."""
        return UndoStack(tuple(each for each in self.done if each is not deed))


def undone_text(deed: MarkChange) -> str:
    """Return in one sentence how it is again after `deed` was taken back."""
    if len(deed.ids) != 1:
        key = "undo.many-unread" if deed.value else "undo.many-read"
        return words.say(key, count=len(deed.ids))
    if deed.mark == "saved":
        return words.say("undo.unsaved" if deed.value else "undo.saved", title=deed.title)
    return words.say("undo.unread" if deed.value else "undo.read", title=deed.title)
