"""The notices after marks were set, and after that was undone; pure."""

from collections.abc import Sequence

from msgspec.structs import replace

from reader.model import MarkChange
from reader.text.tags import tag_of_mark
from reader.ui import wording
from reader.ui.state.notices import notice_of
from reader.ui.state.values import Notice

_SECONDS = 6.0


def marked_notice(mark: str, ids: Sequence[int], *, value: bool) -> Notice:
    """Return the notice of a mark that was set on headlines, or cleared: with the undo."""
    key, tag = _key_and_tag(mark, value=value)
    notice = notice_of(f"marked.{key}", len(ids), seconds=_SECONDS, tag=tag)
    return replace(notice, headline=ids[0]) if len(ids) == 1 else notice


def undone_notice(change: MarkChange, title: str) -> Notice:
    """Return the notice of an undone `change`; `title` is that of a single headline."""
    key, tag = _key_and_tag(change.mark, value=not change.value)
    if len(change.ids) == 1:
        text = wording.say(f"undo.{key}", title=title, tag=tag)
        return Notice(text, headline=change.ids[0])
    return Notice(wording.say_count(f"undo.{key}", len(change.ids), tag=tag))


def _key_and_tag(mark: str, *, value: bool) -> tuple[str, str]:
    """Return the key of the texts for headlines that got or lost a mark, and the tag or ""."""
    if (tag := tag_of_mark(mark)) is not None:
        return "tagged" if value else "untagged", tag
    if mark == "saved":
        return "saved" if value else "unsaved", ""
    return "read" if value else "unread", ""
