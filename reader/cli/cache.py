"""What commands ask of the cache file before they use it."""

from reader.config import Settings
from reader.errors import ReaderError


def require_cache(settings: Settings) -> None:
    """Raise ReaderError where there is no cache yet."""
    if not settings.cache_path.exists():
        raise ReaderError("no_cache", place=settings.cache_path)
