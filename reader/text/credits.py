"""The lines around the text of an article: its authors, image and tags."""

from collections.abc import Sequence

from reader.model import Image
from reader.text.relative_time import Language
from reader.text.sanitize import clean_line

_BY: dict[Language, str] = {"nl": "Door", "en": "By"}
_AND: dict[Language, str] = {"nl": " en ", "en": " and "}
_IMAGE: dict[Language, str] = {"nl": "Beeld", "en": "Image"}
_TAGS: dict[Language, str] = {"nl": "Trefwoorden", "en": "Tags"}
_MODIFIED: dict[Language, str] = {"nl": "bijgewerkt", "en": "updated"}


def byline(authors: Sequence[str], language: Language) -> str:
    """Return the line of authors, `Door A, B en C`, or "" for none."""
    *others, last = ("", *filter(None, map(clean_line, authors)))
    others = [each for each in others if each]
    names = ", ".join(others) + _AND[language] + last if others else last
    return f"{_BY[language]} {names}" if names else ""


def caption(image: Image | None, language: Language) -> str:
    """Return the caption and credit of the image, `Beeld: caption (credit)`, or "" for none."""
    if image is None:
        return ""
    words, credit = clean_line(image.caption or ""), clean_line(image.credit or "")
    if words and credit:
        return f"{_IMAGE[language]}: {words} ({credit})"
    return f"{_IMAGE[language]}: {words or credit}" if words or credit else ""


def tag_line(tags: Sequence[str], language: Language) -> str:
    """Return the line of tags, `Trefwoorden: a, b`, or "" for none."""
    names = ", ".join(filter(None, map(clean_line, tags)))
    return f"{_TAGS[language]}: {names}" if names else ""


def modified_at(time: str, language: Language) -> str:
    """Return the text for a last change at `time`, a formatted time: `bijgewerkt 14:05`."""
    return f"{_MODIFIED[language]} {time}"
