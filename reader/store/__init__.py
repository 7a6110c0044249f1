"""The SQLite cache of headlines and articles; nothing else knows SQL."""

from reader.store.fetching import Fetching
from reader.store.importing import Added, Outcome
from reader.store.keeping import Keeping
from reader.store.queries import Health
from reader.store.reading import Reading
from reader.store.retaining import Retained
from reader.store.retention import Bounds, Due

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
