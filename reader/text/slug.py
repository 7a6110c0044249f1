"""The name that the site gives an article in its address, and folding for comparison."""

import re
import unicodedata

_MAX_SLUG = 200
_PUNCTUATION = re.compile(r"[^a-z0-9\s-]")
_GAPS = re.compile(r"[\s-]+")
_WIRE_NUMBER = re.compile(r"-ANP\d{9}$")
# Letters that do not decompose into a base letter and a mark.
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th"})


def fold(text: str) -> str:
    """Return `text` in lower case without diacritics: `Malmö` and `MALMO` become equal."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def slugify(text: str) -> str:
    """Return the slug the site makes of a title: lower case, diacritics folded, no punctuation."""
    words = _PUNCTUATION.sub("", fold(text).replace("/", " ").replace("–", "-"))
    return _GAPS.sub("-", words).strip("-")[:_MAX_SLUG]


def slug_of_url(url: str) -> str:
    """Return the slug an article's address ends in, without the wire number `-ANPddmmyynnn`."""
    path = url.partition("?")[0].partition("#")[0].rstrip("/")
    return _WIRE_NUMBER.sub("", path.rpartition("/")[2])
