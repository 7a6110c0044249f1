"""Slugs, the site's names of articles in addresses, and folding of text for comparison."""

import re
import unicodedata

_MAX_SLUG = 200
# All else needs no folding but to lower case.
_NOT_ASCII = re.compile("[^\x00-\x7f]+")
_PUNCTUATION = re.compile(r"[^a-z0-9\s-]")
_GAPS = re.compile(r"[\s-]+")
_WIRE_NUMBER = re.compile(r"-ANP\d{9}$")
# Signs that can be searched for like words: technical and geometric ones, dingbats, emoji.
_SIGN = re.compile("[\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001fbff]")
# The code points that signs are mapped to, in a plane for private use, which no page uses.
_SIGNS_BEGIN = 0xF0000
# Letters and digits, or a mapped sign.
_WORD = re.compile("[^\\W_]+|[\U000f0000-\U000fffff]")
# Letters that do not decompose into a base letter and a mark.
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th"})
# Further such letters, which the site leaves out of addresses.
_MORE_LETTERS = str.maketrans("ðıħŧŋĸƒə", "dihtnkfe")


def fold(text: str) -> str:
    """Return `text` in lower case without diacritics: `Malmö` and `MALMO` become equal."""
    if text.isascii():
        return text.lower()
    return _NOT_ASCII.sub(_unmarked, text.casefold())


def _unmarked(found: re.Match[str]) -> str:
    decomposed = unicodedata.normalize("NFKD", found[0].translate(_LETTERS))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def searchable(text: str) -> str:
    """Return `text` as the word indexes store it: folded, with each sign as a word of its own."""
    if text.isascii():
        return text.lower()
    folded = fold(text).translate(_MORE_LETTERS)
    return folded if folded.isascii() else _SIGN.sub(_as_word, folded)


def words_of(text: str) -> list[str]:
    """Return the folded words and the signs of `text`, as a search compares them."""
    return _WORD.findall(searchable(text))


def _as_word(sign: re.Match[str]) -> str:
    return f" {chr(_SIGNS_BEGIN | ord(sign[0]) & 0xFFFF)} "


def slugify(text: str) -> str:
    """Return the site's slug for a title: lower case, without diacritics or punctuation."""
    words = _PUNCTUATION.sub("", fold(text).replace("/", " ").replace("–", "-"))
    return _GAPS.sub("-", words).strip("-")[:_MAX_SLUG]


def slug_or_text(text: str) -> str:
    """Return the slug of `text`, or the folded text itself if no letter of it has a slug."""
    return slugify(text) or fold(text).strip()


def slug_of_url(url: str) -> str:
    """Return the slug at the end of an address, without the wire number `-ANPddmmyynnn`."""
    path = url.partition("?")[0].partition("#")[0].rstrip("/")
    return _WIRE_NUMBER.sub("", path.rpartition("/")[2])
