"""`znreader list`: headlines of the cache."""

import argparse

from reader.cli.moment import now
from reader.cli.output import print_headlines, print_json
from reader.cli.printer import Printer
from reader.config import Settings
from reader.jsonform import headline_json
from reader.model import Selection
from reader.store import Store


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print headlines, the newest first."""
    selection = Selection(chosen.section, chosen.unread, chosen.saved)
    with Store(settings.cache_path) as library:
        headlines = library.headlines.load(library.headlines.ids(selection, chosen.limit))
    if chosen.json:
        print_json({"teasers": [headline_json(headline) for headline in headlines]})
        return 0
    printer = Printer.of(settings)
    if headlines:
        print_headlines(headlines, now(), printer)
    else:
        asked = chosen.section or chosen.unread or chosen.saved
        printer.report("no_headline_matches" if asked else "no_headlines")
    return 0
