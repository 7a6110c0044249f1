"""`znreader search`: full-text search of the cache."""

import argparse

from reader.cli.moment import now
from reader.cli.news_output import print_hits, print_json
from reader.cli.printer import Printer
from reader.config import Settings
from reader.jsonform import hit_json
from reader.store import Store


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print the hits of the query, the best first; return 0."""
    moment = now()
    with Store(settings.cache_path) as library:
        found = library.search.find(" ".join(chosen.query), moment, chosen.limit)
    if chosen.json:
        print_json({"teasers": [hit_json(hit) for hit in found.hits]})
        return 0
    printer = Printer.of(settings)
    if found.hits:
        print_hits(found.hits, moment, printer)
    else:
        printer.say("nothing_matches")
    return 0
