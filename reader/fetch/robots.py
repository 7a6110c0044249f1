"""What the site's robots.txt allows to be fetched ahead of a reader's wish."""

from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

from reader.errors import FetchError, RetryLater, SiteUnreachable
from reader.fetch.client import Client, Fetched

_NAME = "znreader"
_MAX_DELAY = 10.0
_MAX_LINES = 5_000


class Robots:
    """The rules of one host; where it has none, everything is allowed."""

    def __init__(self, text: str = "") -> None:
        """Read the rules of a robots.txt."""
        self._rules = RobotFileParser()
        self._rules.parse([line for line in text.splitlines()[:_MAX_LINES] if _is_sound(line)])

    @classmethod
    def of_host(cls, client: Client, url: str) -> "Robots":
        """Return the rules of the host of `url`.

        Raises SiteUnreachable or RetryLater, as any page would.
        """
        try:
            found = client.get(urljoin(url, "/robots.txt"))
        except (SiteUnreachable, RetryLater):
            raise
        except FetchError:
            return cls()
        return cls(found.data.decode("utf-8", "replace") if isinstance(found, Fetched) else "")

    def allows(self, url: str) -> bool:
        """Tell whether `url` may be fetched ahead."""
        return self._rules.can_fetch(_NAME, url)

    @property
    def pause(self) -> float:
        """Return the seconds that the site wants between two requests, ten at most."""
        delay = self._rules.crawl_delay(_NAME)
        return min(float(delay), _MAX_DELAY) if delay else 0.0


def _is_sound(line: str) -> bool:
    """Tell whether the parser can read a line; some it answers with a ValueError."""
    try:
        RobotFileParser().parse(["User-agent: *", line])
    except ValueError:
        return False
    return True
