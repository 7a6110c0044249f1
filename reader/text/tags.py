"""Tags: how a reader's own names for headlines are written, and the marks that they are; pure."""

from collections.abc import Iterable

from reader.text.sanitize import clean_line

_SIGN = "#"
_MOST_CHARACTERS = 60
_MARK = "tag:"


def tag_of(written: str, known: Iterable[str] = ()) -> str:
    """Return the tag that is written, with or without its sign; empty where nothing is left.

    Of the `known` tags one that differs in case alone is meant.
    """
    tag = clean_line(clean_line(written).lstrip(_SIGN))[:_MOST_CHARACTERS].strip()
    return next((each for each in known if each.casefold() == tag.casefold()), tag)


def mark_of_tag(tag: str) -> str:
    """Return the name of the mark that a tag is."""
    return f"{_MARK}{tag}"


def tag_of_mark(mark: str) -> str | None:
    """Return the tag that a mark is, None for another mark."""
    return mark.removeprefix(_MARK) if mark.startswith(_MARK) else None
