"""What is said around the text of an article: who wrote it, its image, its tags."""

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
    """Return who wrote it: `Door A, B en C`, or nothing."""
    *others, last = ("", *filter(None, map(clean_line, authors)))
    others = [each for each in others if each]
    names = ", ".join(others) + _AND[language] + last if others else last
    return f"{_BY[language]} {names}" if names else ""


def caption(image: Image | None, language: Language) -> str:
    """Return what is said of the image: `Beeld: caption (credit)`, or nothing."""
    if image is None:
        return ""
    said, credit = clean_line(image.caption or ""), clean_line(image.credit or "")
    if said and credit:
        return f"{_IMAGE[language]}: {said} ({credit})"
    return f"{_IMAGE[language]}: {said or credit}" if said or credit else ""


def tag_line(tags: Sequence[str], language: Language) -> str:
    """Return what it is about: `Trefwoorden: a, b`, or nothing."""
    said = ", ".join(filter(None, map(clean_line, tags)))
    return f"{_TAGS[language]}: {said}" if said else ""


def modified_at(time: str, language: Language) -> str:
    """Return when it was last changed, in words with the `time` as written: `bijgewerkt 14:05`."""
    return f"{_MODIFIED[language]} {time}"
