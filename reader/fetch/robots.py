"""What the site's robots.txt allows to be fetched ahead of a reader's wish, by RFC 9309."""

import re
from urllib.parse import urljoin

from protego import Protego

from reader.errors import FetchError, RetryLater, SiteUnreachable
from reader.fetch.client import Client, Fetched
from reader.fetch.manner import PAGE, Manner

_NAME = "znreader"
_MAX_DELAY = 10.0
_MAX_LINES = 5_000
_MAX_LINE = 2_000
# The longest that is kept (characters).
_MAX_KEPT = 100_000
_NONE_THERE = frozenset({404, 410})
_BROKEN_OFF = frozenset({"connection_lost", "too_slow"})
_AGENT = re.compile(r"\s*user[- ]?agent\s*[:\s]\s*([^#]*)", re.IGNORECASE)
_TOKEN = re.compile(r"[a-z_-]*", re.IGNORECASE)


class Robots:
    """The rules of one host: of the most specific group, that with the longest path counts.

    Where there are none, everything is allowed.
    """

    def __init__(self, text: str = "", *, lasts: bool = False) -> None:
        """Read the rules of a robots.txt; they may be kept for a day where it `lasts`."""
        self.text, self.lasts = text, lasts and len(text) <= _MAX_KEPT
        lines = (line[:_MAX_LINE] for line in text.splitlines()[:_MAX_LINES])
        self._rules = Protego.parse("\n".join(_own_line(line) for line in lines))

    @classmethod
    def of_host(cls, client: Client, url: str, manner: Manner = PAGE) -> "Robots":
        """Return the rules of the host of `url`; all is allowed where it has no robots.txt.

        `manner` is how the page is asked for that the rules are wanted for.

        Raises SiteUnreachable or RetryLater, as any page would, and FetchError where the host has
        one and cannot send it: then nothing may be fetched ahead.
        """
        try:
            found = client.get(urljoin(url, "/robots.txt"), manner=Manner(origin=manner.origin))
        except (SiteUnreachable, RetryLater):
            raise
        except FetchError as error:
            status = error.arguments.get("status")
            if isinstance(status, int) and status >= 500:
                raise FetchError("robots_withheld", status=status) from error
            if error.code in _BROKEN_OFF or error.code == "private_address":
                raise
            return cls(lasts=status in _NONE_THERE)
        text = found.data.decode("utf-8-sig", "replace") if isinstance(found, Fetched) else ""
        # A page in its place is a wall, as of a network that wants a login first.
        return cls(text, lasts=bool(text) and not text.lstrip().startswith("<"))

    def allows(self, url: str) -> bool:
        """Tell whether `url` may be fetched ahead."""
        try:
            return bool(self._rules.can_fetch(url, _NAME))
        except ValueError:
            # No URL, which nobody has forbidden.
            return True

    @property
    def pause(self) -> float:
        """Return the seconds that the site wants between two requests, ten at most."""
        delay = self._rules.crawl_delay(_NAME)
        return min(max(delay, 0.0), _MAX_DELAY) if delay else 0.0


def _own_line(line: str) -> str:
    """Return a line as it is, but that our name stands alone and all others are one.

    So no number of names costs anything, and the beginning of ours is not taken for it.
    """
    match = _AGENT.fullmatch(line.partition("#")[0])
    if not match:
        return line
    agent = match[1].strip()
    token = _TOKEN.match(agent)
    if agent == "*":
        return line
    is_ours = token is not None and token[0].lower() == _NAME
    return f"User-agent: {_NAME if is_ours else 'another'}"
