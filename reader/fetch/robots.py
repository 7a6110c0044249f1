"""Which pages a robots.txt allows to be fetched before a reader asks for them, by RFC 9309."""

import re
from urllib.parse import urljoin

from protego import Protego

from reader.errors import FetchError, RetryLater, SiteUnreachable
from reader.fetch.client import Client, Fetched
from reader.fetch.request_policy import PAGE, RequestPolicy

_NAME = "znreader"
_MAX_DELAY = 10.0
_MAX_LINES = 5_000
_MAX_LINE = 2_000
# The longest robots.txt that is kept (characters).
_MAX_KEPT = 100_000
_NONE_THERE = frozenset({404, 410})
_BROKEN_OFF = frozenset({"connection_lost", "too_slow"})
_AGENT = re.compile(r"\s*user[- ]?agent\s*[:\s]\s*([^#]*)", re.IGNORECASE)
_TOKEN = re.compile(r"[a-z_-]*", re.IGNORECASE)


class Robots:
    """The rules of one host: in the most specific group, the rule with the longest path applies.

    If there are none, everything is allowed.
    """

    def __init__(self, text: str = "", *, lasts: bool = False) -> None:
        """Read the rules of a robots.txt; if it `lasts`, they may be kept for a day."""
        self.text, self.lasts = text, lasts and len(text) <= _MAX_KEPT
        lines = (line[:_MAX_LINE] for line in text.splitlines()[:_MAX_LINES])
        self._rules = Protego.parse("\n".join(_own_line(line) for line in lines))

    @classmethod
    def of_host(cls, client: Client, url: str, policy: RequestPolicy = PAGE) -> "Robots":
        """Return the rules of the host of `url`; without a robots.txt everything is allowed.

        `policy` is how the page that needs the rules is requested.

        Raises SiteUnreachable or RetryLater, as for any page, and FetchError if the host has a
        robots.txt but cannot send it: then nothing may be fetched ahead.
        """
        try:
            found = client.get(
                urljoin(url, "/robots.txt"), policy=RequestPolicy(origin=policy.origin)
            )
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
        # A page in its place is a wall, as of a network that requires a login first.
        return cls(text, lasts=bool(text) and not text.lstrip().startswith("<"))

    def allows(self, url: str) -> bool:
        """Tell whether `url` may be fetched ahead."""
        try:
            return bool(self._rules.can_fetch(url, _NAME))
        except ValueError:
            # Not a URL, so no rule forbids it.
            return True

    @property
    def pause(self) -> float:
        """Return the seconds that the site requires between two requests, ten at most."""
        delay = self._rules.crawl_delay(_NAME)
        return min(max(delay, 0.0), _MAX_DELAY) if delay else 0.0


def _own_line(line: str) -> str:
    """Return a line unchanged, except that user agents become our bare name or one other name.

    So a large number of names costs nothing, and a prefix of our name does not match it.
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
