"""HTML in any layout to a stream of pieces; with `meta`, all that knows BeautifulSoup."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, CData, Tag
from bs4.element import NavigableString, TemplateString

from reader.parse.meta import attribute, read_meta
from reader.parse.page import Box, Link, Page, Piece
from reader.parse.run import Run, end_headings
from reader.parse.selectors import apply_selectors
from reader.text.clean import clean_line
from reader.text.reltime import parse_age

MAX_DEPTH = 120
MAX_PIECES = 20_000
MAX_BOXES = 60_000
_LOOK_AHEAD = 20
# An input marks so many elements around it as a form's.
_FORM_REACH = 3

_SKIPPED = frozenset(
    "script style noscript template svg math iframe object embed applet canvas audio video "
    "map head select textarea input button dialog datalist meter progress".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q "
    "s samp small span strike strong sub sup time tt u var wbr".split()
)
# Inline elements that designers use as boxes: side by side they hold words apart.
_SPACED = frozenset(["a", "data", "font", "label", "small", "span", "time"])
_MEDIA = frozenset(["img", "picture", "video", "iframe", "svg", "audio", "object"])
_INPUTS = frozenset(["form", "input", "select", "textarea"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_TEXTUAL = _HEADINGS | frozenset(["p", "blockquote", "figcaption", "caption", "pre"])
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
_NAME_PARTS = re.compile(r"[\s_:/-]+")
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def read_html(
    text: str, url: str | None, site: str, selectors: Mapping[str, str] | None = None
) -> Page:
    """Return the pieces of an HTML page; links are resolved against `url`, else against `site`.

    Raises UsageError where a selector is not valid.
    """
    soup = BeautifulSoup(cut_unseen(_XML_DECLARATION.sub("", text)), "lxml")
    if selectors:
        apply_selectors(soup, selectors)
    meta = read_meta(soup, text)
    base = url or resolve(meta.url or "", site) or site
    head = soup.head or soup
    declared = head.find("base", href=True)
    if isinstance(declared, Tag):
        base = resolve(attribute(declared, "href"), base) or base
    walk = _Walk(base)
    walk.read(soup)
    links = [
        Link("", target, attribute(tag, "rel").lower())
        for tag in head.find_all("link", rel=True, href=True)
        if (target := resolve(attribute(tag, "href"), base))
    ]
    return Page(
        tuple(end_headings(walk.pieces, walk.boxes)),
        True,
        tuple(walk.boxes),
        (*links, *walk.links),
        frozenset(walk.media),
        frozenset(walk.forms),
        meta,
    )


def resolve(href: str, base: str) -> str | None:
    """Return `href` as an absolute http or https address without its fragment, or None."""
    try:
        url = urljoin(base, re.sub(r"\s+", "", clean_line(href))).partition("#")[0]
        parts = urlsplit(url)
        return url if parts.scheme in {"http", "https"} and parts.hostname else None
    except ValueError:
        return None


def cut_unseen(text: str) -> str:
    """Return `text` without comments, scripts, styles and drawings, which take most of the time."""
    for opening, closing in (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>")):
        text = "".join(_outside(text, opening, closing))
    return text


def _outside(text: str, opening: str, closing: str) -> Iterator[str]:
    folded, position = text.lower(), 0
    if len(folded) != len(text):
        # A few letters are longer in lower case, and then the positions would not agree.
        folded = text
    while (start := folded.find(opening, position)) >= 0:
        end = folded.find(closing, start + len(opening))
        if end < 0:
            break
        yield text[position:start]
        position = end + len(closing)
    yield text[position:]


class _Walk:
    """One pass over the tree, without recursion, that gathers pieces, boxes and links."""

    def __init__(self, base: str) -> None:
        self.pieces: list[Piece] = []
        self.boxes: list[Box] = []
        self.links: list[Link] = []
        self.media: set[int] = set()
        self.forms: set[int] = set()
        self._base = base
        self._chain: tuple[int, ...] = ()
        self._run = Run()
        self._textual = 0
        self._headings = 0
        self._depth = 0
        self._shelves: dict[int, bool] = {}

    def read(self, soup: BeautifulSoup) -> None:
        """Walk the whole tree, entering and leaving each element once."""
        stack: list[tuple[Tag, Iterator[object]]] = [(soup, iter(soup.contents))]
        while stack and len(self.pieces) < MAX_PIECES and len(self.boxes) < MAX_BOXES:
            tag, children = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                if stack:
                    self._leave(tag)
            elif isinstance(child, Tag):
                if self._enter(child, tag):
                    stack.append((child, iter(child.contents)))
            elif type(child) in {NavigableString, CData, TemplateString}:
                self._run.add(str(child), self._chain)
        self._flush()

    def _enter(self, tag: Tag, parent: Tag) -> bool:
        """Take note of an element; tell whether its children are to be read."""
        if tag.name in _MEDIA:
            self.media.update(self._chain[-1:])
        if tag.name in _INPUTS and tag.get("type") != "hidden":
            self.forms.update(self._chain[-_FORM_REACH:])
        if tag.name == "br" and self._headings:
            self._run.add(" ", self._chain)
        elif tag.name == "br":
            self._run.break_line()
        if (tag.name in _SKIPPED and not _is_shadow(tag)) or tag.name == "br" or _is_hidden(tag):
            return False
        if tag.name not in _INLINE or self._parts(tag, parent):
            self._flush()
        elif tag.name in _SPACED:
            self._run.open_inline()
        self._textual += tag.name in _TEXTUAL
        self._headings += tag.name in _HEADINGS
        self._depth += 1
        # What nests deeper than any honest page counts as one element.
        if self._depth <= MAX_DEPTH:
            self._open_box(tag)
        return True

    def _parts(self, tag: Tag, parent: Tag) -> bool:
        """Tell whether an inline element begins a piece of its own.

        It does where its parent holds no words itself, only elements side by side, unless the
        words run on from one element into the next.
        """
        if not self._run.has_text:
            return False
        if parse_age(_own_text(tag)) and _ends_line(tag):
            return True
        if self._textual:
            return False
        shelf = self._shelves.get(id(parent))
        if shelf is None:
            shelf = not any(
                type(child) is NavigableString and child.strip() for child in parent.contents
            )
            self._shelves[id(parent)] = shelf
        return shelf and not self._run.runs_on(tag.name, _first_text(tag))

    def _leave(self, tag: Tag) -> None:
        if tag.name not in _INLINE:
            self._flush()
        elif tag.name in _SPACED:
            self._run.close_inline()
        self._textual -= tag.name in _TEXTUAL
        self._headings -= tag.name in _HEADINGS
        self._depth -= 1
        if self._depth >= MAX_DEPTH:
            return
        box = self.boxes[self._chain[-1]]
        if tag.name == "a" and box.href:
            text = clean_line(tag.get_text(" "))
            if not text:
                # A link laid over a whole card: it has no words, but it tells the card's address.
                self.pieces.append(Piece("", href=box.href, boxes=self._chain))
            self.links.append(Link(text, box.href, attribute(tag, "rel").lower(), self._chain))
        self._chain = self._chain[:-1]

    def _open_box(self, tag: Tag) -> None:
        href = (
            resolve(attribute(tag, "href"), self._base)
            if tag.name == "a" and tag.get("href")
            else None
        )
        names = " ".join(attribute(tag, name) for name in ("class", "id", "role", "aria-label"))
        # A name with a digit in it is a machine's, and its letters mean nothing.
        human = " ".join(part for part in _NAME_PARTS.split(names[:500]) if part.isalpha())
        words = frozenset(word.lower() for word in _WORDS.findall(human))
        moment = attribute(tag, "datetime") if tag.name == "time" else ""
        self.boxes.append(Box(tag.name, words, href, moment or None))
        self._chain = (*self._chain, len(self.boxes) - 1)

    def _flush(self) -> None:
        self.pieces.extend(self._run.take(self.boxes))


def _own_text(tag: Tag) -> str:
    """Return the text of an element that holds nothing else."""
    return str(tag.contents[0]) if len(tag.contents) == 1 else ""


def _first_text(tag: Tag) -> str:
    """Return the first text in an element, looked for a few steps deep."""
    near = islice(tag.next_elements, _LOOK_AHEAD)
    return next(
        (text for node in near if not isinstance(node, Tag) and (text := str(node).strip())), ""
    )


def _ends_line(tag: Tag) -> bool:
    """Tell whether no text follows an element within its parent, or on its line there."""
    for other in tag.next_siblings:
        if isinstance(other, Tag):
            return other.name == "br"
        if str(other).strip():
            return False
    return True


def _is_shadow(tag: Tag) -> bool:
    """Tell whether a template is shown: the declarative shadow tree of a custom element."""
    return tag.name == "template" and tag.has_attr("shadowrootmode")


def _is_hidden(tag: Tag) -> bool:
    style = attribute(tag, "style")
    return (
        tag.has_attr("hidden")
        or attribute(tag, "role") in {"dialog", "alertdialog"}
        or bool(style and _HIDDEN_STYLE.search(style))
    )
