"""The tree of errors; each is a code with arguments, never a sentence.

ReaderError              any error that a user sees, as one sentence
├── UsageError           an argument or setting is not valid
├── PageError            a page cannot be used
│   ├── UnreadablePage   the file cannot be read, is too large, or is not text
│   └── NotNews          the page holds no article and no headlines
├── FetchError           the page could not be fetched
│   ├── SiteUnreachable  no connection to the site could be made
│   └── RetryLater       the site is busy and says when to come back
└── CacheError           the cache cannot be opened, read or written
    ├── CacheCorrupt     the file is not a sound database
    └── CacheTooNew      a newer znreader wrote the file

`reader.i18n` makes the sentence at the point where an error is shown.
"""

from collections.abc import Mapping
from typing import Self, TypeAlias

from msgspec import Struct

Argument: TypeAlias = "str | bool | int | float | tuple[str, ...] | Reason"


# The limit of the whole numbers that every JSON reader represents exactly.
_LARGEST = 2**63


class Reason(Struct, frozen=True):
    """Why something failed: a stable code, and the arguments that its sentence needs."""

    code: str
    arguments: Mapping[str, Argument] = {}

    def __hash__(self) -> int:
        """Return the hash of the code alone, as arguments may be unhashable."""
        return hash(self.code)

    def __str__(self) -> str:
        """Return code and arguments on one line, for developers."""
        named = (f"{name}={value}" for name, value in self.arguments.items())
        return " ".join((self.code, *named))

    def at(self, place: object) -> "Reason":
        """Return the reason with the file or address where it arose, unless it already has one."""
        return Reason(self.code, {"place": _argument(place), **self.arguments})


def reason(code: str, /, **arguments: object) -> Reason:
    """Return a reason; an error among the `arguments` becomes its reason, a path its text."""
    return Reason(code, {name: _argument(value) for name, value in arguments.items()})


def os_reason(error: OSError) -> Reason:
    """Return the reason that the operating system gives."""
    if error.errno is None:
        return reason("text", text=str(error))
    return reason("os", errno=error.errno)


def is_gone_for_good(why: Reason) -> bool:
    """Tell whether the site reports a page as permanently gone (410)."""
    return why.code == "http_status" and why.arguments.get("status") == 410


# Pages that a site, or a network on the way to it, serves to any visitor instead of its own.
_INSTEAD = frozenset(
    (
        "access_denied",
        "captive_portal",
        "challenge",
        "consent_wall",
        "login_wall",
        "maintenance",
        "site_error",
    )
)


def is_served_instead(code: str) -> bool:
    """Tell whether a page with this error is none of the site's own, whatever its layout."""
    return code in _INSTEAD


def _argument(value: object) -> Argument:
    if isinstance(value, ReaderError):
        return value.reason
    if isinstance(value, Reason) or (isinstance(value, int | float) and _fits(value)):
        return value
    if isinstance(value, list | tuple):
        return tuple(_printable(str(each)) for each in value)
    return _printable(str(value))


def _fits(number: float) -> bool:
    """Tell whether every JSON reader can represent a number; False for NaN and infinity."""
    return abs(number) < _LARGEST


def _printable(text: str) -> str:
    """Return an untrusted text without characters that could do harm in a terminal."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


class ReaderError(Exception):
    """The root of all errors that a user may see: each says what failed, where, and what to do."""

    def __init__(self, code: str, /, **arguments: object) -> None:
        """Make an error with a code from the catalog; `cause` may be another error."""
        super().__init__(code)
        self.reason = reason(code, **arguments)

    @classmethod
    def of(cls, reason: Reason) -> Self:
        """Return an error with an existing reason."""
        return cls(reason.code, **reason.arguments)

    @property
    def code(self) -> str:
        """Return the stable code of the error."""
        return self.reason.code

    @property
    def arguments(self) -> Mapping[str, Argument]:
        """Return the arguments that the sentence for the code needs."""
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
    """The page could not be fetched."""


class SiteUnreachable(FetchError):
    """No connection to the site could be made."""


class RetryLater(FetchError):
    """The site is busy; it asks to come back after `seconds`."""

    @property
    def seconds(self) -> float:
        """Return how long to wait, in seconds; 0 if the site does not say."""
        seconds = self.arguments.get("seconds", 0.0)
        return float(seconds) if isinstance(seconds, int | float) else 0.0


class CacheError(ReaderError):
    """The cache cannot be opened, read or written."""


class CacheCorrupt(CacheError):
    """The cache file is not a sound database."""


class CacheTooNew(CacheError):
    """A newer znreader wrote the cache file."""
