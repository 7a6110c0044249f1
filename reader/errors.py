"""What can go wrong, as one tree; each error is a code with arguments, never a sentence.

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

`reader.i18n` makes the sentences where they are shown.
"""

from collections.abc import Mapping
from typing import Self, TypeAlias

from msgspec import Struct

Argument: TypeAlias = "str | bool | int | float | tuple[str, ...] | Reason"


# JSON has no larger whole numbers that all its readers hold.
_LARGEST = 2**63


class Reason(Struct, frozen=True):
    """Why something failed: a stable code, and the arguments that its sentence needs."""

    code: str
    arguments: Mapping[str, Argument] = {}

    def __hash__(self) -> int:
        """Return the hash of the code; the arguments may hold what has none."""
        return hash(self.code)

    def __str__(self) -> str:
        """Return code and arguments on one line, for developers."""
        named = (f"{name}={value}" for name, value in self.arguments.items())
        return " ".join((self.code, *named))

    def at(self, place: object) -> "Reason":
        """Return the reason with the file or address where it arose, unless it tells one."""
        return Reason(self.code, {"place": _argument(place), **self.arguments})


def reason(code: str, /, **arguments: object) -> Reason:
    """Return a reason; of an error among the `arguments` its own is taken, of a path its text."""
    return Reason(code, {name: _argument(value) for name, value in arguments.items()})


def os_reason(error: OSError) -> Reason:
    """Return the reason that the operating system gives."""
    if error.errno is None:
        return reason("text", text=str(error))
    return reason("os", errno=error.errno)


def is_gone_for_good(why: Reason) -> bool:
    """Tell whether a page's site says that it will never be there again (410)."""
    return why.code == "http_status" and why.arguments.get("status") == 410


def _argument(value: object) -> Argument:
    if isinstance(value, ReaderError):
        return value.reason
    if isinstance(value, Reason) or (isinstance(value, int | float) and _fits(value)):
        return value
    if isinstance(value, list | tuple):
        return tuple(_printable(str(each)) for each in value)
    return _printable(str(value))


def _fits(number: float) -> bool:
    """Tell whether every reader of JSON can hold a number; false for no number and infinity."""
    return abs(number) < _LARGEST


def _printable(text: str) -> str:
    """Return a text from outside without what could do harm in a terminal."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


class ReaderError(Exception):
    """The root of all errors that a user may see: each tells what failed, where, and what to do."""

    def __init__(self, code: str, /, **arguments: object) -> None:
        """Make an error of a code of the catalog; `cause` may be another error."""
        super().__init__(code)
        self.reason = reason(code, **arguments)

    @classmethod
    def of(cls, reason: Reason) -> Self:
        """Return an error for a reason that is known already."""
        return cls(reason.code, **reason.arguments)

    @property
    def code(self) -> str:
        """Return the stable code of what went wrong."""
        return self.reason.code

    @property
    def arguments(self) -> Mapping[str, Argument]:
        """Return what the sentence of the code needs."""
        return self.reason.arguments

    def __str__(self) -> str:
        """Return code and arguments on one line, for developers."""
        return str(self.reason)

    def at(self, place: object) -> Self:
        """Return the same error with the file or address where it arose."""
        return self.of(self.reason.at(place))


class UsageError(ReaderError):
    """An argument or a setting is not valid."""


class PageError(ReaderError):
    """A page cannot be used."""


class UnreadablePage(PageError):
    """A page cannot be read, is too large, or is not text."""


class NotNews(PageError):
    """A page holds no article and no headlines; `code` says what it is, such as `consent_wall`."""


class FetchError(ReaderError):
    """The network did not give the page."""


class SiteUnreachable(FetchError):
    """No connection to the site came about."""


class RetryLater(FetchError):
    """The site is busy; it asks to come back after `seconds`."""

    @property
    def seconds(self) -> float:
        """Return how long to wait, in seconds; 0 where the site does not tell."""
        seconds = self.arguments.get("seconds", 0.0)
        return float(seconds) if isinstance(seconds, int | float) else 0.0


class CacheError(ReaderError):
    """The cache cannot be opened, read or written."""


class CacheCorrupt(CacheError):
    """The cache file is not a sound database."""


class CacheTooNew(CacheError):
    """A newer znreader wrote the cache file."""
