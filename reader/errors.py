"""What can go wrong, as one tree.

ReaderError              anything a user is told in one sentence
├── UsageError           an argument or setting is not valid
├── PageError            a page cannot be used
│   ├── UnreadablePage   the file cannot be read, is too large, or is not text
│   └── NotNews          the page holds no article and no headlines
├── FetchError           the network did not give the page
└── CacheError           the cache cannot be opened, read or written
    ├── CacheCorrupt     the file is not a sound database
    └── CacheTooNew      a newer znreader wrote the file
"""


class ReaderError(Exception):
    """The root of all errors that a user may see: each says what failed, where, and what to do."""


class UsageError(ReaderError):
    """An argument or a setting is not valid."""


class PageError(ReaderError):
    """A page cannot be used."""


class UnreadablePage(PageError):
    """A page cannot be read, is too large, or is not text."""


class NotNews(PageError):
    """A page holds no article and no headlines."""


class FetchError(ReaderError):
    """The network did not give the page."""


class CacheError(ReaderError):
    """The cache cannot be opened, read or written."""


class CacheCorrupt(CacheError):
    """The cache file is not a sound database."""


class CacheTooNew(CacheError):
    """A newer znreader wrote the cache file."""
