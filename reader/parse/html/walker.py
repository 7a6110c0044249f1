"""Walks a page's elements once, collecting pieces, boxes and links in reading order."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice

from lxml import etree
from msgspec import Struct

from reader.model import BlockKind
from reader.parse.document import MAX_PIECES, Box, Link, Piece
from reader.parse.html.inline import NOWHERE, TELLING, Context, TextRun
from reader.parse.html.links import resolve
from reader.parse.html.verbatim import code_text, is_code, table_rows
from reader.text.memoize import memoized
from reader.text.relative_time import parse_age
from reader.text.sanitize import clean_line

MAX_DEPTH = 120
MAX_BOXES = 60_000
_LOOK_AHEAD = 20
_CACHED_BOXES = 4096
_MAX_NAMES = 500
_MAX_DIGITS = 6
# The number of elements around an input that count as a form.
_FORM_REACH = 3
# The number of elements around an image that may contain its caption.
_MEDIA_REACH = 2

_SKIPPED = frozenset(
    "script style noscript template svg math iframe object embed applet canvas audio video "
    "map head select textarea input datalist meter progress br rt rp".split()
)
# Elements that are not visible at first; some pages have their news in them.
_VEILED = frozenset(["button", "dialog"])
_LISTS = frozenset(["ol"])
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q "
    "s samp small span strike strong sub sup time tt u var wbr".split()
)
# Inline elements that are used as boxes, so that words in two of them are separate.
_SPACED = frozenset(["a", "data", "font", "label", "small", "span", "time"])
_MEDIA = frozenset(["img", "picture", "video", "iframe", "svg", "audio", "object"])
_INPUTS = frozenset(["form", "input", "select", "textarea"])
# Elements that are read as a whole if they have data or code.
_VERBATIM = frozenset(["pre", "table"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
# Elements that count even if empty: a link may cover a card, and items are counted.
_KEPT_EMPTY = frozenset(["a", "li"])
_TEXTUAL = _HEADINGS | frozenset(["p", "blockquote", "figcaption", "caption", "pre"])
# Elements whose text is code, not content.
_CODE = frozenset(["script", "style"])
# The attributes that name an element, besides its class.
_NAMES = ("id", "role", "aria-label", "itemprop", "rel")
_NAMING = frozenset(_NAMES)
_HIDING = frozenset(["hidden", "style", "role"])
_STREAMED = "S:"
# Navigation is read as its links only, if it has little text besides (characters) and no news sign.
_MENUS = frozenset(["nav"])
_MAX_BESIDE_LINKS = 200
_MIN_LINKS, _MAX_LINKS = 8, 1_000
_NEWS_SIGNS = ("geleden", "zojuist", "Meer uit", "Meer nieuws uit", " - ", " – ", " — ")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NAME_ENDS = str.maketrans("_:/-", "    ")
_WORDS = re.compile(r"[A-Z]?[a-z]+|(?:[A-Z](?![a-z]))+")
_NO_WORDS: frozenset[str] = frozenset()


class _Sort(Struct, frozen=True):
    """The properties of a tag for the walk.

    `noted` if the element itself is recorded, `counted` if its content is; `kept_empty` if it
    counts even when empty, `rare` if it is not simply entered.
    """

    rare: bool
    inline: bool
    spaced: bool
    skipped: bool
    veiled: bool
    verbatim: bool
    noted: bool
    counted: bool
    telling: bool
    heading: bool
    ordered: bool
    kept_empty: bool


def _sort_of(tag: str) -> _Sort:
    noted = tag in _MEDIA or tag in _INPUTS or tag == "br"
    return _Sort(
        rare=noted or tag in _SKIPPED or tag in _VERBATIM or tag in _MENUS,
        inline=tag in _INLINE,
        spaced=tag in _SPACED,
        skipped=tag in _SKIPPED,
        veiled=tag in _VEILED,
        verbatim=tag in _VERBATIM,
        noted=noted,
        counted=tag in _TEXTUAL,
        telling=tag in TELLING,
        heading=tag in _HEADINGS,
        ordered=tag in _LISTS,
        kept_empty=tag in _KEPT_EMPTY,
    )


_BLOCK = _sort_of("div")
_SORTS = {
    tag: _sort_of(tag)
    for tag in _SKIPPED
    | _VEILED
    | _VERBATIM
    | _INLINE
    | _MEDIA
    | _INPUTS
    | _TEXTUAL
    | TELLING
    | _LISTS
    | _MENUS
}


class Walk:
    """A walk without recursion; `media` and `forms` have the boxes around images and inputs.

    `beside` also has the parents of boxes with images, which may contain their captions; `veiled`
    has the elements that are not visible at first: hidden ones, dialogs, buttons. All are numbers
    of boxes.
    """

    def __init__(self, base: str) -> None:
        self.pieces: list[Piece] = []
        self.boxes: list[Box] = []
        self.links: list[Link] = []
        self.media: set[int] = set()
        self.beside: set[int] = set()
        self.forms: set[int] = set()
        self.veiled: set[int] = set()
        self._base = base
        self._chain: tuple[int, ...] = ()
        self._contexts: list[Context] = []
        self._run = TextRun(self.boxes, self._contexts)
        self._textual = 0
        self._headings = 0
        # The state on entering each open element: the sort of its tag, the chain of boxes around
        # it, and its address if it is a link.
        self._open: list[tuple[_Sort, tuple[int, ...], str | None]] = []
        self._shelves: dict[etree._Element, bool] = {}
        self._numbers: dict[etree._Element, int] = {}

    def read(self, root: etree._Element) -> None:
        """Walk the tree below `root`; enter and leave each element once."""
        for code in root.iter(*_CODE):
            code.text = None
        run, boxes, pieces, skipped = self._run, self.boxes, self.pieces, False
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                if skipped:
                    skipped = False
                else:
                    self._leave(element)
                text = element.tail
            elif len(boxes) >= MAX_BOXES or len(pieces) + run.lines >= MAX_PIECES:
                break
            elif self._enter(element):
                text = element.text
            else:
                walk.skip_subtree()
                skipped = True
                continue
            # White space before the first word of a piece is skipped; it is half of all texts.
            if text and (run.segments or not text.isspace()):
                run.add(text, self._chain)
        pieces.extend(run.take())

    def _enter(self, element: etree._Element) -> bool:
        """Enter an element; return whether its content is to be read."""
        sort = _SORTS.get(element.tag, _BLOCK)
        if sort.rare and self._is_taken(element, sort):
            return False
        run = self._run
        if run.segments:
            if not sort.inline or (run.has_text and self._parts(element)):
                self.pieces.extend(run.take())
            elif sort.spaced:
                run.open_inline()
        if not sort.kept_empty and not len(element):
            text = element.text
            if not text or text.isspace():
                self._pass_over(text, sort)
                return False
        if sort.counted:
            self._textual += 1
            self._headings += sort.heading
        # Elements nested deeper than on any real page count as one.
        deep = len(self._open) >= MAX_DEPTH
        self._open.append((sort, self._chain, None if deep else self._open_box(element, sort)))
        return True

    def _is_taken(self, element: etree._Element, sort: _Sort) -> bool:
        """Record an element by its tag; return whether its content is to be skipped."""
        if sort.noted:
            self._note(element)
        if sort.skipped and not _is_shadow(element):
            return True
        if element.tag in _MENUS:
            return self._take_menu(element)
        return sort.verbatim and self._take_verbatim(element)

    def _pass_over(self, text: str | None, sort: _Sort) -> None:
        """Read an element with only white space, which needs no box."""
        if text and self._run.segments:
            self._run.add(text, self._chain)
        if not sort.inline:
            if self._run.segments:
                self.pieces.extend(self._run.take())
        elif sort.spaced:
            self._run.close_inline()

    def _open_box(self, element: etree._Element, sort: _Sort) -> str | None:
        """Add the box of an element and the context of its text; return its link address."""
        chain, number = self._chain, len(self.boxes)
        context = self._contexts[chain[-1]] if chain else NOWHERE
        attributes = element.items()
        if not attributes:
            box = _box(element.tag, "")
        elif len(attributes) == 1 and attributes[0][0] == "class":
            box = _box(element.tag, attributes[0][1])
        else:
            box = self._named_box(element.tag, dict(attributes))
        if self._open and self._open[-1][0].ordered and element.tag == "li":
            box = box._replace(number=self._number(element))
        if sort.veiled:
            self.veiled.add(number)
        if sort.telling or box.href or box.moment:
            context = context.within(box)
        self._contexts.append(context)
        self._chain = (*chain, number)
        self.boxes.append(box)
        return box.href

    def _note(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == "br" and self._headings:
            self._run.add(" ", self._chain)
        elif tag == "br":
            self._run.break_line()
        elif tag in _MEDIA:
            self.media.update(self._chain[-1:])
            self.beside.update(self._chain[-_MEDIA_REACH:])
            # The cell of a layout table for an image and its caption.
            self.beside.update(box for box in self._chain[-3:-2] if self.boxes[box].tag == "table")
        elif element.get("type") != "hidden":
            self.forms.update(self._chain[-_FORM_REACH:])

    def _take_verbatim(self, element: etree._Element) -> bool:
        """Read a table of data or a listing of code as one piece; return whether it was one."""
        if element.tag == "table":
            rows = table_rows(element)
            text = "\n".join(" | ".join(row) for row in rows)
            kind: BlockKind = "table"
        else:
            rows, kind = (), "code"
            text = code_text(element) if is_code(element) else ""
        if not text:
            return False
        self.pieces.extend(self._run.take())
        self.pieces.append(Piece(text, kind, boxes=self._chain, rows=rows))
        return True

    def _take_menu(self, menu: etree._Element) -> bool:
        """Read navigation as its links only; return whether it is a menu of many links."""
        links = [link for link in islice(menu.iter("a"), _MAX_LINKS) if "href" in link.attrib]
        if len(links) < _MIN_LINKS:
            return False
        texts = ["".join(link.itertext()).strip() for link in links]
        whole = " ".join(filter(None, map(str.strip, menu.itertext())))
        if len(whole) > sum(map(len, texts)) + len(texts) + _MAX_BESIDE_LINKS:
            return False
        if any(sign in whole for sign in _NEWS_SIGNS) or next(menu.iter("h1"), None) is not None:
            return False
        self.pieces.extend(self._run.take())
        chain = self._chain
        self._open_box(menu, _BLOCK)
        for link, text in zip(links, map(clean_line, texts), strict=True):
            if href := resolve(link.attrib["href"], self._base):
                self.pieces.append(Piece(text, href=href, boxes=self._chain))
                self.links.append(Link(text, href, link.get("rel", "").lower(), self._chain))
        self._chain = chain
        return True

    def _number(self, element: etree._Element) -> int:
        """Return the number of an item of an ordered list."""
        parent = element.getparent()
        if parent not in self._numbers:
            self._numbers[parent] = _whole(parent.get("start"), 1) - 1
        self._numbers[parent] = _whole(element.get("value"), self._numbers[parent] + 1)
        return self._numbers[parent]

    def _parts(self, element: etree._Element) -> bool:
        """Tell whether an inline element after some words begins a new piece.

        It does if its parent has no words itself, only elements side by side, unless a sentence
        continues from one element to the next.
        """
        own = element.text if not len(element) else None
        if own and parse_age(own) and _ends_line(element):
            return True
        parent = element.getparent()
        if self._textual or parent is None:
            return False
        shelf = self._shelves.get(parent)
        if shelf is None:
            shelf = self._shelves[parent] = not _holds_words(parent)
        return shelf and not self._run.runs_on(element.tag, _first_text(element))

    def _named_box(self, tag: str, attributes: Mapping[str, str]) -> Box:
        if not _HIDING.isdisjoint(attributes) and _is_hidden(attributes):
            self.veiled.add(len(self.boxes))
        words = _words(attributes["class"]) if "class" in attributes else _NO_WORDS
        if not _NAMING.isdisjoint(attributes):
            named = [_words(attributes[name]) for name in _NAMES if name in attributes]
            words = words.union(*named)
        if tag == "a" and (target := attributes.get("href")):
            return Box(tag, words, resolve(target, self._base))
        if tag == "time" and (moment := attributes.get("datetime")):
            return Box(tag, words, None, moment)
        return Box(tag, words)

    def _leave(self, element: etree._Element) -> None:
        sort, chain, href = self._open.pop()
        if self._run.segments:
            if not sort.inline:
                self.pieces.extend(self._run.take())
            elif sort.spaced:
                self._run.close_inline()
        if sort.counted:
            self._textual -= 1
            self._headings -= sort.heading
        if href:
            self._take_link(element, href)
        self._chain = chain

    def _take_link(self, element: etree._Element, href: str) -> None:
        text = clean_line(" ".join(element.itertext()) if len(element) else element.text or "")
        if not text:
            # A link that covers a whole card has no words, but it has the card's address.
            self.pieces.append(Piece("", href=href, boxes=self._chain))
        # A button for a script leads nowhere.
        if not element.get("href", "").startswith("#"):
            self.links.append(Link(text, href, element.get("rel", "").lower(), self._chain))


@lru_cache(_CACHED_BOXES)
def _box(tag: str, names: str) -> Box:
    """Return the box of an element without attributes other than a class."""
    return Box(tag, _words(names))


@memoized
def _words(names: str) -> frozenset[str]:
    """Return the words of an element's names, such as the four of `main-menu navBar`."""
    names = names[:_MAX_NAMES]
    # A name with a digit is generated, and its letters have no meaning.
    parts = filter(str.isalpha, names.translate(_NAME_ENDS).split())
    if names.islower() and names.isascii():
        return frozenset(parts)
    return frozenset([word.lower() for part in parts for word in _WORDS.findall(part)])


