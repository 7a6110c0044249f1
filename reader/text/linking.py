"""Where the links of a text stand in its lines, which have all its characters but white space."""

from collections.abc import Iterable, Sequence
from itertools import accumulate

from reader.model import TextLink
from reader.text.address import WEB
from reader.text.clean import clean_text


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
    found: list[list[TextLink]] = [[] for _ in lines]
    sound = sorted(
        (link for link in links if 0 <= link.start < link.end <= len(text) and web_url(link.url)),
        key=lambda link: link.start,
    )
    if not sound or _bare(text) != _bare("".join(lines)):
        return [() for _ in lines]
    # How many characters that are no white space stand before each one of the text.
    before = [0, *accumulate(not character.isspace() for character in text)]
    spans = [(before[link.start], before[link.end], link.url) for link in sound]
    count = 0
    for line, its_links in zip(lines, found, strict=True):
        places = [place for place, character in enumerate(line) if not character.isspace()]
        for first, last, url in spans:
            start, end = max(first - count, 0), min(last - count, len(places))
            if start < end:
                its_links.append(TextLink(places[start], places[end - 1] + 1, url))
        count += len(places)
    return [tuple(_apart(each)) for each in found]


def _apart(links: list[TextLink]) -> Iterable[TextLink]:
    """Yield links in order without those that overlap an earlier one."""
    free = 0
    for link in links:
        if link.start >= free:
            yield link
            free = link.end


def _bare(text: str) -> str:
    return "".join(text.split())
