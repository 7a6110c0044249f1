"""The marks of this session, to undo them; pure."""

from dataclasses import dataclass
from typing import Literal

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
class StoryChange:
    """Reports that were taken out of their story, or joined to one."""

    kind: Literal["split", "join"]
    ids: tuple[int, ...]


Change = MarkChange | StoryChange


@dataclass(frozen=True, slots=True)
class UndoStack:
    """The changes that can be undone, the last one last; at most `DEPTH`."""

    done: tuple[Change, ...] = ()

    def add(self, change: Change) -> "UndoStack":
        """Return the stack with one more change; one that changed nothing is left out."""
        return UndoStack((*self.done, change)[-DEPTH:]) if change.ids else self

    def without(self, change: Change) -> "UndoStack":
        """Return the stack without a change that was undone."""
        return UndoStack(tuple(each for each in self.done if each is not change))


def undone_text(change: Change) -> str:
    """Return the sentence for `change` after it was undone."""
    if isinstance(change, StoryChange):
        return words.say(f"undo.{change.kind}")
    if len(change.ids) != 1:
        key = "undo.many-unread" if change.value else "undo.many-read"
        return words.say(key, count=len(change.ids))
    if change.mark == "saved":
        return words.say("undo.unsaved" if change.value else "undo.saved", title=change.title)
    return words.say("undo.unread" if change.value else "undo.read", title=change.title)
