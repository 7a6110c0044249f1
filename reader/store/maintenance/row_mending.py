"""Recovers the usable values of a row that may be damaged."""

from collections.abc import Callable, Mapping
from typing import Any

from reader.model import DEFAULT_SOURCE, Teaser
from reader.store.article_conversion import article_of
from reader.store.conversion import MISFITS, moment_of, teaser_of
from reader.store.fingerprint import fingerprint_of
from reader.store.maintenance.saved_tables import Table

Values = dict[str, Any]

# Replacements for unreadable values of a headline; columns that are missing here may be empty.
_ITEM = {"summary": "", "words": "", "updated": 0, "read": 0, "saved": 0, "sample": 0, "cached": 0,
         "source": DEFAULT_SOURCE}  # fmt: skip
_MOMENTS = ("earliest", "latest", "seen", "updated")
_FLAGS = ("read", "saved", "sample", "cached")


def mended(table: Table, values: Values) -> Values | None:
    """Return the values of a row by column, without invalid ones; None if too little is left."""
    fitting = {column: value for column, value in values.items() if table.takes(column, value)}
    mend = _MENDERS.get(table.name)
    if mend is None:
        return values if len(fitting) == len(values) else None
    return mend(values, fitting)


def _mended_item(values: Values, fitting: Values) -> Values:
    kept = {column: fitting.get(column, _ITEM.get(column)) for column in values}
    for column in _MOMENTS:
        if column in kept and not _is_moment(kept[column]):
            kept[column] = _ITEM.get(column)
    if kept.get("earliest") is None or kept.get("latest") is None:
        kept["earliest"] = kept["latest"] = None
    for column in _FLAGS:
        if column in kept and kept[column] not in {0, 1}:
            kept[column] = 0
    if kept.get("seen") is None:
        kept["seen"] = kept.get("updated", 0)
    try:
        teaser_of((None, None, None, kept.get("dateline"), ""))
    except MISFITS:
        kept["dateline"] = None
    return kept


def _mended_article(values: Values, fitting: Values) -> Values | None:
    kept = {column: fitting.get(column) for column in values}
    if kept.get("parser") is None and "parser" in kept:
        kept["parser"] = 1
    for details in (kept.get("details"), None):
        row = kept["fetched"], kept["blocks"], details, kept.get("parser", 1)
        try:
            article = article_of(Teaser(None, None), row)
        except MISFITS:
            continue
        if "details" in kept:
            kept["details"] = details
        digest = kept.get("digest")
        if digest is not None and digest != fingerprint_of(kept.get("own_title"), article.blocks):
            kept["digest"] = None
        return kept if article.blocks else None
    return None


def _is_moment(seconds: int | None) -> bool:
    try:
        return seconds is None or bool(moment_of(seconds))
    except OverflowError:
        return False


_MENDERS: Mapping[str, Callable[[Values, Values], Values | None]] = {
    "items": _mended_item,
    "articles": _mended_article,
}
