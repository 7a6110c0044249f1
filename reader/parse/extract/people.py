"""Who wrote an article: what the page's head says, else the byline near the headline."""

import re
from collections.abc import Sequence

from reader.parse.classify.labels import Label
from reader.parse.document import Page, Piece
from reader.parse.html.metadata import people_of

_BY = re.compile(
    r"(?:geschreven |tekst |written |words |reported )?"
    r"(?:door|tekst|auteur|by|von|par|por|di|af|av|author|autor|autorin)\s*:?\s+(.{3,120})",
    re.IGNORECASE,
)
_AFTER_NAMES = re.compile(r"\s*(?:[|·•–(]| - |, (?=[a-z])).*$")
# A byline stands at most so many pieces above or below the headline.
_REACH = 6


def authors_of(
    page: Page,
    pieces: Sequence[Piece],
    labels: Sequence[Label],
    title_at: int | None,
    body: Sequence[int],
) -> tuple[str, ...]:
    """Return the names of an article's authors, in page order."""
    if page.meta.authors:
        return page.meta.authors
    start = max((title_at if title_at is not None else body[0]) - _REACH, 0)
    near = [*range(start, body[0]), *range(body[-1] + 1, min(body[-1] + 3, len(pieces)))]
    for index in near:
        if labels[index].name == "byline" and (match := _BY.match(pieces[index].text)):
            names = people_of(_AFTER_NAMES.sub("", match[1]))
            if names:
                return names
    return ()
