"""The marks of this session, to undo them; pure."""

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
    """The changes that can be undone, the last one last; at most `DEPTH`."""

    done: tuple[MarkChange, ...] = ()

    def add(self, change: MarkChange) -> "UndoStack":
        """Return the stack with one more change; one that changed nothing is left out."""
        return UndoStack((*self.done, change)[-DEPTH:]) if change.ids else self

    def without(self, change: MarkChange) -> "UndoStack":
        """Return the stack without a change that was undone."""
        return UndoStack(tuple(each for each in self.done if each is not change))


def undone_text(change: MarkChange) -> str:
    """Return the sentence for `change` after it was undone."""
    if len(change.ids) != 1:
        key = "undo.many-unread" if change.value else "undo.many-read"
        return words.say(key, count=len(change.ids))
    if change.mark == "saved":
        return words.say("undo.unsaved" if change.value else "undo.saved", title=change.title)
    return words.say("undo.unread" if change.value else "undo.read", title=change.title)
