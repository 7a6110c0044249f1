"""One request at a time: conditional, limited in size and time, never leaving the site."""

import os
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from http.cookiejar import CookieJar
from urllib.parse import urlsplit

from msgspec import Struct

from reader import __version__
from reader.errors import FetchError, RetryLater, SiteUnreachable
from reader.fetch.credentials import Credentials, read_credentials
from reader.fetch.deadline import Deadline, DeadlineTransport
from reader.fetch.decoder import ACCEPTED, read_body
from reader.fetch.failures import network_error
from reader.fetch.headers import charset, conditions, etag, last_modified, max_age, retry_after
from reader.fetch.http import httpx
from reader.fetch.proxies import proxy_for, proxy_name
from reader.fetch.reach import Neighbourhood, Reach
from reader.fetch.request_policy import PAGE, RequestPolicy
from reader.model import Validators

MAX_CONNECTIONS = 16
_CONNECT_SECONDS = 10.0
_READ_SECONDS = 15.0
_PAGE_SECONDS = 30.0
_MAX_REDIRECTS = 5
AGENT = f"znreader/{__version__} (news reader for the terminal; one person's reading)"
_BUSY = frozenset({429, 503})
_MOVED_FOR_GOOD = frozenset({301, 308})


class Fetched(Struct, frozen=True):
    """A page as the site sent it.

    `url` is where it was found, `received` the number of bytes over the network, `charset` the
    encoding that its Content-Type declares, verbatim; `moved` is the address that it has
    permanently moved to, None if it is still at the requested one; `max_age` is how long it says
    that it is valid, in seconds.
    """

    url: str
    data: bytes
    at: datetime
    etag: str | None = None
    modified: str | None = None
    received: int = 0
    charset: str | None = None
    moved: str | None = None
    max_age: int | None = None


class Unchanged(Struct, frozen=True):
    """The site's answer that a page is unchanged, with the validators that came with it.

    `moved` and `max_age` are as in Fetched.
    """

    url: str
    at: datetime
    etag: str | None = None
    modified: str | None = None
    moved: str | None = None
    max_age: int | None = None


class _Redirect(Struct, frozen=True):
    """The new address of a page, and whether it has moved there permanently."""

    url: str
    for_good: bool


class Limits(Struct, frozen=True):
    """The time limits of one page in seconds: in total, for connecting, and between two bytes."""

    page: float = _PAGE_SECONDS
    connect: float = _CONNECT_SECONDS
    read: float = _READ_SECONDS


class _NoCookies(CookieJar):
    """Keeps no cookies, and does not even parse those that sites send."""

    def extract_cookies(self, response: object, request: object) -> None:
        pass

    def add_cookie_header(self, request: object) -> None:
        pass


