"""`znreader parse`: what the parser makes of a page or a feed."""

import argparse
import sys
from pathlib import Path

from reader.cli.moment import now
from reader.cli.output import (
    print_article,
    print_explanation,
    print_feed,
    print_json,
    print_listing,
)
from reader.cli.printer import Printer
from reader.config import Settings
from reader.errors import FetchError, PageError, UnreadablePage
from reader.intake import read_file
from reader.jsonform import Json, feed_json, page_json
from reader.model import Article, Feed, Listing
from reader.parse import MAX_PAGE_BYTES, explain_page
from reader.parse.feed.plain import text_of_html
from reader.parse.page_or_feed import parse_document
from reader.text.url import WEB


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print what a page holds, or with `--explain` how it was read."""
    if chosen.explain:
        return _explain(chosen, settings)
    page = _page_of(chosen, settings)
    if chosen.json:
        print_json(_json_of(page))
    elif isinstance(page, Feed):
        print_feed(page, now(), Printer.of(settings))
    elif isinstance(page, Article):
        print_article(page, now(), Printer.of(settings))
    else:
        print_listing(page, now(), Printer.of(settings))
    return 0


def _json_of(page: Article | Listing | Feed) -> Json:
    return feed_json(page, text_of_html) if isinstance(page, Feed) else page_json(page)


def _explain(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print what the parser took each piece of a page for; 1 where it refuses the page."""
    charset = None
    if chosen.page.startswith(WEB):
        # Slow to import, and for addresses alone.
        from reader.cli.online import fetch_online  # noqa: PLC0415

        found = fetch_online(settings, chosen.page)
        data, at, url, charset = found.data, found.at, chosen.url or found.url, found.charset
    elif chosen.page == "-":
        data, at, url = _standard_input(), now(), chosen.url
    else:
        (data, at), url = read_file(Path(chosen.page)), chosen.url
    explanation = explain_page(
        data, chosen.at or at, url, settings.site, settings.selectors, charset=charset
    )
    print_explanation(explanation, as_json=chosen.json)
    return 0 if explanation.refusal is None else 1


def _page_of(chosen: argparse.Namespace, settings: Settings) -> Article | Listing | Feed:
    """Return what a file, standard input or an address holds; errors name it."""
    if chosen.page.startswith(WEB):
        return _page_online(chosen, settings)
    if chosen.page == "-":
        data, at = _standard_input(), now()
    else:
        data, at = read_file(Path(chosen.page))
    try:
        return parse_document(data, chosen.at or at, chosen.url, settings.site, settings.selectors)
    except PageError as error:
        raise error.at(chosen.page) from error


def _page_online(chosen: argparse.Namespace, settings: Settings) -> Article | Listing | Feed:
    """Return what the page at an address holds.

    Raises FetchError, naming the page, also where it came but could not be read.
    """
    # Slow to import, and for addresses alone.
    from reader.cli.online import fetch_online  # noqa: PLC0415

    try:
        found = fetch_online(settings, chosen.page)
        return parse_document(
            found.data,
            chosen.at or found.at,
            chosen.url or found.url,
            settings.site,
            settings.selectors,
            charset=found.charset,
        )
    except (FetchError, PageError) as error:
        raise FetchError.of(error.reason.at(chosen.page)) from error


def _standard_input() -> bytes:
    """Return a page from standard input; raises UnreadablePage for none and one too large."""
    if sys.stdin is None:
        raise UnreadablePage("input_closed")
    data = sys.stdin.buffer.read(MAX_PAGE_BYTES + 1)
    if len(data) > MAX_PAGE_BYTES:
        raise UnreadablePage("input_too_large", most=MAX_PAGE_BYTES // 1_000_000)
    return data
