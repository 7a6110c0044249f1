"""One request at a time: conditional, bounded in size and time, never off to another site."""

import re
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from socket import gaierror
from urllib.parse import urlsplit

import httpx

from reader import __version__
from reader.errors import FetchError, RetryLater, SiteUnreachable
from reader.fetch.deadline import Deadline, DeadlineTransport
from reader.fetch.decoder import ACCEPTED, read_body
from reader.model import Asked

MAX_CONNECTIONS = 4
_CONNECT_SECONDS = 10.0
_READ_SECONDS = 15.0
_PAGE_SECONDS = 30.0
_MAX_REDIRECTS = 5
_RETRY_SECONDS = 2.0
AGENT = f"znreader/{__version__} (news reader for the terminal; one person's reading)"
_BUSY = frozenset({429, 503})
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as the site gave it.

    `url` is where it was found, `received` the bytes on the network, `charset` the encoding that
    its Content-Type declares, as it stands there.
    """

    url: str
    data: bytes
    at: datetime
    etag: str | None = None
    modified: str | None = None
    received: int = 0
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The site's word that a page is as it was."""

    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Limits:
    """How long one page may take in all, and to connect and between two bytes, in seconds."""

    page: float = _PAGE_SECONDS
    connect: float = _CONNECT_SECONDS
    read: float = _READ_SECONDS


class Client:
    """Asks the site for pages; threads may share it, and it keeps its connections alive."""

    def __init__(self, now: Callable[[], datetime], limits: Limits | None = None) -> None:
        """Use `now` (UTC) to tell when a page was fetched."""
        self.now = now
        self._limits = limits or Limits()
        self._deadline = Deadline()
        connections = httpx.Limits(
            max_connections=MAX_CONNECTIONS, max_keepalive_connections=MAX_CONNECTIONS
        )
        self._http = httpx.Client(
            transport=DeadlineTransport(self._deadline, connections),
            timeout=httpx.Timeout(self._limits.read, connect=self._limits.connect),
            headers={"User-Agent": AGENT, "Accept-Encoding": ACCEPTED,
                     "Accept": "text/html,application/xhtml+xml,text/plain;q=0.8"},
        )  # fmt: skip

    def __enter__(self) -> "Client":
        """Return the client itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close all connections."""
        self._http.close()

    def get(self, url: str, asked: Asked | None = None) -> Fetched | Unchanged:
        """Return the page at `url`, or that it is unchanged since it was `asked` for.

        Raises FetchError; SiteUnreachable where no connection came about, and
        RetryLater where the site is busy.
        """
        host = host_of(url)
        self._deadline.at = time.monotonic() + self._limits.page
        target = url
        for _ in range(_MAX_REDIRECTS + 1):
            found = self._ask(target, asked)
            if not isinstance(found, str):
                return found
            target = found
            if not target.startswith(("http://", "https://")) or host_of(target) != host:
                raise FetchError("moved_away", url=target)
            if url.startswith("https:") and not target.startswith("https:"):
                raise FetchError("moved_insecure")
        raise FetchError("redirect_loop")

    def _ask(self, url: str, asked: Asked | None) -> Fetched | Unchanged | str:
        """Return the answer to one request; a redirect's target as a string."""
        headers = {}
        if asked and asked.etag:
            headers["If-None-Match"] = asked.etag
        if asked and asked.modified:
            headers["If-Modified-Since"] = asked.modified
        try:
            with self._http.stream("GET", url, headers=headers) as response:
                if response.status_code == httpx.codes.NOT_MODIFIED:
                    return Unchanged(url, self.now())
                if response.next_request is not None:
                    return str(response.next_request.url)
                self._check_status(response)
                return self._page(url, response)
        except httpx.TimeoutException as error:
            if time.monotonic() > self._deadline.at:
                seconds = self._limits.page
                raise FetchError("too_slow", seconds=round(seconds)) from error
            raise _explained(error) from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
            raise _explained(error) from error
        except (ValueError, UnicodeError) as error:
            raise FetchError("bad_answer") from error
        except RuntimeError as error:
            # httpx says so of a client that was closed meanwhile.
            raise FetchError("run_ended") from error

    def _page(self, url: str, response: httpx.Response) -> Fetched:
        encoding = response.headers.get("content-encoding", "")
        data, received = read_body(response.iter_raw(), encoding)
        if not data.strip():
            raise FetchError("empty_answer")
        headers = response.headers
        declared = _CHARSET.search(headers.get("content-type", ""))
        return Fetched(
            url,
            data,
            self.now(),
            headers.get("etag"),
            headers.get("last-modified"),
            received,
            declared[1] if declared else None,
        )

    def _check_status(self, response: httpx.Response) -> None:
        status = response.status_code
        if status in _BUSY:
            wait = _retry_after(response.headers.get("retry-after", ""), self.now())
            raise RetryLater("site_busy", status=status, seconds=wait)
        if status != httpx.codes.OK:
            raise FetchError("http_status", status=status)


def host_of(url: str) -> str:
    """Return host name and port of a URL, as a key; raises FetchError if it is no web address."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or parts.scheme not in {"http", "https"}:
        raise FetchError("bad_address", url=url)
    return f"{host.removeprefix('www.')}:{port or ''}"


def _retry_after(text: str, now: datetime) -> float:
    """Return the seconds that a Retry-After header asks for, in either of its forms."""
    if text.strip().isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return _RETRY_SECONDS
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((aware - now).total_seconds(), 0.0)


def _explained(error: Exception) -> FetchError:
    """Return the error for what went wrong on the network."""
    causes: list[BaseException] = [error]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) and cause not in causes:
        causes.append(cause)

    def is_a(kind: type[BaseException]) -> bool:
        return any(isinstance(cause, kind) for cause in causes)

    if is_a(gaierror):
        return SiteUnreachable("site_unknown")
    if is_a(ConnectionRefusedError):
        return SiteUnreachable("connection_refused")
    if is_a(ssl.SSLError):
        return SiteUnreachable("no_secure_connection")
    if isinstance(error, httpx.ConnectTimeout):
        return SiteUnreachable("no_answer")
    if isinstance(error, httpx.ConnectError):
        return SiteUnreachable("no_connection")
    if isinstance(error, httpx.TimeoutException):
        return FetchError("connection_lost")
    if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
        return FetchError("connection_lost")
    return FetchError("fetch_failed", detail=error)
