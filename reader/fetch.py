"""The polite HTTP client; nothing else opens a socket."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import httpx

from reader import __version__
from reader.errors import FetchError

MAX_BODY_BYTES = 5_000_000
CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0
_MAX_REDIRECTS = 5
_AGENT = f"znreader/{__version__} (terminal news reader)"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as the network gave it: where it was found in the end, its bytes, and when (UTC)."""

    url: str
    data: bytes
    at: datetime


def fetch_page(url: str, at: datetime) -> Fetched:
    """Return the page at `url`, fetched at `at`.

    Redirects stay on the same host, and a body may be MAX_BODY_BYTES at most, unpacked. Raises
    FetchError with the address and the reason.
    """
    host = urlsplit(url).hostname
    if urlsplit(url).scheme not in {"http", "https"} or not host:
        raise FetchError(f"{url}: only http and https addresses are fetched")
    timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
    try:
        with httpx.Client(timeout=timeout, headers={"User-Agent": _AGENT}) as client:
            for _ in range(_MAX_REDIRECTS):
                with client.stream("GET", url) as response:
                    if response.next_request is None:
                        return Fetched(url, _body(response), at)
                    url = str(response.next_request.url)
                if urlsplit(url).hostname != host:
                    raise FetchError(f"{url}: the page was moved to another site")
    except (httpx.HTTPError, httpx.InvalidURL, httpx.CookieConflict) as error:
        raise FetchError(f"{url}: {str(error) or type(error).__name__}") from error
    raise FetchError(f"{url}: it redirects without end")


def _body(response: httpx.Response) -> bytes:
    if response.status_code != httpx.codes.OK:
        raise FetchError(f"{response.url}: the site answered {response.status_code}")
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise FetchError(f"{response.url}: the page is over {MAX_BODY_BYTES // 1_000_000} MB")
    return bytes(body)
