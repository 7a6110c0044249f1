"""`znreader show`: one article."""

import argparse

from msgspec.structs import replace

from reader.cli.headline_names import headline_named
from reader.cli.moment import now
from reader.cli.news_output import print_json
from reader.cli.online import fetch_into
from reader.cli.page_output import print_article
from reader.cli.printer import Printer
from reader.config import Settings
from reader.errors import PageError, ReaderError
from reader.jsonform import article_json, headline_json, revision_json
from reader.library import AdminLibrary
from reader.model import DEFAULT_SOURCE
from reader.store import Store
from reader.text.rendering import as_text
from reader.text.sanitize import clean_line


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print one article, fetching it if the cache lacks it; return 0.

    Raises FetchError, PageError or ReaderError if there is no such article or revision.
    """
    with Store(settings.cache_path) as library:
        headline_id = headline_named(library, chosen.url)
        if headline_id is None or library.articles.load(headline_id) is None:
            fetch_into(library, settings, chosen.url)
            headline_id = library.headlines.find(chosen.url)
        article = library.articles.load(headline_id) if headline_id is not None else None
        if headline_id is None or article is None:
            raise PageError("list_not_article", url=chosen.url)
        if chosen.revisions:
            _print_revisions(library, headline_id, Printer.of(settings), as_json=chosen.json)
            return 0
        if chosen.revision:
            older = library.articles.revision(headline_id, chosen.revision)
            if older is None:
                raise ReaderError("no_revision", number=chosen.revision, url=chosen.url)
            article = replace(older, related=article.related)
        headline = library.headlines.load([headline_id])[0]
        feed = headline.source if headline.source != DEFAULT_SOURCE else ""
        if chosen.json:
            own = headline_json(headline)
            marks = {key: own[key] for key in ("id", "story", "source", "read", "saved", "cached")}
            print_json(article_json(article, library.articles.related(headline_id)) | marks)
        elif chosen.markdown:
            print(as_text(article, "markdown", settings.language, feed), end="")
        else:
            print_article(article, now(), Printer.of(settings), feed)
    return 0


def _print_revisions(
    library: AdminLibrary, headline_id: int, printer: Printer, *, as_json: bool
) -> None:
    """Print the older texts of an article, the newest first, one per line."""
    found = library.articles.revisions(headline_id)
    if as_json:
        print_json({"revisions": [revision_json(each) for each in found]})
        return
    if not found:
        printer.say("no_revisions")
    for each in found:
        print(clean_line(f"{each.number}  {each.fetched:%Y-%m-%d %H:%M} UTC  {each.title or ''}"))
