"""`znreader searches`: saved searches, which are views like the sections."""

import argparse

from reader.cli.cache_check import require_cache
from reader.cli.doubts import complain_of
from reader.cli.moment import now
from reader.cli.news_output import print_json
from reader.cli.printer import Printer
from reader.config import Settings
from reader.errors import UsageError
from reader.model import Selection
from reader.store import Store


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Save a search, forget one, or list them; return 1 if there is none with that name.

    Raises UsageError if the name or the search has no words.
    """
    require_cache(settings)
    printer = Printer.of(settings)
    with Store(settings.cache_path) as library:
        if chosen.action == "save":
            search = library.searches.save(chosen.name, " ".join(chosen.query))
            if search is None:
                raise UsageError("no_words", text=chosen.name)
            complain_of(library.search.doubts(search.query, now()), printer)
            printer.say("search_saved", name=search.name)
            return 0
        if chosen.action == "forget":
            if library.searches.forget(chosen.name):
                printer.say("search_forgotten", name=chosen.name)
                return 0
            printer.remark("no_search", name=chosen.name)
            return 1
        _list(library, printer, as_json=chosen.json)
    return 0


def _list(library: Store, printer: Printer, *, as_json: bool) -> None:
    present = now()
    searches = [
        (search, library.headlines.counts(Selection(query=search.query, at=present)))
        for search in library.searches.all()
    ]
    if as_json:
        print_json(
            {
                "searches": [
                    {
                        "name": search.name,
                        "query": search.query,
                        "total": counts.total,
                        "unread": counts.unread,
                    }
                    for search, counts in searches
                ]
            }
        )
        return
    for search, counts in searches:
        printer.say(
            "search_line",
            name=search.name,
            query=search.query,
            unread=counts.unread,
            total=counts.total,
        )
    if not searches:
        printer.say("no_searches")