def _whole(text: str | None, default: int) -> int:
    """Return the small whole number in an attribute, else `default`."""
    return int(text) if text and len(text) < _MAX_DIGITS and text.isdecimal() else default


def _first_text(element: etree._Element) -> str:
    """Return the first text in or after an element, searched for a few steps."""
    near: Iterator[str] = islice(element.itertext(), _LOOK_AHEAD)
    return next((text for each in near if (text := each.strip())), (element.tail or "").strip())


def _ends_line(element: etree._Element) -> bool:
    """Tell whether no text follows an element in its parent, or on its line."""
    while not (element.tail and element.tail.strip()):
        following = element.getnext()
        if following is None or following.tag == "br":
            return True
        if following.tag not in _CODE:
            return False
        element = following
    return False


def _holds_words(element: etree._Element) -> bool:
    """Tell whether an element has words of its own, outside of its children."""
    if element.text and not element.text.isspace():
        return True
    return any(child.tail and not child.tail.isspace() for child in element)


def _is_shadow(element: etree._Element) -> bool:
    """Tell whether a template is visible, as the declarative shadow tree of a custom element."""
    return element.tag == "template" and element.get("shadowrootmode") is not None


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    style = attributes.get("style")
    # A part of a streamed page, which a script moves into place.
    if attributes.get("id", "").startswith(_STREAMED):
        return False
    return (
        "hidden" in attributes
        or attributes.get("role") in {"dialog", "alertdialog"}
        or bool(style and _HIDDEN_STYLE.search(style))
    )