class Client:
    """Requests pages from the site; threads may share it, and it keeps its connections alive.

    It keeps no cookies.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        limits: Limits | None = None,
        environment: Mapping[str, str] | None = None,
        neighbours: Neighbourhood | None = None,
    ) -> None:
        """Use `now` to determine when a page was fetched (UTC).

        The `environment`, the program's own by default, names the proxies; `neighbours` knows which
        hosts are private.
        """
        self.now = now
        self._limits = limits or Limits()
        self._environment = os.environ if environment is None else environment
        self._deadline = Deadline()
        self._reach = Reach()
        self._neighbours = neighbours or Neighbourhood()
        self._credentials: Credentials | None = None
        self._guard = threading.Lock()
        # One client for each proxy; the one under None makes direct requests.
        self._https: dict[str | None, httpx.Client] = {}
        self._is_closed = False

    def __enter__(self) -> "Client":
        """Return the client itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close all connections."""
        with self._guard:
            self._is_closed = True
            for each in self._https.values():
                each.close()

    def get(
        self,
        url: str,
        asked: Validators | None = None,
        allows: Callable[[str], bool] | None = None,
        policy: RequestPolicy = PAGE,
    ) -> Fetched | Unchanged:
        """Return the page at `url`, or Unchanged if it has not changed since `asked` was noted.

        `allows` tells whether an address on the same host, to which the page redirects, may be
        requested.

        Raises FetchError: SiteUnreachable if no connection could be made, and RetryLater if the
        site is busy.
        """
        host = host_of(url)
        self._deadline.at = time.monotonic() + self._limits.page
        self._restrict(url, policy.origin)
        target, moved, for_good = url, None, True
        for _ in range(_MAX_REDIRECTS + 1):
            found = self._ask(target, asked, moved, policy)
            if not isinstance(found, _Redirect):
                return found
            before, target = target, found.url
            is_here = target.startswith(("http://", "https://")) and host_of(target) == host
            if not is_here and not (
                policy.may_leave and target.startswith(("http://", "https://"))
            ):
                raise FetchError("moved_away", url=target)
            if before.startswith("https:") and not target.startswith("https:"):
                raise FetchError("moved_insecure")
            if allows and is_here and not allows(target):
                raise FetchError("robots")
            if not is_here:
                self._restrict(target, policy.origin or url)
            # After a temporary redirect, no later redirect tells where the page is permanently.
            for_good = for_good and found.for_good
            moved = target if for_good else moved
        raise FetchError("redirect_loop")

    def _restrict(self, url: str, origin: str | None) -> None:
        """Restrict a request to public hosts if its `origin` is on one.

        Raises FetchError if its own host is known to be private, as a connection to it may be open.
        """
        host, before = _name_of(url), _name_of(origin) if origin else None
        self._reach.public_only = False
        if before is None or before == host or proxy_for(url, self._environment):
            return
        if not self._neighbours.has(before):
            self._reach.public_only = True
            if self._neighbours.has(host):
                raise FetchError("private_address", host=host)

    def _ask(
        self, url: str, asked: Validators | None, moved: str | None, policy: RequestPolicy
    ) -> Fetched | Unchanged | _Redirect:
        """Return the answer to one request."""
        validators = conditions(asked)
        headers = validators | {"Accept": policy.accept}
        proxy = proxy_for(url, self._environment)
        known = self._secrets().get(_name_of(url)) if policy.may_leave else None
        auth = httpx.BasicAuth(*known) if known else None
        try:
            client = self._client_for(proxy)
            with client.stream("GET", url, headers=headers, auth=auth) as response:
                if response.status_code == httpx.codes.NOT_MODIFIED:
                    return self._unchanged(url, response, moved, conditional=bool(validators))
                if response.next_request is not None:
                    for_good = response.status_code in _MOVED_FOR_GOOD
                    return _Redirect(str(response.next_request.url), for_good)
                self._check_status(response, proxy)
                return self._page(url, response, moved)
        except httpx.TimeoutException as error:
            if time.monotonic() > self._deadline.at:
                seconds = self._limits.page
                raise FetchError("too_slow", seconds=round(seconds)) from error
            raise network_error(error, self.now(), proxy) from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
            raise network_error(error, self.now(), proxy) from error
        except (ValueError, UnicodeError, OverflowError) as error:
            raise FetchError("bad_answer") from error
        except RuntimeError as error:
            # httpx raises this if the client was closed meanwhile.
            raise FetchError("run_ended") from error

    def _secrets(self) -> Credentials:
        """Return names and passwords by host, read once."""
        if self._credentials is None:
            self._credentials = read_credentials()
        return self._credentials

    def _client_for(self, proxy: str | None) -> httpx.Client:
        """Return the client for requests through a proxy, or for direct ones."""
        with self._guard:
            if self._is_closed:
                raise FetchError("run_ended")
            if proxy not in self._https:
                self._https[proxy] = self._make_client(proxy)
            return self._https[proxy]

    def _make_client(self, proxy: str | None) -> httpx.Client:
        limits = httpx.Limits(
            max_connections=MAX_CONNECTIONS, max_keepalive_connections=MAX_CONNECTIONS
        )
        return httpx.Client(
            transport=DeadlineTransport(
                self._deadline, limits, proxy, self._reach, self._neighbours
            ),
            timeout=httpx.Timeout(self._limits.read, connect=self._limits.connect),
            cookies=_NoCookies(),
            headers={"User-Agent": AGENT, "Accept-Encoding": ACCEPTED},
        )

    def _unchanged(
        self, url: str, response: httpx.Response, moved: str | None, *, conditional: bool
    ) -> Unchanged:
        if not conditional:
            raise FetchError("unasked_unchanged")
        at, headers = self.now(), response.headers
        modified = last_modified(headers, at)
        return Unchanged(url, at, etag(headers), modified, moved, max_age(headers))

    def _page(self, url: str, response: httpx.Response, moved: str | None) -> Fetched:
        headers = response.headers
        data, received = read_body(response.iter_raw(), headers.get("content-encoding", ""))
        if not data.strip():
            raise FetchError("empty_answer")
        at = self.now()
        modified = last_modified(headers, at)
        return Fetched(
            url,
            data,
            at,
            etag(headers),
            modified,
            received,
            charset(headers),
            moved,
            max_age(headers),
        )

    def _check_status(self, response: httpx.Response, proxy: str | None) -> None:
        status = response.status_code
        if proxy and status == httpx.codes.PROXY_AUTHENTICATION_REQUIRED:
            detail = f"{status} {response.reason_phrase}"
            raise SiteUnreachable("proxy_refuses", proxy=proxy_name(proxy), detail=detail)
        if status in _BUSY:
            wait = retry_after(response.headers.get("retry-after", ""), self.now())
            raise RetryLater("site_busy", status=status, seconds=wait)
        if status != httpx.codes.OK:
            raise FetchError("http_status", status=status)


def host_of(url: str) -> str:
    """Return the host name and port of a URL, as a key; raises FetchError for anything else."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or parts.scheme not in {"http", "https"}:
        raise FetchError("bad_address", url=url)
    return f"{host.removeprefix('www.')}:{port or ''}"


def _name_of(url: str) -> str:
    """Return the host name of an address, "" for anything else."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
