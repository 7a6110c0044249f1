"""The stand-in site: an HTTP/1.1 server of generated pages, with threads and a log."""

import gzip
import hashlib
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qs, urlsplit

from msgspec import Struct

from tests.site.faults import Fault, Scene
from tests.site.layouts import LAYOUTS, Layout
from tests.site.log import Log, Request
from tests.site.news import Edition
from tests.site.pages import View
from tests.site.wire import Wire

ROBOTS = "User-agent: *\nDisallow: /mijn/\nDisallow: /zoeken\n"
_HTML = {"Content-Type": "text/html; charset=utf-8"}
_CONDITIONS = ("if-none-match", "if-modified-since")
_NOT_FOUND = "<!doctype html><title>Niet gevonden</title><body><h1>Niet gevonden</h1></body>"
# The fastest level: speed matters more here than the size of pages.
_GZIP_LEVEL = 1


class ReceivedRequest(Struct, frozen=True):
    """A request as it came in; the names of `headers` are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]

    @property
    def path(self) -> str:
        """Return the target without its query."""
        return urlsplit(self.target).path

    @property
    def page(self) -> int:
        """Return the number that `?page=N` asks for: 1 without it, 0 where it is no number."""
        (text,) = parse_qs(urlsplit(self.target).query).get("page", ["1"])[-1:]
        return int(text) if text.isdecimal() and len(text) < 7 else 0


class Site:
    """A running site, as a context manager; its public attributes may be changed while it runs.

    `edition` is what it shows, `layout` how, `lists` how listings look where they differ; `size` is
    the least bytes of a page; `latency` the seconds before an answer; `faults` what goes wrong, by
    target (a path with its query); `robots` the text of robots.txt, None for none; `clock` tells
    its time; `validators` are the headers that allow conditional requests; `unchanging` has each of
    these answered with 304; `log` knows what was asked.
    """

    def __init__(
        self,
        edition: Edition,
        layout: str = "semantic",
        *,
        lists: str | None = None,
        size: int = 0,
        latency: float = 0.0,
        faults: Mapping[str, Fault] | None = None,
        robots: str | None = ROBOTS,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        port: int = 0,
        host: str = "127.0.0.1",
        tell: Callable[[Request], None] | None = None,
    ) -> None:
        self.edition = edition
        self.layout = layout
        self.lists = lists
        self.size = size
        self.latency = latency
        self.faults = dict(faults or {})
        self.robots = robots
        self.clock = clock
        self.validators = frozenset(["ETag", "Last-Modified"])
        self.unchanging = False
        self.log = Log(tell)
        self.closing = threading.Event()
        self._played: Counter[tuple[str, Fault]] = Counter()
        self._counting = threading.Lock()
        self._host = host
        self._server = _Server(self, host, port)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        """Begin to serve."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Break all connections off and wait for every thread to end."""
        self.closing.set()
        self._server.shutdown()
        self._server.break_off()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Return the site's address without a slash behind it."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._server.server_port}"

    def view(self, path: str) -> View:
        """Return what the site would show now at `path`."""
        listed = self.edition.find(path) is None
        layout: Layout = LAYOUTS[self.lists if listed and self.lists else self.layout]
        return View(self.edition, layout, self.clock(), self.url, self.size)

    def serve(self, asked: ReceivedRequest, wire: Wire) -> None:
        """Answer a request, or play its fault."""
        wire.wait(self.latency)
        fault = self.faults.get(asked.target) or self.faults.get("*")
        if fault and self._plays(fault, asked.target):
            item = self.edition.find(asked.path)
            fault.play(wire, Scene(asked.target, item, self.view(asked.path)))
        elif asked.path == "/robots.txt" and self.robots is not None:
            self._answer(asked, wire, self.robots.encode(), {"Content-Type": "text/plain"}, None)
        elif page := self.view(asked.path).page(asked.path, asked.page):
            self._answer(asked, wire, page.html.encode(), _HTML, page.modified)
        else:
            wire.answer(404, _HTML, _NOT_FOUND.encode(), bare=asked.method == "HEAD")

    def _plays(self, fault: Fault, target: str) -> bool:
        """Tell whether a fault still plays for a target, and count it if so."""
        with self._counting:
            self._played[target, fault] += 1
            return fault.times is None or self._played[target, fault] <= fault.times

    def _answer(
        self,
        asked: ReceivedRequest,
        wire: Wire,
        body: bytes,
        headers: Mapping[str, str],
        modified: datetime | None,
    ) -> None:
        """Send a page, packed where that is welcome, or 304 where the asker has it already."""
        packed = "gzip" in asked.headers.get("accept-encoding", "")
        tag = hashlib.blake2b(body, digest_size=8).hexdigest()
        marks = {"ETag": f'"{tag}-gzip"' if packed else f'"{tag}"'}
        if modified:
            marks["Last-Modified"] = format_datetime(modified.astimezone(UTC), usegmt=True)
        marks = {name: value for name, value in marks.items() if name in self.validators}
        marks["Vary"] = "Accept-Encoding"
        is_conditional = not asked.headers.keys().isdisjoint(_CONDITIONS)
        if (self.unchanging and is_conditional) or _is_known(asked.headers, marks):
            wire.answer(304, marks)
            return
        if packed:
            body, marks["Content-Encoding"] = gzip.compress(body, _GZIP_LEVEL, mtime=0), "gzip"
        wire.answer(200, {**headers, **marks}, body, bare=asked.method == "HEAD")


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    # A full queue of connections would look like a site that cannot be reached.
    request_queue_size = 128

    def __init__(self, site: Site, host: str, port: int) -> None:
        self.site = site
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._open: dict[int, socket.socket] = {}
        super().__init__((host, port), _Handler)

    def opened(self, connection: socket.socket) -> int:
        """Keep a new connection in mind and return its number."""
        number = self.site.log.connect()
        self._open[number] = connection
        if self.site.closing.is_set():
            self.break_off()
        return number

    def ended(self, number: int) -> None:
        """Forget a connection."""
        self._open.pop(number, None)
        self.site.log.disconnect(number)

    def break_off(self) -> None:
        """End all connections, so that no thread waits for another request."""
        for connection in list(self._open.values()):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def handle(self) -> None:
        """Serve one connection until either end closes it."""
        number = self.server.opened(self.connection)
        self._number = number
        try:
            with suppress(OSError):
                super().handle()
        finally:
            self.server.ended(number)

    def do_GET(self) -> None:
        """Answer a request, and note it."""
        site = self.server.site
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = ReceivedRequest(self.command, self.path, headers)
        wire = Wire(self.connection, site.closing)
        site.log.arrive(asked.target)
        started, aborted = time.monotonic(), True
        try:
            site.serve(asked, wire)
            aborted = False
        except OSError:
            wire.close()
        finally:
            self.close_connection = self.close_connection or not wire.open
            request = Request(
                method=asked.method,
                target=asked.target,
                headers=headers,
                status=wire.status,
                sent=wire.sent,
                started=started,
                seconds=time.monotonic() - started,
                connection=self._number,
                aborted=aborted,
            )
            site.log.end(request)

    do_HEAD = do_GET  # noqa: N815 - the name that http.server looks for

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the site's own log knows everything."""


def _is_known(headers: Mapping[str, str], marks: Mapping[str, str]) -> bool:
    """Tell whether the asker's copy is the current one: by its tag, else by its date."""
    if tags := headers.get("if-none-match"):
        return marks.get("ETag") in [tag.strip() for tag in tags.split(",")]
    since, modified = headers.get("if-modified-since"), marks.get("Last-Modified")
    if not since or not modified:
        return False
    try:
        return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
    except ValueError:
        return False
