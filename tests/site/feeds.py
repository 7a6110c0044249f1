"""Stand-ins for the hosts of feeds, each at its own loopback address."""

import html
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import blake2b
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from msgspec import Struct, field

NOW = datetime(2026, 3, 14, 15, 20, tzinfo=UTC)
_HEAD = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
_TEXT = "Dit bericht van de haven is verzonnen, en er staat niets in dat iemand moet weten."


class Reply(Struct, frozen=True):
    """The answer of a host at one address; `play` replaces a body."""

    body: str | bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    play: Callable[[BaseHTTPRequestHandler], None] | None = None


class Request(Struct, frozen=True):
    """One request that came in: its path, its headers in lower case, when it began and ended."""

    path: str
    headers: Mapping[str, str]
    began: float
    ended: float


class FeedHost:
    """A host of feeds: what it answers by path, a delay for all (seconds), and what was asked.

    `connections` counts those that were opened.
    """

    def __init__(
        self,
        pages: Mapping[str, str | bytes | Reply],
        address: str = "127.0.0.1",
        *,
        delay: float = 0.0,
    ) -> None:
        self.pages = dict(pages)
        self.delay = delay
        self.requests: list[Request] = []
        self.most = 0
        self.connections = 0
        self.is_conditional = True
        self._under_way = 0
        self._guard = threading.Lock()
        self._server = _Server((address, 0), self._handler())

    @property
    def asked(self) -> list[str]:
        """The requested paths, except robots.txt."""
        return [each.path for each in self.requests if each.path != "/robots.txt"]

    def url(self, path: str = "/") -> str:
        """Return the address of a path."""
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}{path}"

    def __enter__(self) -> Self:
        """Start to answer."""
        serve = self._server.serve_forever
        threading.Thread(target=serve, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._server.server_close()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        began = time.monotonic()
        with self._guard:
            self._under_way += 1
            self.most = max(self.most, self._under_way)
        try:
            self._answer(handler)
        finally:
            headers = {name.lower(): value for name, value in handler.headers.items()}
            with self._guard:
                self._under_way -= 1
                self.requests.append(Request(handler.path, headers, began, time.monotonic()))

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        if self.delay:
            time.sleep(self.delay)
        found = self.pages.get(handler.path)
        if found is None:
            found = Reply("weg", 404)
        reply = found if isinstance(found, Reply) else Reply(found)
        if reply.play is not None:
            reply.play(handler)
            return
        data = reply.body.encode() if isinstance(reply.body, str) else reply.body
        tag = f'"{blake2b(data, digest_size=8).hexdigest()}"'
        status = reply.status
        known = self.is_conditional and reply.status == 200
        if known and handler.headers.get("If-None-Match") == tag:
            status, data = 304, b""
        handler.send_response(status)
        if known:
            handler.send_header("ETag", tag)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        if status != 304:
            handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self) -> None:
                host.connections += 1
                super().setup()

            def do_GET(self) -> None:
                with suppress(OSError):
                    host.answer(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that went away."""


def rss(title: str, *titles: str, text: str = _TEXT, at: datetime = NOW, home: str = "") -> str:
    """Return a feed with an item of each title, the newest first; each links to `/nieuws/N`."""
    items = "".join(
        f"<item><title>{html.escape(each)}</title><link>{home}/nieuws/{slug(each)}</link>"
        f"<guid isPermaLink='false'>{title}-{slug(each)}</guid>"
        f"<pubDate>{format_datetime(at - timedelta(minutes=place))}</pubDate>"
        f"<description>{html.escape(whole(text))}</description></item>"
        for place, each in enumerate(titles)
    )
    link = f"<link>{home}</link>" if home else ""
    return f"{_HEAD}<title>{html.escape(title)}</title>{link}{items}</channel></rss>"


def whole(text: str) -> str:
    """Return HTML that counts as a whole article: three paragraphs."""
    return f"<p>{text}</p><p>Er is ook een tweede alinea.</p><p>En dit is het eind.</p>"


def slug(title: str) -> str:
    """Return a title as an address has it."""
    return "-".join(title.lower().split())
