"""The SQLite cache of headlines and articles; nothing else knows SQL."""

from reader.cache.fetching import Fetching
from reader.cache.importing import Added, Outcome
from reader.cache.keeping import Keeping
from reader.cache.queries import Health
from reader.cache.reading import Reading
from reader.cache.retaining import Retained
from reader.cache.retention import Bounds, Due

__all__ = [
    "Added",
    "Bounds",
    "Cache",
    "Due",
    "Health",
    "Outcome",
    "Retained",
]


class Cache(Reading, Fetching, Keeping):
    """The headlines, articles and marks in one file; other processes may use it meanwhile."""
