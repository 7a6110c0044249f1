"""The places of a text's links in its lines, which may differ from the text in white space."""

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import accumulate

from reader.model import TextLink
from reader.text.sanitize import clean_text
from reader.text.url import WEB


def web_url(url: str) -> str | None:
    """Return the address if it is plain text and on the web, else None."""
    plain = clean_text(url) == url and not any(map(str.isspace, url))
    return url if plain and url.lower().startswith(WEB) else None


def links_in_lines(
    text: str, links: Iterable[TextLink], lines: Sequence[str]
) -> list[tuple[TextLink, ...]]:
    """Return for each of the `lines` of `text` its links, by their places in that line.

    If cleaning changed the characters of the lines, no place can be trusted and there are no
    links. A link that spans several lines is split into one for each.
    """
    sound = _apart(
        link for link in links if 0 <= link.start < link.end <= len(text) and web_url(link.url)
    )
    if not sound or _bare(text) != _bare("".join(lines)):
        return [() for _ in lines]
    # The number of characters other than white space before each character of the text.
    before = [0, *accumulate(not character.isspace() for character in text)]
    spans = deque((before[link.start], before[link.end], link.url) for link in sound)
    found, count = list[tuple[TextLink, ...]](), 0
    for line in lines:
        places = [place for place, character in enumerate(line) if not character.isspace()]
        own = list[TextLink]()
        while spans and spans[0][0] < count + len(places):
            first, last, url = spans.popleft()
            start, end = first - count, min(last - count, len(places))
            if start < end:
                own.append(TextLink(places[start], places[end - 1] + 1, url))
            if last > count + len(places):
                # The rest of the link is in the next line.
                spans.appendleft((count + len(places), last, url))
                break
        count += len(places)
        found.append(tuple(own))
    return found


def _apart(links: Iterable[TextLink]) -> list[TextLink]:
    """Return links in order, without those that overlap an earlier one."""
    apart, free = list[TextLink](), 0
    for link in sorted(links, key=lambda link: link.start):
        if link.start >= free:
            apart.append(link)
            free = link.end
    return apart


def _bare(text: str) -> str:
    return "".join(text.split())
