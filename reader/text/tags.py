"""Tags, a reader's own names for groups of headlines: their notation and their marks; pure."""

from collections.abc import Iterable

from reader.text.sanitize import clean_line

_SIGN = "#"
_MOST_CHARACTERS = 60
_MARK = "tag:"


def tag_of(written: str, known: Iterable[str] = ()) -> str:
    """Return the tag in a text, with or without its sign; "" if there is none.

    A tag that differs from one of the `known` tags only in case is that tag.
    """
    tag = clean_line(clean_line(written).lstrip(_SIGN))[:_MOST_CHARACTERS].strip()
    return next((each for each in known if each.casefold() == tag.casefold()), tag)


def mark_of_tag(tag: str) -> str:
    """Return the name of a tag's mark."""
    return f"{_MARK}{tag}"


def tag_of_mark(mark: str) -> str | None:
    """Return the tag of a mark, or None if the mark is not a tag."""
    return mark.removeprefix(_MARK) if mark.startswith(_MARK) else None
