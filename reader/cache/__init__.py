"""The SQLite cache of headlines and articles; nothing else knows SQL."""

from reader.cache.importing import Added, Outcome
from reader.cache.queries import Health
from reader.cache.store import Cache

__all__ = ["Added", "Cache", "Health", "Outcome"]
