"""What can go wrong, as one tree.

ReaderError              anything a user is told in one sentence
├── UsageError           an argument or setting is not valid
├── PageError            a page cannot be used
│   ├── UnreadablePage   the file cannot be read, is too large, or is not text
│   └── NotNews          the page holds no article and no headlines
├── FetchError           the network did not give the page
│   ├── SiteUnreachable  no connection to the site came about
│   └── RetryLater       the site is busy and says when to come back
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
    """A page holds no article and no headlines; `code` says what it is, such as `consent_wall`."""

    def __init__(self, message: str, code: str = "no_article") -> None:
        """Say what the page is."""
        super().__init__(message)
        self.code = code


class FetchError(ReaderError):
    """The network did not give the page."""


class SiteUnreachable(FetchError):
    """No connection to the site came about."""


class RetryLater(FetchError):
    """The site is busy; it asks to come back after `seconds`."""

    def __init__(self, message: str, seconds: float) -> None:
        """Say what happened, and when to try again."""
        super().__init__(message)
        self.seconds = seconds


class CacheError(ReaderError):
    """The cache cannot be opened, read or written."""


class CacheCorrupt(CacheError):
    """The cache file is not a sound database."""


class CacheTooNew(CacheError):
    """A newer znreader wrote the cache file."""
