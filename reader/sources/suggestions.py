"""Sites with feeds for readers of regional news; nothing is fetched before one is chosen."""

import tomllib

from msgspec import Struct

from reader.resources import SUGGESTIONS


class Suggestion(Struct, frozen=True):
    """The name of a site, with its home page and the address of its feed if these are known."""

    name: str
    section: str
    home: str | None = None
    url: str | None = None


def suggestions() -> tuple[Suggestion, ...]:
    """Return the sites that may be followed, in the order of the file."""
    found = tomllib.loads(SUGGESTIONS.read_text(encoding="utf-8"))
    return tuple(Suggestion(**each) for each in found["sites"])
