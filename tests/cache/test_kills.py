"""A kill at any moment: a page's validators are never there without the page."""

import random
import subprocess
import sys
import time
from pathlib import Path

from reader.cache import Cache

from .builders import later, link, rows_of

_ROOT = Path(__file__).parents[2]
_KILLS = 20
# Stores copy after copy of a few articles and a listing, each with its bytes and validators.
_SYNC = """
import sys
from pathlib import Path
from reader.cache import Cache
from reader.model import PageSource
from tests.cache.builders import SITE, article, later, linked, listing, source
begin = int(sys.argv[2])
with Cache(Path(sys.argv[1])) as cache:
    print("open", flush=True)
    for copy in range(begin, begin + 1_000_000):
        title, text, at = f"A {copy % 40}", f"Kopie {copy} " * 300, later(copy)
        related = (linked(f"B {copy}"),)
        page = article(linked(title), text, related=related, fetched=at)
        cache.add(page, source=source(title, f"v{copy}", text.encode()))
        cache.mark_failed(f"{SITE}b-{copy}", "weg", at)
        cache.add(listing(linked(f"C {copy}"), fetched=at), source=PageSource(SITE, f"v{copy}"))
"""
_TEXTLESS = """
SELECT count(*) FROM pages WHERE article = 1 AND NOT EXISTS (
    SELECT 1 FROM names JOIN articles ON articles.item = names.item
    WHERE names.kind = 'address' AND names.name = pages.address
      AND articles.fetched = pages.fetched
      AND instr(body_of(articles.blocks, ''), 'Kopie ' || substr(pages.etag, 2) || ' '))
"""
_LISTLESS = """
SELECT count(*) FROM pages WHERE article = 0 AND etag IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM items WHERE title = 'C ' || substr(etag, 2))
"""


def test_no_validator_is_ever_there_without_its_page(path: Path) -> None:
    begin = 0
    for _ in range(_KILLS):
        command = [sys.executable, "-c", _SYNC, str(path), str(begin)]
        with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(random.uniform(0, 0.2))  # noqa: S311
            assert child.poll() is None
            child.kill()
        assert rows_of(path, "PRAGMA integrity_check") == [("ok",)]
        assert rows_of(path, "PRAGMA foreign_key_check") == []
        assert rows_of(path, _TEXTLESS) == rows_of(path, _LISTLESS) == [(0,)]
        begin += 1000
    with Cache(path) as cache:
        assert cache.asked(link("A 0"))
        for told, at in cache.raw_pages():
            number = int(str(told.etag)[1:])
            assert (told.data or b"").startswith(b"Kopie %d " % number)
            assert at == later(number)
