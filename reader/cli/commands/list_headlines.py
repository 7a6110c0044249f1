"""`znreader list`: headlines of the cache."""

import argparse

from reader.cli.moment import now
from reader.cli.output import print_headlines, print_json
from reader.config import Settings
from reader.jsonform import headline_json
from reader.model import Selection
from reader.store import Store

_NONE_MATCH = "No headlines match."
_NONE_AT_ALL = (
    "No headlines. `znreader sync` fetches them, `znreader import PATH...` takes saved pages."
)


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print headlines, the newest first."""
    selection = Selection(chosen.section, chosen.unread, chosen.saved)
    with Store(settings.cache_path) as library:
        headlines = library.headlines.load(library.headlines.ids(selection, chosen.limit))
    if chosen.json:
        print_json({"teasers": [headline_json(headline) for headline in headlines]})
    elif headlines:
        print_headlines(headlines, now(), settings.language)
    else:
        asked = chosen.section or chosen.unread or chosen.saved
        print(_NONE_MATCH if asked else _NONE_AT_ALL)
    return 0
