"""A proxy on this machine that forwards all requests to one site and logs them."""

import http.client
import select
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import urlsplit


class Proxy:
    """A running proxy, as a context manager; `asked` are the requests that came in, in order.

    It takes every host name for the site at `target`. It refuses every tunnel, but with `tunnels`
    leads it there; where it wants to know who asks it has a `password`, as the header has it.
    """

    def __init__(self, target: str, *, tunnels: bool = False, password: str | None = None) -> None:
        self.asked: list[str] = []
        self.tunnels = tunnels
        self.password = password
        self._server = _Server(self, urlsplit(target).netloc)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        """Begin to serve."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, and wait for the thread to end."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Return the proxy's address."""
        return f"http://127.0.0.1:{self._server.server_port}"


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, proxy: Proxy, site: str) -> None:
        self.proxy = proxy
        self.site = site
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        """Pass a request on, and its answer back."""
        if not self._is_welcome():
            return
        parts = urlsplit(self.path)
        connection = http.client.HTTPConnection(self.server.site)
        headers = {name: value for name, value in self.headers.items() if name != "Connection"}
        connection.request(
            "GET", parts._replace(scheme="", netloc="").geturl() or "/", None, headers
        )
        answer = connection.getresponse()
        body = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {"connection", "transfer-encoding", "date", "server"}:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        connection.close()

    def do_CONNECT(self) -> None:
        """Refuse a tunnel, or carry bytes both ways until either end closes it."""
        if not self._is_welcome():
            return
        if not self.server.proxy.tunnels:
            self.send_error(403)
            return
        host, _, port = self.server.site.partition(":")
        with socket.create_connection((host, int(port))) as other:
            self.send_response(200)
            self.end_headers()
            ends = {self.connection: other, other: self.connection}
            while ready := select.select(list(ends), [], [], 5)[0]:
                for end in ready:
                    data = end.recv(65_536)
                    if not data:
                        return
                    ends[end].sendall(data)

    def _is_welcome(self) -> bool:
        """Note a request, and refuse one of a stranger."""
        proxy = self.server.proxy
        proxy.asked.append(f"{self.command} {self.path}")
        if proxy.password in {None, self.headers.get("Proxy-Authorization")}:
            return True
        self.send_error(407)
        return False

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""
