"""Recognises the boxes of a page that are not its news: navigation, notices, teasers, buttons."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import islice, takewhile

from msgspec import Struct

from reader.parse.classify.furniture import heads_comments, is_foreign_label
from reader.parse.classify.piece_labels import PieceLabel, is_prose, weight
from reader.parse.document import FRAME_TAGS, Box, Page, Piece, shared_boxes
from reader.text.dateline import split_dateline

_FRAME_WORDS = frozenset(
    "nav navbar navigation navigatie menu footer cookie cookies consent gdpr breadcrumb "
    "breadcrumbs kruimelpad modal popup webmail login".split()
)
_COMMENT_WORDS = frozenset(
    "comment comments reacties reactie disqus kommentare kommentar commentaires comentarios "
    "discussion responses respond nujij".split()
)
# Names of furniture boxes. A box with much of the prose is no furniture, whatever its name.
_NAMES = (
    _FRAME_WORDS
    | _COMMENT_WORDS
    | frozenset(
        "ad ads advert adverts advertentie advertisement advertising advertorial anzeige werbung "
        "banner sponsor sponsored gesponsord newsletter newsletters nieuwsbrief share sharing "
        "shares social socials delen caption bijschrift onderschrift credit credits tags tag "
        "taglist copyright paywall subscribe subscription promo promotion promoted leesook "
        "readmore gallery byline toolbar sharedaddy likes poll quiz embed instagram tweet "
        "placeholder publisher logo keywords "
        "app widget donate donatie doneer weather signup related author authors auteur bio "
        "biography recommended recommendation recommendations recommend outbrain taboola teaser "
        "teasers trending popular mostread sidebar timestamp datetime pubdate "
        "breadcrumbs kicker rubric utility tools actions skip hidden".split()
    )
)
# Names of embedded messages, which belong to an article if they are quoted.
_QUOTED = frozenset(["tweet", "instagram", "embed", "social", "widget"])
_NAMES_OF = {"blockquote": _NAMES - _QUOTED}
# Elements that enclose one text, never a whole body.
_LEAVES = frozenset("p span a b strong i em font time h1 h2 h3 h4 h5 h6 blockquote li".split())
_CARDS = frozenset(["article", "li"])
_BODIES = frozenset(["body", "html", "main", "article"])
# The share of the prose above which a box named like furniture is not furniture.
_MAX_PROSE = 0.25
# The share of the prose above which a name of boxes has no meaning.
_MAX_NAMED = 0.7
# The share of the prose above which no box is furniture, whatever its content.
_MAX_SHARE = 0.5
_MAX_LINKED = 0.5
# The share of the prose above which a box is not a frame, whatever its name.
_MAX_FRAME = 0.6
_FEW_PIECES = 5
_MAX_CARD = 900
_MAX_CAPTION = 400
_MIN_LISTED = 3
_TITLE_WORDS = 3
_MIN_OTHER = 250


class Facts(Struct):
    """The content of one box: its first and last piece; text, links and prose in characters.

    `sentences` counts pieces of prose, `titles` headings that are links, `pieces` all pieces.
    """

    first: int
    last: int = 0
    length: float = 0.0
    linked: float = 0.0
    prose: float = 0.0
    sentences: int = 0
    links: int = 0
    titles: int = 0
    times: int = 0
    pieces: int = 0

    def add(self, inner: "Facts") -> None:
        """Add the facts of a box within this one."""
        self.last = max(self.last, inner.last)
        self.length += inner.length
        self.linked += inner.linked
        self.prose += inner.prose
        self.sentences += inner.sentences
        self.links += inner.links
        self.titles += inner.titles
        self.times += inner.times
        self.pieces += inner.pieces


class Judged(Struct, frozen=True):
    """The facts of the boxes of a page, and the boxes that are furniture, each with the reason."""

    facts: Mapping[int, Facts]
    furniture: Mapping[int, str]


def gather_facts(pieces: Sequence[Piece], labels: Sequence[PieceLabel]) -> dict[int, Facts]:
    """Return the facts of each box around any of `pieces`, counting only these."""
    found: dict[int, Facts] = {}
    around: dict[int, int] = {}
    for index, (piece, label) in enumerate(zip(pieces, labels, strict=True)):
        if not piece.boxes:
            continue
        facts = found.get(piece.boxes[-1])
        if facts is None:
            facts = _open_boxes(piece.boxes, index, found, around)
        length = weight(piece.text)
        linked = piece.linked * (length / len(piece.text)) if piece.text else 0.0
        prose = length - linked if label.name == "prose" else 0.0
        links = len(piece.links) or (piece.href is not None)
        titled = (
            piece.level > 1
            and label.name == "heading"
            and linked * 2 > length
            and len(piece.text.split()) >= _TITLE_WORDS
        )
        facts.last = index
        facts.length += length
        facts.linked += linked
        facts.links += links
        facts.pieces += 1
        facts.titles += titled
        if prose:
            facts.prose += prose
            facts.sentences += 1
        elif label.name == "time":
            facts.times += 1
    # Inner boxes have higher numbers than the boxes around them.
    for box in sorted(around, reverse=True):
        found[around[box]].add(found[box])
    return found


def _open_boxes(
    boxes: Sequence[int], index: int, found: dict[int, Facts], around: dict[int, int]
) -> Facts:
    """Note the new boxes around the piece `index`; return the facts of the innermost box.

    `around` has the parent of each box.
    """
    depth = len(boxes)
    while depth and boxes[depth - 1] not in found:
        depth -= 1
    for place in range(depth, len(boxes)):
        found[boxes[place]] = Facts(index)
        if place:
            around[boxes[place]] = boxes[place - 1]
    return found[boxes[-1]]


def judge_boxes(page: Page, pieces: Sequence[Piece], labels: Sequence[PieceLabel]) -> Judged:
    """Return the facts of the boxes around `pieces`, and which of them are furniture."""
    facts = gather_facts(pieces, labels)
    return Judged(facts, _furniture_of(page, pieces, labels, facts, None))


def furniture_boxes(
    page: Page, pieces: Sequence[Piece], labels: Sequence[PieceLabel], lead: int | None = None
) -> dict[int, str]:
    """Return the boxes of `pieces` that are furniture, each with the reason.

    A box around all pieces, or around the piece number `lead`, is not furniture.
    """
    return _furniture_of(page, pieces, labels, gather_facts(pieces, labels), lead)


def _furniture_of(
    page: Page,
    pieces: Sequence[Piece],
    labels: Sequence[PieceLabel],
    facts: Mapping[int, Facts],
    lead: int | None,
) -> dict[int, str]:
    whole = frozenset(shared_boxes(pieces))
    kept = frozenset(pieces[lead].boxes) if lead is not None else frozenset()
    total = sum(
        weight(piece.text) - piece.linked
        for piece, label in zip(pieces, labels, strict=True)
        if label.name == "prose"
    )
    common = _common_names(page, pieces, labels, total)
    found: dict[int, str] = {}
    for number, held in facts.items():
        if number in whole or number in kept:
            continue
        reason = _reason(
            page, number, held, pieces=pieces, labels=labels, total=total, common=common
        )
        if reason:
            found[number] = reason
    return found


def _common_names(
    page: Page, pieces: Sequence[Piece], labels: Sequence[PieceLabel], total: float
) -> frozenset[str]:
    """Return the names without meaning: those of boxes with half of the texts or much prose."""
    used: Counter[str] = Counter()
    held: dict[str, float] = {}
    names: dict[int, frozenset[str]] = {}
    for piece, label in zip(pieces, labels, strict=True):
        if piece.boxes:
            used.update(page.boxes[piece.boxes[-1]].words)
        if label.name == "prose":
            for box in piece.boxes:
                if box not in names:
                    names[box] = page.boxes[box].words & _NAMES
            for word in frozenset[str]().union(*[names[box] for box in piece.boxes]):
                held[word] = held.get(word, 0.0) + len(piece.text)
    common = {word for word, times in used.items() if times * 2 > len(pieces)}
    return frozenset(common | {word for word, size in held.items() if size > total * _MAX_NAMED})


def _reason(
    page: Page,
    number: int,
    held: Facts,
    *,
    pieces: Sequence[Piece],
    labels: Sequence[PieceLabel],
    total: float,
    common: frozenset[str],
) -> str | None:
    """Return why a box is furniture, or None if it is not."""
    box = page.boxes[number]
    share = held.prose / total if total else 0.0
    apart = share < 1 and total - held.prose > _MIN_OTHER
    if apart and _holds_articles(page, number, held, pieces, labels):
        return "it has a label and other articles"
    if box.tag in _BODIES and share > _MAX_PROSE:
        return None
    opening = pieces[held.first].text
    signs = heads_comments(opening) + (not _COMMENT_WORDS.isdisjoint(box.words))
    if share < 1 and (signs > 1 or (signs and apart)):
        return "the readers' comments"
    if 1 > share > _MAX_PROSE and 1 < held.titles >= held.sentences:
        return "headlines that lead elsewhere"
    if share > _MAX_PROSE and held.linked <= held.length * _MAX_LINKED:
        return _small_insert(page, number, held, pieces) if share < _MAX_SHARE else None
    if named := _by_name(box, common):
        return named
    if box.tag in {"figure", "figcaption"}:
        kinds = {pieces[i].kind for i in range(held.first, held.last + 1)}
        return None if kinds & {"table", "code", "quote"} else "a picture's text"
    # A box with most of the prose is not a list, even if it contains lists.
    if share > _MAX_SHARE:
        return None
    return _by_links(box, held) or _by_content(page, number, held, pieces, labels)


def _by_name(box: Box, common: frozenset[str]) -> str | None:
    """Return why a box is furniture by its tag and names; names in `common` are ignored."""
    if box.tag in FRAME_TAGS:
        return f"a <{box.tag}>"
    if named := (box.words & _NAMES_OF.get(box.tag, _NAMES)) - common:
        return f"named {min(named)}"
    return f"a <{box.tag}>" if box.tag in {"ins", "address"} else None


def _holds_articles(
    page: Page, number: int, held: Facts, pieces: Sequence[Piece], labels: Sequence[PieceLabel]
) -> bool:
    """Tell whether a box begins with a label and has several articles below it."""
    if labels[held.first].name != "label" or not pieces[held.first].level:
        return False
    inside = {box for piece in pieces[held.first : held.last + 1] for box in piece.boxes}
    return sum(box > number and page.boxes[box].tag == "article" for box in inside) > 1


def _small_insert(page: Page, number: int, held: Facts, pieces: Sequence[Piece]) -> str | None:
    """Return why a small box on a short page is not part of a body, or None if it may be.

    It is not if it is a card with an image or a headline that leads elsewhere.
    """
    box = page.boxes[number]
    if held.sentences > 1 or held.length > _MAX_CAPTION or box.tag in _LEAVES or box.tag in _BODIES:
        return None
    if held.titles:
        return "a headline that leads elsewhere"
    if number in page.beside and held.pieces <= 2 and pieces[held.first].kind == "paragraph":
        return "beside an image"
    return None


def _by_links(box: Box, held: Facts) -> str | None:
    """Return why a box is a list of links or a card of another article, or None if it is not."""
    if box.tag in _LEAVES and box.tag != "li":
        return None
    linked = held.linked / held.length if held.length else 0.0
    if linked > _MAX_LINKED and (held.links > 1 or held.pieces > 1) and held.sentences < held.links:
        return f"{linked:.0%} of it is links"
    if held.titles and held.length < _MAX_CARD * held.titles and held.sentences <= 2 * held.titles:
        return "a headline that leads elsewhere"
    if held.links >= _MIN_LISTED and linked > _MAX_LINKED / 2 and held.sentences == 0:
        return "a list of links"
    return None


def _by_content(
    page: Page, number: int, held: Facts, pieces: Sequence[Piece], labels: Sequence[PieceLabel]
) -> str | None:
    """Return why a small box is furniture, by its inputs, label, image or wording."""
    inside = range(held.first, held.last + 1)
    first, opening = pieces[held.first], labels[held.first].name
    box = page.boxes[number]
    if number in page.forms and held.sentences < 2 and opening != "prose":
        return "it has an input"
    if opening == "label" and held.length <= _MAX_CARD and (held.pieces > 1 or first.href):
        ambiguous = first.level and held.sentences and held.linked < held.length / 4
        return None if ambiguous else f"headed {first.text[:30]!r}"
    if held.length > _MAX_CAPTION:
        return None
    if number in page.media and box.tag not in _BODIES and not held.titles:
        kinds = {pieces[i].kind for i in inside}
        if not kinds & {"table", "code", "item"} and held.pieces <= _FEW_PIECES:
            return "beside an image"
    if number in page.beside and held.pieces == 1 and box.tag in {"div", "span", "table"}:
        return "beside an image"
    if opening == "notice" and held.sentences < 2:
        return "it begins like a notice"
    names = [labels[i].name for i in inside]
    if 1 < held.pieces <= _FEW_PIECES and "notice" in names and not held.sentences:
        return "it holds a notice"
    if box.tag == "aside" and not held.sentences:
        return "an aside without sentences"
    return None


def without_frame(page: Page, is_news: Callable[[Sequence[Piece]], bool]) -> list[Piece]:
    """Return the page's pieces without navigation, footer and notices.

    A box for which `is_news` is true, or that is most of the page, is kept whatever its tag.
    """
    total = _length(page.pieces)
    # Computed lazily, since few pages have a box that needs it.
    prose = cache(lambda: _prose(page.pieces))
    framing = {
        number
        for number, box in enumerate(page.boxes)
        if (box.tag in FRAME_TAGS or not _FRAME_WORDS.isdisjoint(box.words))
        and box.tag not in _BODIES
    }

    def drop(number: int, held: Sequence[Piece]) -> bool:
        box = page.boxes[number]
        # The footer of a card or of the article is not the footer of the page.
        if box.tag == "footer" and any(page.boxes[b].tag in _CARDS for b in held[0].boxes):
            return False
        if _length(held) * 2 >= total:
            return False
        named = box.tag not in FRAME_TAGS
        if named and len(held) > _FEW_PIECES and _prose(held) > prose() * _MAX_FRAME:
            return False
        return not is_news(held)

    whole = shared_boxes(page.pieces)
    held: dict[int, list[Piece]] = {}
    for piece in page.pieces:
        for number in framing.intersection(piece.boxes):
            held.setdefault(number, []).append(piece)
    dropped: set[int] = set()
    # Outer boxes first, since a dropped box takes its inner boxes with it.
    for number in sorted(held):
        inside = held[number]
        if number not in whole and dropped.isdisjoint(inside[0].boxes) and drop(number, inside):
            dropped.add(number)
    return [piece for piece in page.pieces if dropped.isdisjoint(piece.boxes)]


def without_foreign(pieces: Sequence[Piece]) -> list[Piece]:
    """Return a listing's pieces without boxes of other headlines, such as `Meest gelezen`."""
    whole = shared_boxes(pieces)
    dropped: set[int] = set()
    for index, piece in enumerate(pieces):
        if not is_foreign_label(piece.text):
            continue
        before = pieces[index - 1].boxes if index else ()
        for box in piece.boxes:
            if box not in whole and box not in before and _is_foreign(pieces, index, box):
                dropped.add(box)
    kept = [piece for piece in pieces if dropped.isdisjoint(piece.boxes)]
    last = max((i for i, piece in enumerate(kept) if split_dateline(piece.text)[0]), default=-1)
    tail = (i for i, piece in enumerate(kept) if i > last and is_foreign_label(piece.text))
    return kept[: next(tail, len(kept))]


def _is_foreign(pieces: Sequence[Piece], start: int, box: int) -> bool:
    """Tell whether the box that begins with the piece `start` has none of the page's own news."""
    inside = takewhile(lambda piece: box in piece.boxes, islice(pieces, start, None))
    return not any(split_dateline(piece.text)[0] for piece in inside)


def _prose(pieces: Sequence[Piece]) -> int:
    return _length([piece for piece in pieces if not piece.href and is_prose(piece)])


def _length(pieces: Sequence[Piece]) -> int:
    return sum([len(piece.text) for piece in pieces])
