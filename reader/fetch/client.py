"""One request at a time: conditional, limited in size and time, never leaving the site."""

import os
import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from msgspec import Struct

from reader import __version__
from reader.errors import FetchError, RetryLater, SiteUnreachable
from reader.fetch.connections import Connections
from reader.fetch.credentials import Credentials, read_credentials
from reader.fetch.decoder import ACCEPTED, read_body
from reader.fetch.failures import NETWORK_ERRORS, network_error
from reader.fetch.headers import (
    charset,
    conditions,
    etag,
    last_modified,
    max_age,
    read_headers,
    retry_after,
)
from reader.fetch.httpcore_alone import httpcore
from reader.fetch.network import Deadline, Opened
from reader.fetch.proxies import proxy_for, proxy_name
from reader.fetch.reach import Neighbourhood, Reach
from reader.fetch.request_policy import PAGE, RequestPolicy
from reader.fetch.target import target_of
from reader.model import Validators

_CONNECT_SECONDS = 10.0
_READ_SECONDS = 15.0
_PAGE_SECONDS = 30.0
_MAX_REDIRECTS = 5
# The longest body that is read only to keep its connection, in bytes, and how long that may take.
_MOST_DROPPED, _DROP_SECONDS = 32_768, 0.5
AGENT = f"znreader/{__version__} (news reader for the terminal; one person's reading)"
_OK, _NOT_MODIFIED, _PROXY_WANTS_PASSWORD = 200, 304, 407
_BUSY = frozenset({429, 503})
_MOVED = frozenset({301, 302, 303, 307, 308})
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
        self._opened = Opened()
        self._connections = Connections(self._deadline, self._opened, self._reach, self._neighbours)

    def __enter__(self) -> "Client":
        """Return the client itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close all connections."""
        self._connections.close()

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
        site is busy. A bad status has the address that gave it as `url`, if that is another one.
        """
        host = host_of(url)
        self._deadline.at = time.monotonic() + self._limits.page
        self._restrict(url, policy.origin)
        target, moved, for_good = url, None, True
        for _ in range(_MAX_REDIRECTS + 1):
            try:
                found = self._ask(target, asked, moved, policy)
            except FetchError as error:
                if target == url or error.code != "http_status":
                    raise
                status = error.reason.arguments["status"]
                raise FetchError("http_status", status=status, url=target) from error
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
        proxy = proxy_for(url, self._environment)
        try:
            with self._answered(url, asked, proxy, policy) as response:
                headers = read_headers(response.headers)
                if response.status != _OK and not _may_have_stray_body(response.status, headers):
                    self._drop_body(response)
                if response.status == _NOT_MODIFIED:
                    return self._unchanged(url, headers, moved, conditional=bool(conditions(asked)))
                if response.status in _MOVED and "location" in headers:
                    for_good = response.status in _MOVED_FOR_GOOD
                    return _Redirect(_joined(url, headers["location"]), for_good)
                self._check_status(response, headers, proxy)
                return self._page(url, response, headers, moved)
        except httpcore.TimeoutException as error:
            if time.monotonic() > self._deadline.at:
                seconds = self._limits.page
                raise FetchError("too_slow", seconds=round(seconds)) from error
            raise network_error(error, self.now(), proxy) from error
        except (*NETWORK_ERRORS, OSError) as error:
            raise network_error(error, self.now(), proxy) from error
        except (ValueError, UnicodeError, OverflowError) as error:
            raise FetchError("bad_answer") from error

    @contextmanager
    def _answered(
        self, url: str, asked: Validators | None, proxy: str | None, policy: RequestPolicy
    ) -> Iterator[httpcore.Response]:
        """Yield the answer to a request, which is sent again if an open connection is cut.

        A server may close a connection at any time, also just when the next request is sent.
        """
        before = self._opened.count
        with ExitStack() as stack:
            try:
                response = stack.enter_context(self._stream(url, asked, proxy, policy))
            except (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError):
                if self._opened.count > before:
                    raise
                response = stack.enter_context(self._stream(url, asked, proxy, policy))
            yield response

    def _stream(
        self, url: str, asked: Validators | None, proxy: str | None, policy: RequestPolicy
    ) -> AbstractContextManager[httpcore.Response]:
        """Return the answer to a request, of which only the headers are read."""
        target = target_of(url)
        headers: list[tuple[str, str]] = [
            ("Host", target.host_header),
            ("Accept", policy.accept),
            ("Accept-Encoding", ACCEPTED),
            ("Connection", "keep-alive"),
            ("User-Agent", AGENT),
            *conditions(asked).items(),
        ]
        known = self._secrets().get(_name_of(url)) if policy.may_leave else None
        if known:
            headers.append(
                ("Authorization", f"Basic {b64encode(':'.join(known).encode()).decode()}")
            )
        pool = self._connections.of(target.scheme, target.host, proxy)
        address = httpcore.URL(
            scheme=target.scheme, host=target.host, port=target.port, target=target.path
        )
        limits = {"connect": self._limits.connect} | dict.fromkeys(
            ("read", "write", "pool"), self._limits.read
        )
        return pool.stream("GET", address, headers=headers, extensions={"timeout": limits})

    def _drop_body(self, response: httpcore.Response) -> None:
        """Read and drop the body of an answer, if it is short and comes at once.

        Only then can its connection serve the next request; this holds for the empty body of an
        unchanged page as well.
        """
        by = self._deadline.at
        self._deadline.at = min(by, time.monotonic() + _DROP_SECONDS)
        try:
            with suppress(*NETWORK_ERRORS):
                received = 0
                for chunk in response.iter_stream():
                    received += len(chunk)
                    if received > _MOST_DROPPED:
                        break
        finally:
            self._deadline.at = by

    def _secrets(self) -> Credentials:
        """Return names and passwords by host, read once."""
        if self._credentials is None:
            self._credentials = read_credentials()
        return self._credentials

    def _unchanged(
        self, url: str, headers: Mapping[str, str], moved: str | None, *, conditional: bool
    ) -> Unchanged:
        if not conditional:
            raise FetchError("unasked_unchanged")
        at = self.now()
        modified = last_modified(headers, at)
        return Unchanged(url, at, etag(headers), modified, moved, max_age(headers))

    def _page(
        self,
        url: str,
        response: httpcore.Response,
        headers: Mapping[str, str],
        moved: str | None,
    ) -> Fetched:
        data, received = read_body(response.iter_stream(), headers.get("content-encoding", ""))
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

    def _check_status(
        self, response: httpcore.Response, headers: Mapping[str, str], proxy: str | None
    ) -> None:
        status = response.status
        if proxy and status == _PROXY_WANTS_PASSWORD:
            why = response.extensions["reason_phrase"].decode("ascii", "replace")
            raise SiteUnreachable(
                "proxy_refuses", proxy=proxy_name(proxy), detail=f"{status} {why}"
            )
        if status in _BUSY:
            wait = retry_after(headers.get("retry-after", ""), self.now())
            raise RetryLater("site_busy", status=status, seconds=wait)
        if status != _OK:
            raise FetchError("http_status", status=status)


def _may_have_stray_body(status: int, headers: Mapping[str, str]) -> bool:
    """Tell whether the answer that a page is unchanged may have a body, which none should.

    On a connection that stays open, that body would be taken for the next answer.
    """
    stated = headers.get("transfer-encoding") or headers.get("content-length", "0") != "0"
    return status == _NOT_MODIFIED and bool(stated)


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


def _joined(url: str, location: str) -> str:
    """Return the address that a redirect leads to, in ASCII if it is one of the web."""
    found = urljoin(url, location)
    return target_of(found).url if found.lower().startswith(("http://", "https://")) else found


def _name_of(url: str) -> str:
    """Return the host name of an address, "" for anything else."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
