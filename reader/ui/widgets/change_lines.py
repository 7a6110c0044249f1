"""Pure drawing of what changed in an article: counts, a legend, and each changed sentence."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace
from rich.cells import cell_len

from reader.text.sanitize import clean_line
from reader.ui import wording
from reader.ui.state.comparison import Comparison
from reader.ui.state.notices import notice_of
from reader.ui.state.values import Notice
from reader.ui.typeset.text import clock_text
from reader.ui.widgets.article_lines import BLANK, Lines, offer_lines, styled_pieces
from reader.ui.widgets.spanned_lines import UNBROKEN, Pieces

if TYPE_CHECKING:
    # The module that compares texts is slow to import, and few articles change.
    from reader.stories.changes import Change, Changes

_SIGNS = {"changed": "~", "moved": "↕", "new": "+", "gone": "-", "same": "·"}
CHANGE_KINDS = tuple(_SIGNS)
_ARROW = "→"
# How the text of a sentence is drawn that has a word for what happened to it.
_TEXTS = {"new": "words-new", "gone": "words-old", "moved": ""}
# Between a sign and its text (cells).
_INDENT = 3
# A change of fewer cells stays on one line.
_LEAST_BROKEN = 25


def change_lines(comparison: Comparison, width: int, now: datetime) -> Lines:
    """Return the changes in an article by sentence, with empty lines between them."""
    changes = comparison.changes
    lines = [
        *(line for said in _said(comparison, now) for line in offer_lines(said, "changes", width)),
        *styled_pieces([(_counts(changes), "")], "same", width),
        *styled_pieces([(wording.say("article.legend", arrow=_ARROW), "")], "same", width),
        BLANK,
    ]
    for kind, pieces in _described(changes):
        sign = _SIGNS[kind].ljust(_INDENT)
        for line in styled_pieces(pieces, kind, width - _INDENT):
            lines.append(replace(line, sign=sign))
            sign = " " * _INDENT
        lines.append(BLANK)
    return lines


def _said(comparison: Comparison, now: datetime) -> Iterator[Notice]:
    """Yield which texts are compared, and the earlier and later changes, each with its key."""
    since, at = (clock_text(moment, now) for moment in comparison.between)
    key = "article.changes-shown" if comparison.since_read else "article.version-shown"
    number, count = comparison.version, comparison.versions
    yield notice_of(key, number=number, versions=count, since=since, at=at)
    if comparison.before:
        yield notice_of("article.before", comparison.before)
    if comparison.after:
        yield notice_of("article.after", comparison.after)


def _counts(changes: "Changes") -> str:
    """Return how many sentences changed, by what happened to them: `titel, 2 gewijzigd, 1 weg`."""
    counts = Counter(each.kind for each in changes.sentences)
    parts = [wording.say("article.changed-title")] if changes.title else []
    parts += [
        wording.say(f"article.count-{kind}", count=counts[kind])
        for kind in ("changed", "new", "gone", "moved")
        if counts[kind]
    ]
    return ", ".join(parts) or wording.say("article.no-words")


def _described(changes: "Changes") -> Iterator[tuple[str, Pieces]]:
    """Yield the kind of each change with its text; unchanged sentences only as a number."""
    if changes.title:
        yield (
            "changed",
            [
                (f"{wording.say('article.new-title')} ", "words-label"),
                *_marked(changes.title),
            ],
        )
    same = 0
    for change in (*changes.sentences, None):
        if change is not None and change.kind == "same":
            same += 1
            continue
        if same:
            yield "same", [(wording.say_count("article.unchanged", same), "")]
            same = 0
        if change is not None and change.kind == "changed":
            yield "changed", _marked(change)
        elif change is not None:
            label = wording.say(f"article.{change.kind}")
            text = clean_line(change.text)
            yield change.kind, [(label, "words-label"), (f" {text}", _TEXTS[change.kind])]


def _marked(change: "Change") -> Pieces:
    """Return a sentence in which `[was → is]` shows the change."""
    pieces: list[tuple[str, str]] = []
    for part in change.parts:
        old, new = clean_line(part.old), clean_line(part.new)
        own = [(old, "")] if old == new else _bracket(old, new)
        pieces += [(" ", ""), *own] if pieces else own
    return pieces


def _bracket(old: str, new: str) -> Pieces:
    """Return `[was → is]`, which no line breaks if it is short."""
    arrow = f" {_ARROW} " if old and new else f"{_ARROW} " if new else f" {_ARROW}"
    pieces = [("[", ""), (old, "words-old"), (arrow, ""), (new, "words-new"), ("]", "")]
    if sum(cell_len(text) for text, _ in pieces) >= _LEAST_BROKEN:
        return pieces
    return [(text.replace(" ", UNBROKEN), part) for text, part in pieces]
