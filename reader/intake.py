"""Saved pages and the sample edition: from files, through the parser, into the cache."""

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from itertools import chain, islice, takewhile
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from reader.config import Settings
from reader.errors import PageError, Reason, UnreadablePage, os_reason, reason
from reader.library import SyncLibrary
from reader.model import Article, Listing, PageOrigin
from reader.parallel import parallel_map
from reader.parse import MAX_PAGE_BYTES, parse_page
from reader.parse.quality import require_news
from reader.resources import SAMPLE_PAGES
from reader.sources.registry import sources_of
from reader.store.ingest.page_import import Added
from reader.text.url import address

# The file name endings of the pages in a folder.
_PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".txt")
# How many files, and bytes, are parsed and stored at a time; this also limits the memory used.
_BUNDLE = 64
_BUNDLE_BYTES = 2 * MAX_PAGE_BYTES
# The latest time at which a file counts as written, the end of the year 2099 (Unix seconds).
_LATEST = 4_102_444_799


class Imported(Struct, frozen=True):
    """The result of importing one file: what it added to the cache, or why it could not be used."""

    path: Path
    page: Article | Listing | None = None
    added: Added | None = None
    error: PageError | None = None


def import_files(
    library: SyncLibrary, paths: Sequence[Path], settings: Settings, at: datetime | None = None
) -> Iterator[Imported]:
    """Store saved pages, as fetched at `at` or when each file was written; yield each outcome.

    A folder stands for the pages in it, sorted by name. A page is stored whole or not at all, and
    is in the cache before its outcome is yielded; later pages may be too. Raises CacheError if the
    cache cannot be written.
    """
    bundles = _bundles(chain.from_iterable(map(_pages_at, paths)))
    for parsed in parallel_map(partial(_parse_all, at=at, settings=settings), bundles):
        added = iter(library.pages.add_all([each.page for each in parsed if each.page]))
        for each in parsed:
            yield _outcome(each, next(added)) if each.page else each


def _outcome(imported: Imported, added: Added) -> Imported:
    """Return the result for a file whose page was stored or refused."""
    if added.refused is None:
        return replace(imported, added=added)
    return Imported(imported.path, error=PageError.of(added.refused.at(imported.path)))


def _bundles(paths: Iterable[Path]) -> Iterator[list[Path]]:
    """Yield the files in groups that are parsed and stored together."""
    bundle: list[Path] = []
    size = 0
    for path in paths:
        bundle.append(path)
        with suppress(OSError, ValueError):
            size += path.stat().st_size
        if len(bundle) >= _BUNDLE or size >= _BUNDLE_BYTES:
            yield bundle
            bundle, size = [], 0
    if bundle:
        yield bundle


def _parse_all(paths: Iterable[Path], at: datetime | None, settings: Settings) -> list[Imported]:
    """Return the contents of the files, or why they could not be used; nothing is stored yet."""
    parsed = []
    for path in paths:
        try:
            page = parse_file(path, at, settings=settings)
            _refuse_in_place_of_front(page, path, settings)
            parsed.append(Imported(path, page))
        except PageError as error:
            parsed.append(Imported(path, error=error))
    return parsed


def _refuse_in_place_of_front(page: Article | Listing, path: Path, settings: Settings) -> None:
    """Raise PageError, naming the file, if an article is at the address of a front page."""
    fronts = {front for each in sources_of(settings) for front in (each.home, *each.first_pages())}
    url = page.teaser.url if isinstance(page, Article) else None
    if url and address(url) in map(address, fronts):
        raise PageError("listing_became_article").at(path)


def _pages_at(path: Path) -> Sequence[Path]:
    """Return the pages directly in a folder; return a file or an empty folder as it is."""
    try:
        with os.scandir(path) as entries:
            names = (entry.name for entry in entries if entry.name.endswith(_PAGE_ENDINGS))
            return [path / name for name in sorted(names)] or [path]
    except (OSError, ValueError):
        return [path]


def import_sample(library: SyncLibrary, at: datetime) -> int:
    """Store the sample edition as if fetched at `at`; return how many pages it has."""
    paths = sorted(SAMPLE_PAGES.glob("*.html"))
    library.pages.add_sample([parse_file(path, at) for path in paths])
    return len(paths)


class Reparsed(Struct, frozen=True):
    """How many kept pages were read, how many changed something, and how many are unreadable."""

    read: int = 0
    changed: int = 0
    unreadable: int = 0


def reparse(library: SyncLibrary, settings: Settings, since: datetime | None = None) -> Reparsed:
    """Parse the fetched bytes of kept pages again, store the results, and return their counts.

    All are read, or only those fetched at or after `since`. A page that can no longer be read
    leaves the cache unchanged.
    """
    counts = Reparsed()
    # The newest come first.
    kept = takewhile(lambda each: since is None or each[1] >= since, library.pages.raw_pages())
    while bundle := [_reparsed(*each, settings) for each in islice(kept, _BUNDLE)]:
        pages = [page for page in bundle if page]
        changed = [added.article for added in library.pages.add_all(pages)].count("updated")
        counts = Reparsed(
            counts.read + len(pages),
            counts.changed + changed,
            counts.unreadable + len(bundle) - len(pages),
        )
    return counts


def refused_pages(library: SyncLibrary, settings: Settings) -> Iterator[tuple[str, Reason]]:
    """Yield the addresses of kept pages that the parser would refuse today, and why."""
    for origin, fetched in library.pages.raw_pages():
        try:
            require_news(_parsed_again(origin, fetched, settings))
        except PageError as error:
            yield origin.url, error.reason


def _parsed_again(origin: PageOrigin, fetched: datetime, settings: Settings) -> Article | Listing:
    return parse_page(origin.data or b"", fetched, origin.url, settings.site, settings.selectors)


def _reparsed(
    origin: PageOrigin, fetched: datetime, settings: Settings
) -> Article | Listing | None:
    """Return the result of parsing a kept page again, or None if it is of no use."""
    try:
        page = _parsed_again(origin, fetched, settings)
        require_news(page)
    except PageError:
        return None
    return page


def parse_file(
    path: Path,
    at: datetime | None = None,
    url: str | None = None,
    settings: Settings | None = None,
) -> Article | Listing:
    """Return the contents of a saved page, as fetched at `at` or when the file was written.

    Raises PageError, naming the file, if it cannot be read or is not news.
    """
    data, written = read_file(path)
    try:
        if settings is None:
            return parse_page(data, at or written, url)
        return parse_page(data, at or written, url, settings.site, settings.selectors)
    except PageError as error:
        raise error.at(path) from error


def read_file(path: Path) -> tuple[bytes, datetime]:
    """Return a file's bytes and when it was written (UTC); raises UnreadablePage, naming it."""
    try:
        state = path.stat()
        if stat.S_ISDIR(state.st_mode):
            raise UnreadablePage("page_is_folder", place=path, endings=_PAGE_ENDINGS)
        if not stat.S_ISREG(state.st_mode):
            raise UnreadablePage("not_regular_file", place=path)
        if state.st_size > MAX_PAGE_BYTES:
            size, most = state.st_size / 1e6, MAX_PAGE_BYTES // 1_000_000
            raise UnreadablePage("file_too_large", place=path, size=size, most=most)
        written = min(max(state.st_mtime, 0), _LATEST)
        return path.read_bytes(), datetime.fromtimestamp(written, UTC)
    except (OSError, ValueError) as error:
        cause = os_reason(error) if isinstance(error, OSError) else reason("text", text=error)
        raise UnreadablePage("file_unreadable", place=path, cause=cause) from error
