"""Finds the authors of an article: in the page's head, else in the byline near the headline."""

import re
from collections.abc import Iterator, Sequence

from reader.parse.classify import phrases
from reader.parse.classify.piece_labels import PieceLabel
from reader.parse.document import Page, Piece
from reader.parse.html.metadata import people_of

_PARTICLE = r"(?:van|de|der|den|des|ten|ter|te|het|in|op|aan|von|zu|di|da|du|la|le|el|al|'t|’t|‘t)"
_NAME = r"[A-ZÀ-ÞĀ-Ž][\w.’'-]{0,40}"
_PERSON = rf"{_NAME}(?: (?:{_PARTICLE} ){{0,3}}{_NAME}){{1,4}}"
_BY = re.compile(
    r"(?:^|[\s|·•-])(?i:door|tekst(?: en (?:foto'?s?|beeld))?|auteurs?|by|von|par|por|di|af|av|"
    r"authors?|autor|autorin)\s{0,3}:?\s{1,3}"
    rf"({_PERSON}(?:(?:, | en | and | & | und | et | y | e | og | och ){_PERSON}){{0,5}})"
)
_FROM = re.compile(rf"(?:^|\d\s)[Vv]an ({_PERSON})$")
_ALONE = re.compile(_PERSON)
_ROLE = re.compile(
    r"\b(?:verslag\w{1,20}|redacteur|correspondent|journalist|reporter)\b", re.IGNORECASE
)
_BYLINES = frozenset("byline author authors auteur auteurs schrijver username createdby".split())
_PORTRAITS = frozenset("bio biography biografie comment comments reacties".split())
# The greatest distance of a byline above the headline, in pieces, and its length in characters.
_REACH = 6
_MAX_LINE = 200
_MAX_NAMES = 60


def authors_of(
    page: Page,
    pieces: Sequence[Piece],
    labels: Sequence[PieceLabel],
    title_at: int | None,
    body: Sequence[int],
) -> tuple[str, ...]:
    """Return the names of an article's authors, in page order."""
    if page.meta.authors:
        return page.meta.authors
    start = title_at if title_at is not None else body[0]
    within = frozenset(body)
    below = (i for i in range(start, len(pieces)) if i not in within)
    near = [*(i for i in below if i < body[-1] + _REACH), *range(max(start - _REACH, 0), start)]
    # A name in the headline is that of a person in the news.
    title = pieces[title_at].text.casefold() if title_at is not None else ""
    found = (
        tuple(name for name in names if name.casefold() not in title)
        for names in _names(page, pieces, labels, near, body[0])
    )
    return next(filter(None, found), ())


def _names(
    page: Page,
    pieces: Sequence[Piece],
    labels: Sequence[PieceLabel],
    near: Sequence[int],
    first: int,
) -> Iterator[tuple[str, ...]]:
    """Yield the names in bylines, then those in boxes that are named like bylines."""
    near = [i for i in near if len(pieces[i].text) <= _MAX_LINE and labels[i].name != "prose"]
    for index in near:
        match = _BY.search(pieces[index].text) or _FROM.search(pieces[index].text)
        if match and labels[index].name in {"byline", "time", "text", "item"}:
            yield people_of(match[1])
    near = [i for i in near if i < first]
    for index in near:
        after = labels[index + 1].name if index + 1 < len(labels) else "text"
        alone = labels[index].name in {"text", "byline", "item"} and not pieces[index].level
        role = index + 1 < len(pieces) and _ROLE.search(pieces[index + 1].text)
        if alone and (after == "time" or role) and _ALONE.fullmatch(pieces[index].text):
            yield people_of(pieces[index].text)
    for index in near:
        words = [page.boxes[box].words for box in pieces[index].boxes[-3:]]
        if any(each & _BYLINES for each in words) and not any(each & _PORTRAITS for each in words):
            text = phrases.MOMENT_WORDS.sub("", phrases.MOMENT.sub("", pieces[index].text))
            if len(text) <= _MAX_NAMES:
                yield people_of(text.strip(" |·•,–-"))
