"""`znreader list`: headlines of the cache."""

import argparse
from collections.abc import Sequence

from msgspec.structs import replace

from reader.cli.doubts import complain_of, selection_doubts
from reader.cli.moment import now
from reader.cli.news_output import print_headlines, print_json
from reader.cli.printer import Printer
from reader.config import Settings
from reader.errors import UsageError
from reader.jsonform import headline_json
from reader.model import SavedSearch, Selection
from reader.store import Store
from reader.text.tags import tag_of


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print headlines, the newest first, and which names do not exist; return 0."""
    printer = Printer.of(settings)
    with Store(settings.cache_path) as library:
        selection = Selection(
            chosen.section,
            chosen.unread,
            chosen.saved,
            cached=chosen.cached,
            muted=chosen.muted,
            tag=tag_of(chosen.tag),
            query=_query(library.searches.all(), chosen.search) if chosen.search else "",
            at=now(),
        )
        headlines = library.headlines.load(library.headlines.ids(selection, chosen.limit))
        if not headlines and library.headlines.last_id():
            complain_of(selection_doubts(library, selection), printer)
    if chosen.json:
        print_json({"teasers": [headline_json(headline) for headline in headlines]})
        return 0
    if headlines:
        print_headlines(headlines, now(), printer)
    else:
        asked = replace(selection, at=None) != Selection()
        printer.say("no_headline_matches" if asked else "no_headlines")
    return 0


def _query(searches: Sequence[SavedSearch], name: str) -> str:
    """Return the query of the saved search with this name; raises UsageError if there is none."""
    for search in searches:
        if search.name.casefold() == name.strip().casefold():
            return search.query
    raise UsageError("no_search", name=name)
