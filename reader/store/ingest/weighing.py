"""Decides whether a new text from an address may replace the stored one; pure."""

import re
from collections.abc import Collection

from reader.errors import Reason, reason
from reader.model import Article
from reader.text.likeness import alike_texts, alike_titles
from reader.text.slug import fold, slug_of_url, slugify

# A page that this many addresses show belongs to none of them.
TOO_MANY = 3
# A text that keeps less than this share of the old one has lost most of it.
_MOST = 0.5
# A stub is the beginning of the old text and less than _STUB_SHARE of it, or less than _STUB
# characters and less than _STUB_LOSS of it.
_STUB_SHARE = 0.6
_STUB = 600
_STUB_LOSS = 0.35
# Not much can be lost from a text with fewer letters than this.
_NO_LOSS = 200
# Shorter sentences than this (characters) occur in any two articles.
_MIN_SENTENCE = 30
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)]*\s+|\n+")
_NOT_LETTERS = re.compile(r"[\W_]+")
_LEAD = 60


def refusal(old: Article, new: Article) -> Reason | None:
    """Return why `new`, from the address of `old`, may not replace it; None if it may.

    It may if it is certainly the same article, by its headline, lead or sentences, and is not
    worse. A text is worse if it lost most of its words together with its dateline and its related
    items, or is only the beginning of the other.
    """
    if not _is_same_article(old, new):
        return reason("other_article", title=new.teaser.title or "")
    if _is_stub(old, new):
        return reason("became_stub")
    if _lost_most(old, new):
        return reason("text_lost")
    return None


def takes_back(old: Article, new: Article, slugs: Collection[str]) -> bool:
    """Tell whether `new` is the article of an item that `old` certainly never belonged to.

    `slugs` are the item's slugs that do not come from `old`: from its address and headlines.
    """
    if _is_same_article(old, new):
        return False
    return _is_named(new, slugs) and not _is_named(old, slugs)


def would_cost(old: Article, new: Article) -> bool:
    """Tell whether replacing `old` by `new` would lose a text of some length."""
    return len(_plain(" ".join(_texts(old)))) >= _NO_LOSS and refusal(old, new) is not None


def is_named_by_title(url: str | None, title: str | None) -> bool:
    """Tell whether an address was made from the title, so that the article is certainly at it."""
    if not url or not title:
        return False
    return alike_titles(slug_of_url(url).replace("-", " "), title)


def tells_more_than(new: Article, old: Article) -> bool:
    """Tell whether two texts differ in more than white space and typography.

    For texts from two parser versions only title and sentences count: text that only one version
    extracts is not a change of the article.
    """
    title, before = _plain(new.teaser.title or ""), _plain(old.teaser.title or "")
    if title and before and title != before:
        return True
    if new.parser != old.parser:
        mine, theirs = _sentences(new), _sentences(old)
        return not (mine <= theirs or theirs <= mine)
    return [_plain(text) for text in _texts(new)] != [_plain(text) for text in _texts(old)]


def _is_same_article(old: Article, new: Article) -> bool:
    """Tell whether `new`, from the address of `old`, is the same article.

    The address is evidence, so a similar headline or lead, or half of the sentences, is enough. To
    merge two items, `addresses` requires a similar text: articles that appear daily under the same
    headline are not one.
    """
    title, other = old.teaser.title or "", new.teaser.title or ""
    if title and other and (slugify(title) == slugify(other) or alike_titles(title, other)):
        return True
    if _lead(old) and _lead(old) == _lead(new):
        return True
    mine, theirs = _sentences(old), _sentences(new)
    least = min(len(mine), len(theirs))
    if least and 2 * len(mine & theirs) >= least:
        return True
    return alike_texts("\n".join(_texts(old)), "\n".join(_texts(new)))


def _is_named(article: Article, slugs: Collection[str]) -> bool:
    title = article.teaser.title or ""
    own = slugify(title)
    return any(own == slug or alike_titles(slug.replace("-", " "), title) for slug in slugs if slug)


def _is_stub(old: Article, new: Article) -> bool:
    before, after = _plain(" ".join(_texts(old))), _plain(" ".join(_texts(new)))
    if len(before) < _NO_LOSS:
        return False
    share = len(after) / len(before)
    if share < _STUB_SHARE and before.startswith(after[: max(len(after) - _LEAD, _LEAD)]):
        return True
    return share < _STUB_LOSS and len(after) < _STUB


def _lost_most(old: Article, new: Article) -> bool:
    before, after = (sum(map(len, _texts(each))) for each in (old, new))
    has_dateline = new.teaser.dateline is not None
    return before > _NO_LOSS and after < _MOST * before and not has_dateline and not new.related


def _texts(article: Article) -> list[str]:
    return [block.text for block in article.blocks]


def _lead(article: Article) -> str:
    lead = _plain(article.blocks[0].text) if article.blocks else ""
    return lead[:_LEAD] if len(lead) >= _MIN_SENTENCE else ""


def _sentences(article: Article) -> frozenset[str]:
    parts = (part for text in _texts(article) for part in _SENTENCE_END.split(text))
    plain = (_plain(part) for part in parts)
    return frozenset(sentence for sentence in plain if len(sentence) >= _MIN_SENTENCE)


def _plain(text: str) -> str:
    """Return only the letters and digits of a text, so that typography makes no difference."""
    return _NOT_LETTERS.sub("", fold(text))
