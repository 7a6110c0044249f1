"""The sentences shown after a change of marks was undone; pure."""

from reader.model import MarkChange
from reader.text.tags import tag_of_mark
from reader.ui import wording


def undone_text(change: MarkChange, title: str) -> str:
    """Return the sentence for an undone `change`; `title` is that of a single headline."""
    tag = tag_of_mark(change.mark)
    if tag is not None:
        key = "untagged" if change.value else "tagged"
    elif change.mark == "saved":
        key = "unsaved" if change.value else "saved"
    else:
        key = "unread" if change.value else "read"
    if len(change.ids) == 1:
        return wording.say(f"undo.{key}", title=title, tag=tag or "")
    return wording.say_count(f"undo.{key}", len(change.ids), tag=tag or "")
