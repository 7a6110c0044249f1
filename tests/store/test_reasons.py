"""Why a page could not be had is kept as code and arguments, also what was a sentence before."""

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from reader.errors import Reason, reason
from reader.model import SyncState
from reader.store import Store

from .builders import NOON, SITE, later, linked, listing

_FIXTURES = Path(__file__).parent / "fixtures"
_SENTENCES = [
    ("the site answered 404 (Not Found)", reason("http_status", status=404)),
    ("the site answered 503", reason("http_status", status=503)),
    ("the site answered with an empty page", reason("empty_answer")),
    ("the page did not come within 30 seconds", reason("too_slow", seconds=30)),
    ("the site refuses the connection", reason("connection_refused")),
    ("the site's name is not known here (is there a network?)", reason("site_unknown")),
    ("iets anders", reason("text", text="iets anders")),
    ('{"code": "robots", "arguments": {}}', reason("robots")),
]


@pytest.mark.parametrize(("sentence", "why"), _SENTENCES)
def test_a_sentence_of_an_older_version_becomes_its_code(
    path: Path, sentence: str, why: Reason
) -> None:
    path.parent.mkdir()
    path.write_bytes(gzip.decompress((_FIXTURES / "v5.sqlite3.gz").read_bytes()))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "INSERT OR REPLACE INTO state (id, reached, failed, reason, drifted)"
            " VALUES (1, 7, 9, ?, 0)",
            (sentence,),
        )
        connection.execute("UPDATE pages SET failure = ? WHERE failure IS NOT NULL", (sentence,))
        assert connection.execute("SELECT changes()").fetchone() == (1,)
        connection.commit()
    with Store(path) as cache:
        number = cache.headlines.find(SITE + "boot-vaart")
        assert number is not None
        assert cache.headlines.load([number])[0].failure == why
        assert cache.sources.sync_state().reason == why


def test_what_is_no_reason_is_shown_as_it_stands(cache: Store, path: Path) -> None:
    cache.pages.add(listing(linked("Krab")))
    cache.pages.mark_failed(SITE + "krab", reason("robots"), NOON)
    cache.sources.note_sync(SyncState(NOON, later(1), reason("robots"), drifted=False))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE pages SET failure = '{\"code\": 3}'")
        connection.execute("UPDATE state SET reason = 'kapot'")
        connection.commit()
    assert cache.headlines.load(cache.headlines.ids())[0].failure == reason(
        "text", text='{"code": 3}'
    )
    assert cache.sources.sync_state().reason == reason("text", text="kapot")
