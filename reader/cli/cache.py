"""What commands ask of the cache file before they use it."""

from reader.config import Settings
from reader.errors import ReaderError
from reader.files import may_exist


def require_cache(settings: Settings) -> None:
    """Raise ReaderError where there is no cache yet."""
    if not may_exist(settings.cache_path):
        raise ReaderError("no_cache", place=settings.cache_path)
