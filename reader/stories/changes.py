"""The changes between two texts of an article, by sentence; pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct

from reader.model import Article

ChangeKind = Literal["same", "changed", "moved", "new", "gone"]

# The similarity from which two sentences count as one that changed.
_ALIKE = 0.42
# Sentences beyond these are only matched where they are equal; the others count as new or gone.
_MAX_COMPARED = 300
_END = re.compile(r"(?<=[.!?…])[\"'”’)]{0,2}\s+(?=[\"'“‘(]{0,2}[A-ZÀ-ÞĀ-Ž0-9])")
# Initials and abbreviations: their full stop does not end a sentence.
_SHORT = re.compile(
    r"(?:\b[A-Z]|\b(?:dr|drs|ds|ir|ing|mr|prof|st|nr|ca|o\.a|m\.m\.v|bijv))\.$", re.I
)
_PLAIN = str.maketrans("‘’‚‛“”„«»–—‑\xa0", '\'\'\'\'"""""---\x20')
_WORD = re.compile(r"\w+|[^\w\s]")


class Part(Struct, frozen=True):
    """A part of a changed sentence: its old and its new words, equal if they did not change."""

    old: str
    new: str


class Change(Struct, frozen=True):
    """One sentence of either text and what happened to it; a changed one has `parts`."""

    kind: ChangeKind
    text: str
    parts: tuple[Part, ...] = ()


class Changes(Struct, frozen=True):
    """The changes of an article: its title, None if unchanged, and all sentences in order."""

    title: Change | None
    sentences: tuple[Change, ...]

    @property
    def number(self) -> int:
        """Return the number of sentences that are not the same."""
        return sum(each.kind != "same" for each in self.sentences)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing but white space and typography changed."""
        return self.title is None and not self.number


def changes_between(old: Article, new: Article) -> Changes:
    """Return the changes from an older text of an article to a newer one."""
    before, after = old.teaser.title or "", new.teaser.title or ""
    title = None
    if before and _key(before) != _key(after):
        title = Change("changed", after, _parts(before, after))
    return Changes(title, compare(_sentences_of(old), _sentences_of(new)))


def compare(old: Sequence[str], new: Sequence[str]) -> tuple[Change, ...]:
    """Return the sentences of two texts with what happened to each, in the order of the newer."""
    before, after = list(map(_key, old)), list(map(_key, new))
    found: dict[int, tuple[ChangeKind, int]] = {}
    taken: set[int] = set()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for first, second, size in matcher.get_matching_blocks():
        for number in range(size):
            found[second + number] = ("same", first + number)
            taken.add(first + number)
    places: dict[str, list[int]] = {}
    for number, key in enumerate(before):
        if number not in taken:
            places.setdefault(key, []).append(number)
    for number, key in enumerate(after):
        if number not in found and places.get(key):
            found[number] = ("moved", places[key].pop(0))
            taken.add(found[number][1])
    for first, second in _alike(before, after, taken, set(found)):
        found[second] = ("changed", first)
        taken.add(first)
    return tuple(_ordered(old, new, found, taken))


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    found: list[str] = []
    for piece in _END.split(text):
        if found and _SHORT.search(found[-1]):
            found[-1] += f" {piece}"
        elif piece.strip():
            found.append(piece.strip())
    return found


def _sentences_of(article: Article) -> list[str]:
    return [each for block in article.blocks for each in sentences(" ".join(block.text.split()))]


def _key(sentence: str) -> str:
    """Return a key that is equal for sentences that differ only in white space and typography."""
    return "".join(_WORD.findall(sentence.translate(_PLAIN)))


def _alike(
    before: Sequence[str], after: Sequence[str], taken: set[int], found: set[int]
) -> list[tuple[int, int]]:
    """Return the pairs of similar sentences, each sentence in one pair, the most similar first."""
    old = {n: each for n, each in enumerate(before[:_MAX_COMPARED]) if n not in taken}
    new = {n: each for n, each in enumerate(after[:_MAX_COMPARED]) if n not in found}
    bags = {key: Counter(text[n : n + 3] for n in range(max(1, len(text) - 2)))
            for key, text in (*((("old", n), each) for n, each in old.items()),
                              *((("new", n), each) for n, each in new.items()))}  # fmt: skip
    scores = []
    for first in old:
        for second in new:
            one, other = bags["old", first], bags["new", second]
            score = 2 * (one & other).total() / (one.total() + other.total())
            if score >= _ALIKE:
                scores.append((-score, abs(first - second), first, second))
    pairs: list[tuple[int, int]] = []
    used_old: set[int] = set()
    used_new: set[int] = set()
    for _, _, first, second in sorted(scores):
        if first not in used_old and second not in used_new:
            pairs.append((first, second))
            used_old.add(first)
            used_new.add(second)
    return pairs


def _ordered(
    old: Sequence[str],
    new: Sequence[str],
    found: dict[int, tuple[ChangeKind, int]],
    taken: set[int],
) -> Iterator[Change]:
    """Yield the changes; a sentence that is gone comes after the sentence that it followed."""
    followers: dict[int, list[int]] = {}
    place = {first: second for second, (kind, first) in found.items() if kind != "moved"}
    last = -1
    for number in range(len(old)):
        last = place.get(number, last)
        if number not in taken:
            followers.setdefault(last, []).append(number)
    yield from (Change("gone", old[number]) for number in followers.get(-1, ()))
    for number, text in enumerate(new):
        kind, before = found.get(number, ("new", 0))
        yield Change(kind, text, _parts(old[before], text) if kind == "changed" else ())
        yield from (Change("gone", old[each]) for each in followers.get(number, ()))


def _parts(old: str, new: str) -> tuple[Part, ...]:
    """Return all parts of a changed sentence, those that did not change included."""
    before, after = old.split(), new.split()
    matcher = SequenceMatcher(None, list(map(_key, before)), list(map(_key, after)), autojunk=False)
    return tuple(
        Part(" ".join(after[c:d] if kind == "equal" else before[a:b]), " ".join(after[c:d]))
        for kind, a, b, c, d in matcher.get_opcodes()
    )
