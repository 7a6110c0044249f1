"""Whether the text that an address gives now may take the place of the one that is stored; pure."""

import re
from collections.abc import Collection

from reader.errors import Reason, reason
from reader.model import Article
from reader.text.likeness import alike_texts, alike_titles
from reader.text.slug import fold, slug_of_url, slugify

# A page that so many addresses show is none of theirs.
TOO_MANY = 3
# A text that kept less than this share of the old one has lost most of it.
_MOST = 0.5
# A stub is the beginning of a text that was longer by this, or says so little (characters).
_STUB_SHARE = 0.6
_STUB = 600
_STUB_LOSS = 0.35
# Of a text of fewer letters nothing much can be lost.
_NO_LOSS = 200
# Sentences shorter than this (characters) are found in any two articles.
_MIN_SENTENCE = 30
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)]*\s+|\n+")
_NOT_LETTERS = re.compile(r"[\W_]+")
_LEAD = 60


def refusal(old: Article, new: Article) -> Reason | None:
    """Return why `new`, from the address of `old`, may not replace it; None where it may.

    It may where it surely is the same article, by its headline, its lead or its sentences, and is
    not worse: a text that lost most of its words with its dateline and its related items, and one
    that is but the beginning of the other, are worse.
    """
    if not _is_same_article(old, new):
        return reason("other_article", title=new.teaser.title or "")
    if _is_stub(old, new):
        return reason("became_stub")
    if _lost_most(old, new):
        return reason("text_lost")
    return None


def takes_back(old: Article, new: Article, slugs: Collection[str]) -> bool:
    """Tell whether `new` is the article of an item that `old` surely never was.

    `slugs` are what the item is known by otherwise than from `old`: its address and its headlines.
    """
    if _is_same_article(old, new):
        return False
    return _is_named(new, slugs) and not _is_named(old, slugs)


def would_cost(old: Article, new: Article) -> bool:
    """Tell whether `new` in the place of `old` would cost a text of some length."""
    return len(_plain(" ".join(_texts(old)))) >= _NO_LOSS and refusal(old, new) is not None


def is_named_by_title(url: str | None, title: str | None) -> bool:
    """Tell whether an address was made of the title, so that the article is surely at it."""
    if not url or not title:
        return False
    return alike_titles(slug_of_url(url).replace("-", " "), title)


def tells_more_than(new: Article, old: Article) -> bool:
    """Tell whether two texts differ in more than white space and typography.

    Of texts that two versions of the parser made only title and sentences count: what one of them
    has in more than the other is not a change of the article.
    """
    title, before = _plain(new.teaser.title or ""), _plain(old.teaser.title or "")
    if title and before and title != before:
        return True
    if new.parser != old.parser:
        mine, theirs = _sentences(new), _sentences(old)
        return not (mine <= theirs or theirs <= mine)
    return [_plain(text) for text in _texts(new)] != [_plain(text) for text in _texts(old)]


def _is_same_article(old: Article, new: Article) -> bool:
    """Tell whether `new`, from the address of `old`, is of the same article.

    The address speaks for it, so a like headline, lead or half of the sentences is enough. To make
    two items one, `addresses` asks for a like text: what every day has one headline is not one.
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
    """Return the bare letters and digits of a text, in which typography makes no difference."""
    return _NOT_LETTERS.sub("", fold(text))
