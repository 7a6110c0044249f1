"""What each command does; heavy parts are imported by the command that needs them."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from reader.cli.output import print_article, print_headlines, print_listing
from reader.config import Settings, load_settings
from reader.errors import FetchError, PageError, ReaderError, UnreadablePage
from reader.jsonform import Json, article_json, headline_json, page_json
from reader.library import Library
from reader.model import Article, Listing, Selection
from reader.text.clean import clean_line

_WEB = ("http://", "https://")


def run(chosen: argparse.Namespace) -> int:
    """Run the chosen command, or the reader where none is; return the exit status."""
    settings = load_settings(
        getattr(chosen, "config", None),
        getattr(chosen, "site", None),
        offline=getattr(chosen, "offline", False),
    )
    commands: dict[str | None, Callable[[argparse.Namespace, Settings], int]] = {
        None: _read,
        "list": _list,
        "show": _show,
        "parse": _parse,
        "import": _import,
        "doctor": _doctor,
    }
    return commands[chosen.command](chosen, settings)


def now() -> datetime:
    """Return the present moment in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def _read(_: argparse.Namespace, settings: Settings) -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise ReaderError("the reader needs a terminal; in a pipe use `znreader list`")
    from reader.ui.app import ReaderApp  # noqa: PLC0415
    from reader.worker import import_sample  # noqa: PLC0415

    with Library(settings.cache_path) as library:
        empty = not library.ids(limit=1)
        app = ReaderApp(library, settings, now, import_sample if empty else None)
        app.run()
        return app.return_code or 0


def _list(chosen: argparse.Namespace, settings: Settings) -> int:
    selection = Selection(chosen.section, chosen.unread, chosen.saved)
    with Library(settings.cache_path) as library:
        headlines = library.headlines(library.ids(selection, chosen.limit))
    if chosen.json:
        _print_json({"teasers": [headline_json(headline) for headline in headlines]})
    else:
        print_headlines(headlines, now(), settings.language)
    return 0


def _show(chosen: argparse.Namespace, settings: Settings) -> int:
    with Library(settings.cache_path) as library:
        headline_id = library.find(chosen.url)
        if headline_id is None or library.article(headline_id) is None:
            page = _fetched(chosen.url, settings)
            if isinstance(page, Listing):
                raise PageError(f"{chosen.url}: it is a list of headlines, not an article")
            library.add(page)
            headline_id = library.find(chosen.url)
        article = library.article(headline_id) if headline_id is not None else None
        if headline_id is None or article is None:
            raise PageError(f"{chosen.url}: the article was not kept")
        if chosen.json:
            own = headline_json(library.headlines([headline_id])[0])
            marks = {key: own[key] for key in ("read", "saved", "cached")}
            _print_json(article_json(article, library.related(headline_id)) | marks)
        else:
            print_article(article, now(), settings.language)
    return 0


def _parse(chosen: argparse.Namespace, settings: Settings) -> int:
    page = _page_of(chosen, settings)
    if chosen.json:
        _print_json(page_json(page))
    elif isinstance(page, Article):
        print_article(page, now(), settings.language)
    else:
        print_listing(page, now(), settings.language)
    return 0


def _page_of(chosen: argparse.Namespace, settings: Settings) -> Article | Listing:
    from reader.intake import parse_file  # noqa: PLC0415
    from reader.parse import MAX_PAGE_BYTES, parse_page  # noqa: PLC0415

    if chosen.page.startswith(_WEB):
        return _fetched(chosen.page, settings, chosen.url, chosen.at)
    if chosen.page != "-":
        return parse_file(Path(chosen.page), chosen.at, chosen.url, settings.site)
    data = sys.stdin.buffer.read(MAX_PAGE_BYTES + 1)
    if len(data) > MAX_PAGE_BYTES:
        raise UnreadablePage("standard input is larger than a page may be (5 MB)")
    try:
        return parse_page(data, chosen.at or now(), chosen.url, settings.site)
    except PageError as error:
        raise type(error)(f"standard input: {error}") from error


def _fetched(
    url: str, settings: Settings, own_url: str | None = None, at: datetime | None = None
) -> Article | Listing:
    """Return what the page at `url` holds, from the network where that is allowed."""
    if settings.offline:
        raise FetchError(f"{url}: it is not in the cache, and --offline allows no network")
    if not url.startswith(_WEB):
        raise FetchError(f"{url}: it is not in the cache, and is no http or https address")
    from reader.fetch import fetch_page  # noqa: PLC0415
    from reader.parse import parse_page  # noqa: PLC0415

    fetched = fetch_page(url, at or now())
    try:
        return parse_page(fetched.data, fetched.at, own_url or fetched.url, settings.site)
    except PageError as error:
        raise type(error)(f"{url}: {error}") from error


def _import(chosen: argparse.Namespace, settings: Settings) -> int:
    from reader.intake import import_files, import_sample  # noqa: PLC0415

    with Library(settings.cache_path) as library:
        if chosen.sample:
            count = import_sample(library, chosen.at or now())
            print(f"{count} pages of the bundled edition")
            return 0
        failed = 0
        for imported in import_files(library, chosen.paths, chosen.at):
            if imported.error is not None:
                failed += 1
                print(f"znreader: {clean_line(str(imported.error))}", file=sys.stderr)
            elif imported.added is not None and imported.page is not None:
                outcome = imported.added.article or "listing"
                fresh = imported.added.headlines
                print(clean_line(f"{imported.path}: {outcome}, {fresh} new headlines"))
    return 1 if failed else 0


def _doctor(_: argparse.Namespace, settings: Settings) -> int:
    from reader.cli.doctor import examine  # noqa: PLC0415

    return examine(settings, now())


def _print_json(document: Json) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=2))
