"""`znreader parse`: the parser's result for a page or a feed."""

import argparse
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from reader.cli.moment import now
from reader.cli.news_output import print_json
from reader.cli.online import fetch_online
from reader.cli.page_output import print_article, print_explanation, print_feed, print_listing
from reader.cli.printer import Printer
from reader.cli.standard_input import read_standard_input
from reader.config import Settings
from reader.errors import FetchError, PageError
from reader.intake import read_file
from reader.jsonform import Json, feed_json, page_json
from reader.model import Article, Feed, Listing
from reader.parse import MAX_PAGE_BYTES, explain_page
from reader.parse.feed.html_text import text_of_html
from reader.parse.page_or_feed import parse_document
from reader.text.url import WEB


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print the contents of a page, or with `--explain` how it was read.

    Return 0, or 1 if the explained page is refused. Raises FetchError or PageError if it cannot be
    fetched or read.
    """
    given = _input_of(chosen, settings)
    if chosen.explain:
        return _explain(given, chosen, settings)
    page = _page_of(given, chosen.page, settings)
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


def _explain(given: "_Input", chosen: argparse.Namespace, settings: Settings) -> int:
    """Print how the parser classified each piece of a page; return 1 if it refuses the page."""
    explanation = explain_page(
        given.data, given.at, given.url, settings.site, settings.selectors, charset=given.charset
    )
    print_explanation(explanation, as_json=chosen.json)
    return 0 if explanation.refusal is None else 1


class _Input(Struct, frozen=True):
    """A page to be parsed: its bytes, the time and address of the fetch, and its charset."""

    data: bytes
    at: datetime
    url: str | None
    charset: str | None = None


def _input_of(chosen: argparse.Namespace, settings: Settings) -> _Input:
    """Return the page from a file, standard input or an address.

    Raises FetchError, naming the address, and UnreadablePage.
    """
    if chosen.page.startswith(WEB):
        try:
            found = fetch_online(settings, chosen.page)
        except FetchError as error:
            raise FetchError.of(error.reason.at(chosen.page)) from error
        url = chosen.url or found.url
        return _Input(found.data, chosen.at or found.at, url, found.charset)
    if chosen.page == "-":
        data, at = read_standard_input(MAX_PAGE_BYTES), now()
    else:
        data, at = read_file(Path(chosen.page))
    return _Input(data, chosen.at or at, chosen.url)


def _page_of(given: _Input, name: str, settings: Settings) -> Article | Listing | Feed:
    """Return the parsed page called `name`.

    Raises PageError, naming it, or FetchError if it came from the network.
    """
    try:
        return parse_document(
            given.data,
            given.at,
            given.url,
            settings.site,
            settings.selectors,
            charset=given.charset,
        )
    except PageError as error:
        named = error.at(name)
        raise (FetchError.of(named.reason) if name.startswith(WEB) else named) from error
