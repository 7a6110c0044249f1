"""`znreader search`: full-text search of the cache."""

import argparse

from reader.cli.doubts import complain_of
from reader.cli.moment import now
from reader.cli.news_output import print_hits, print_json
from reader.cli.printer import Printer
from reader.config import Settings
from reader.jsonform import hit_json
from reader.store import Store


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print the hits of the query, the best first, and what of it means nothing; return 0."""
    moment = now()
    with Store(settings.cache_path) as library:
        found = library.search.find(" ".join(chosen.query), moment, chosen.limit)
    printer = Printer.of(settings)
    complain_of(found.doubts, printer)
    if chosen.json:
        print_json({"teasers": [hit_json(hit) for hit in found.hits]})
        return 0
    if found.hits:
        print_hits(found.hits, moment, printer)
    else:
        printer.say("nothing_matches")
    return 0
