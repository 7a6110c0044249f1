"""Where the links of a text stand in its lines, which have all its characters but white space."""

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import accumulate

from reader.model import TextLink
from reader.text.sanitize import clean_text
from reader.text.url import WEB


def web_url(url: str) -> str | None:
    """Return an address that is plain text and leads to the web, else None."""
    plain = clean_text(url) == url and not any(map(str.isspace, url))
    return url if plain and url.lower().startswith(WEB) else None


def links_in_lines(
    text: str, links: Iterable[TextLink], lines: Sequence[str]
) -> list[tuple[TextLink, ...]]:
    """Return for each of the `lines` of `text` the links in it, by their places in that line.

    Where the lines hold other characters than the text, because it had to be cleaned, no place
    can be trusted and there are none. A link over several lines is one in each.
    """
    sound = _apart(
        link for link in links if 0 <= link.start < link.end <= len(text) and web_url(link.url)
    )
    if not sound or _bare(text) != _bare("".join(lines)):
        return [() for _ in lines]
    # How many characters that are not white space stand before each one of the text.
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
                # The rest of it stands in the next line.
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
