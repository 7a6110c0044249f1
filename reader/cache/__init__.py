"""The SQLite cache of headlines and articles; nothing else knows SQL."""

from reader.cache.copying import restore
from reader.cache.fetching import Fetching
from reader.cache.importing import Added, Outcome
from reader.cache.keeping import Keeping
from reader.cache.lines import is_export, read_export
from reader.cache.queries import Health
from reader.cache.reading import Reading
from reader.cache.retaining import Retained
from reader.cache.retention import Bounds, Due
from reader.cache.salvage import Salvaged, repair

__all__ = [
    "Added",
    "Bounds",
    "Cache",
    "Due",
    "Health",
    "Outcome",
    "Retained",
    "Salvaged",
    "is_export",
    "read_export",
    "repair",
    "restore",
]


class Cache(Reading, Fetching, Keeping):
    """The headlines, articles and marks in one file; other processes may use it meanwhile."""
