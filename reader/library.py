"""What the reader and the command line ask for; everything here answers from the cache alone."""

from reader.cache import Added, Cache, Health, Searcher

__all__ = ["Added", "Health", "Library", "Searcher"]


class Library(Cache):
    """The cached edition: its headlines, articles and marks, in one file."""
