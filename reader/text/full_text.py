"""The choice between the text of an article in its feed and that on its page; pure."""

import re
from collections.abc import Sequence

from reader.errors import Reason, reason
from reader.model import Block
from reader.text.slug import fold

# The least number of blocks or characters of a whole article.
_BLOCKS, _CHARACTERS = 3, 1_200
# How much longer than another a text must be to take its place.
MORE = 1.2
# The length in words of the runs of a summary that are looked up, and the share to be found.
_RUN, _SHARE = 4, 0.5
_CUT_OFF = re.compile(
    r"(?:…|\.\.\.|lees (?:verder|meer|het (?:hele|volledige)|dit artikel)\b(?:[^.!?\n]|\.\w){0,60}"
    r"|(?:verder|meer) lezen|(?:read more|continue reading|read on)\b[^.!?\n]{0,60})"
    r"[\s\])>»→.]{0,9}$",
    re.IGNORECASE,
)
# The line of WordPress under each text of a feed.
_ORIGIN = re.compile(
    r"\b(?:the post|het bericht|het artikel)\s.{1,200}?\s(?:appeared first on|verscheen eerst op)\s"
    r".{1,100}$",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_LONGEST_TAIL, _LONGEST_ORIGIN = 120, 400


def is_whole(blocks: Sequence[Block], summary: str, end: str = "") -> bool:
    """Tell whether the text of an entry in its feed is the whole article.

    `end` is how its markup ends, with any link to the rest, which is in none of its blocks.
    """
    texts = [block.text for block in blocks]
    length = sum(map(len, texts))
    if len(blocks) < _BLOCKS and length < _CHARACTERS:
        return False
    if any(_is_cut_off(text) for text in (texts[-1], end)):
        return False
    return _plain(" ".join(texts)) != _plain(summary)


def _is_cut_off(text: str) -> bool:
    tail = _ORIGIN.sub("", text[-_LONGEST_ORIGIN:]).rstrip()
    return _CUT_OFF.search(tail[-_LONGEST_TAIL:]) is not None


def tells_origin(text: str) -> bool:
    """Tell whether a line says where the text above it appeared, as WordPress adds it."""
    return _ORIGIN.match(text[:_LONGEST_ORIGIN]) is not None


def is_better_page(feeds: Sequence[Block], summary: str, page: Sequence[Block]) -> Reason | None:
    """Return why the feed's text is kept rather than the page's; None if the page is better."""
    own, other = (" ".join(block.text for block in blocks) for blocks in (feeds, page))
    if len(other) < MORE * len(own):
        return reason("page_says_less")
    size = min(_RUN, len(_WORD.findall(summary or own)))
    wanted = _runs(summary or own, size)
    if len(wanted & _runs(other, size)) < _SHARE * len(wanted):
        return reason("page_says_other")
    return None


def _runs(text: str, size: int) -> frozenset[tuple[str, ...]]:
    """Return all runs of `size` consecutive words of a text, folded."""
    words = _WORD.findall(fold(text))
    return frozenset(tuple(words[i : i + size]) for i in range(len(words) - size + 1))


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))
