"""What the reader and the command line ask for; everything here answers from the cache alone."""

from reader.cache import Added, Bounds, Cache, Due, Health, Retained, Searcher

__all__ = ["Added", "Bounds", "Due", "Health", "Library", "Retained", "Searcher"]


class Library(Cache):
    """The cached edition: its headlines, articles and marks, in one file."""
