"""Reads the HTML of an entry in a feed as the blocks of an article."""

import html
import re

from msgspec.structs import replace

from reader.errors import PageError
from reader.model import Block, Entry, Teaser
from reader.parse.classify.piece_labels import label_pieces
from reader.parse.document import Piece
from reader.parse.extract.blocks import clean_body, read_blocks
from reader.parse.feed.html_text import text_of_html
from reader.parse.html.tree import read_fragment
from reader.text.full_text import tells_origin
from reader.text.sanitize import clean_line

# The most bytes of the text of one entry; no article is longer.
_LONGEST = 500_000
_MARKED = re.compile(r"<|&[#\w]")
_TAG = re.compile(r"<[^<>]{0,2000}>")
# The part of the markup of an entry that is looked at for its end, in characters.
_END = 3_000
# The words of the links below an article that offer to share it, in one line or one by one.
_SHARING = frozenset(
    "deel delen share tweet mail print e email facebook twitter x linkedin whatsapp telegram reddit"
    " pinterest mastodon bluesky threads pocket tumblr reacties reageer comments op via on per dit"
    " this bericht artikel article".split()
)
_BETWEEN_LINKS = re.compile(r"[\s|,;:/·•!–-]+")
# The longest summary in characters, since lists have no room for a whole article.
_LONGEST_SUMMARY = 500
_CUT = 300


def read_content(source: str, url: str | None, title: str | None = None) -> tuple[Block, ...]:
    """Return the blocks of the text of an entry, whose links are resolved against `url`.

    A heading that repeats the `title` is left out. Text that is not HTML is one paragraph.
    """
    source = source[:_LONGEST]
    if not _MARKED.search(source):
        return _paragraphs(source)
    try:
        page = read_fragment(source, url or "")
    except PageError:
        return _paragraphs(text_of_html(source))
    pieces = page.pieces
    if pieces and title and pieces[0].level and clean_line(pieces[0].text) == clean_line(title):
        pieces = pieces[1:]
    if not pieces:
        return ()
    labels = label_pieces(page, pieces)
    count = len(pieces)
    while count > 1 and _is_footer(pieces[count - 1]):
        count -= 1
    kept, _ = clean_body(pieces, labels, range(count), is_whole=True)
    return read_blocks([pieces[place] for place in kept], page.boxes)


def text_of_entry(entry: Entry, url: str | None) -> tuple[Block, ...]:
    """Return the blocks of an entry's content, else of its summary."""
    base = entry.teaser.url or url
    source = entry.content if entry.content.strip() else entry.description
    blocks = read_content(source, base, entry.teaser.title) if source.strip() else ()
    return blocks or _paragraphs(entry.teaser.summary)


def _is_footer(piece: Piece) -> bool:
    """Tell whether the last line of a text offers to share it, or names its origin."""
    return (bool(piece.linked) and _offers_to_share(piece.text)) or tells_origin(piece.text)


def _offers_to_share(text: str) -> bool:
    return _SHARING.issuperset(filter(None, _BETWEEN_LINKS.split(text.lower())))


def end_of_entry(entry: Entry) -> str:
    """Return the last words of an entry's content, else of its summary, on one line."""
    source = entry.content if entry.content.strip() else entry.description
    return clean_line(html.unescape(_TAG.sub(" ", source[-_END:])))


def short_teaser(teaser: Teaser, blocks: tuple[Block, ...]) -> Teaser:
    """Return the teaser with its summary cut to the beginning of the article if it is too long.

    That stands in for a summary as well if there is no title, so that lists can show anything.
    """
    is_named = teaser.title or teaser.summary
    if len(teaser.summary) <= _LONGEST_SUMMARY and (is_named or not blocks):
        return teaser
    first = blocks[0].text if blocks else teaser.summary
    if len(first) > _LONGEST_SUMMARY:
        first = first[:_CUT].rsplit(" ", 1)[0] + "…"
    return replace(teaser, summary=first)


def _paragraphs(text: str) -> tuple[Block, ...]:
    lines = (clean_line(html.unescape(line)) for line in text.splitlines())
    return tuple(Block("paragraph", line) for line in lines if line)
