"""Search as you type: in the library alone, and in the real program, letter by letter."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from reader.library import Searcher
from reader.store import Store
from tests.bench.archive import Archive
from tests.bench.picture import Lines, Picture, last_change
from tests.bench.queries import Typed, typed_queries
from tests.bench.sections import key_of
from tests.bench.table import Missing, Row, latency, missing, p50_p95, progress
from tests.bench.terminal import Screen, reader

_LIMIT = 100
_LETTER_SECONDS = 0.06
_QUIET = 0.2
_PATIENCE, _FAILURES = 5.0, 5
# Nothing begins like this, so where it first appears is where one types.
_PROBE, _CLEAR = "zqxj", "\x15"
_SLOW = ("e", "de", "gemeente bewoners", "n", "het de een")
_SHOWN = 12


def measure(large: Archive, folder: Path) -> Iterator[Row]:
    """Yield the rows of searching."""
    home = large.copy_to(folder / "search")
    what = f"search in {large.count:,}"
    with Store(home / "cache.sqlite3") as library:
        queries = typed_queries(library)
        with library.search.open_searcher() as searcher:
            yield from _library_rows(searcher, queries, what)
            expected = [_first(searcher, each.text) for each in queries]
    yield from _screen_rows(home, queries, expected, what)


def _first(searcher: Searcher, query: str) -> str:
    """Return the name in the title of the best hit, "" if there is none."""
    found = searcher.search(query, datetime.now(UTC), _LIMIT)
    return str(found.hits[0].headline.teaser.title).split()[1] if found and found.hits else ""


def _library_rows(searcher: Searcher, queries: list[Typed], what: str) -> Iterator[Row]:
    progress("search in the library")
    seconds = []
    for each in queries:
        began = time.perf_counter()
        searcher.search(each.text, datetime.now(UTC), _LIMIT)
        seconds.append(time.perf_counter() - began)
    yield latency(f"{what}, library alone, {_LIMIT} hits with snippets", seconds, 100)
    ends = [second for query in _SLOW * 4 for second in _interrupted(searcher, query)]
    yield latency("an overtaken query ends after its interruption", ends, 30)


def _interrupted(searcher: Searcher, query: str) -> list[float]:
    """Return how long a query went on once it was interrupted; nothing where it had ended."""
    ended: list[float] = []

    def run() -> None:
        searcher.search(query, datetime.now(UTC), _LIMIT)
        ended.append(time.perf_counter())

    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(0.003)
    since, runs = time.perf_counter(), not ended
    searcher.interrupt()
    thread.join()
    return [ended[0] - since] if runs else []


def _screen_rows(home: Path, queries: list[Typed], expected: list[str], what: str) -> Iterator[Row]:
    screen = reader(home, "--offline")
    hits: dict[str, list[float]] = {}
    echoes: list[float] = []
    failed: list[str] = []
    try:
        picture = Picture(screen)
        screen.seconds_until("▌", screen.started)
        screen.settle(1)
        bar = _open_bar(screen, picture)
        for number, (each, first) in enumerate(zip(queries, expected, strict=True)):
            if number % 20 == 0:
                progress(f"typed queries, {number} of {len(queries)}")
            try:
                seconds, echoed = _typed(screen, picture, bar, each.text, first)
            except Missing:
                failed.append(each.text)
                if len(failed) == _FAILURES:
                    raise
            else:
                hits.setdefault(each.kind, []).append(seconds)
                echoes += echoed
            _clear(screen, picture)
    except Missing as error:
        yield missing(f"{what}, typed into the reader", f"{error}; failed: {failed}")
        return
    finally:
        screen.kill()
    yield latency(f"{what}, last letter to its hits on the screen",
                  [second for kind in hits.values() for second in kind], 100)  # fmt: skip
    kinds = ", ".join(f"{kind} {p50_p95(seconds)[1]:.0f}" for kind, seconds in hits.items())
    yield Row("of that, p95 by kind", f"{kinds} ms")
    yield Row("queries whose best hit stood on the screen",
              f"{len(queries) - len(failed)} of {len(queries)}", "all", not failed)  # fmt: skip
    yield latency("a letter to its echo while queries run", echoes, _LETTER_SECONDS * 1000)


def _open_bar(screen: Screen, picture: Picture) -> int:
    """Open the search and return the line of the screen that one types in."""
    screen.type(key_of("reading.search"))
    screen.settle(_QUIET)
    picture.catch_up()
    screen.type(_PROBE)
    for _, lines in picture.watch(_QUIET, lambda lines: _PROBE in "".join(lines), _PATIENCE):
        rows = [row for row, text in enumerate(lines) if _PROBE in text]
        if rows:
            _clear(screen, picture)
            return rows[-1]
    raise Missing("the search bar never showed what was typed")


def _typed(
    screen: Screen, picture: Picture, bar: int, query: str, first: str
) -> tuple[float, list[float]]:
    """Type a query; return the seconds from its last letter to its hits, and those of the echoes.

    What is right holds the end of the query where one types, and its best hit.
    """

    def shows(lines: Lines, typed: str) -> bool:
        return typed.strip()[-_SHOWN:] in lines[bar]

    before, pressed = picture.lines, []
    for letter in query:
        pressed.append(screen.type(letter))
        if len(pressed) < len(query):
            screen.pause(_LETTER_SECONDS)
    frames = picture.watch(
        _QUIET, lambda lines: shows(lines, query) and first in "".join(lines), _PATIENCE
    )
    changed = last_change(before, frames)
    if changed is None:
        raise Missing("the screen did not change")
    echoed = []
    for end, since in enumerate(pressed, 1):
        seen = (at for at, lines in frames if at > since and shows(lines, query[:end]))
        echoed.append(next(seen, frames[-1][0]) - since)
    return changed - pressed[-1], echoed


def _clear(screen: Screen, picture: Picture) -> None:
    screen.type(_CLEAR)
    screen.settle(_QUIET)
    picture.catch_up()
