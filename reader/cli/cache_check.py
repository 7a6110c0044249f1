"""A check of the cache file before commands use it."""

from reader.config import Settings
from reader.errors import ReaderError
from reader.files import may_exist


def require_cache(settings: Settings) -> None:
    """Raise ReaderError if there is no cache yet."""
    if not may_exist(settings.cache_path):
        raise ReaderError("no_cache", place=settings.cache_path)
