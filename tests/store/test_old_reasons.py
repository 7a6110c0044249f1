"""What an older version kept as a sentence is told in the reader's language."""

import sqlite3
from pathlib import Path

import pytest

from reader.errors import Reason, reason
from reader.store import Store

from .builders import NOON, linked, listing


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("the site answered 404 (Not Found)", reason("http_status", status=404)),
        ("the page did not come within 30 seconds", reason("too_slow", seconds=30)),
        ("the site refuses the connection", reason("connection_refused")),
        ("iets anders", reason("text", text="iets anders")),
        ('{"code": 3}', reason("text", text='{"code": 3}')),
    ],
)
def test_a_sentence_of_an_older_version_is_known_by_its_code(
    cache: Store, path: Path, sentence: str, why: Reason
) -> None:
    cache.pages.add(listing(linked("Krab")))
    (headline,) = cache.headlines.load(cache.headlines.ids())
    assert headline.teaser.url is not None
    cache.pages.mark_failed(headline.teaser.url, reason("robots"), NOON)
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE pages SET failure = ? WHERE failure IS NOT NULL", (sentence,))
    connection.close()
    (headline,) = cache.headlines.load([headline.id])
    assert headline.failure == why
