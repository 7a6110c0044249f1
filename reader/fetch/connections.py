"""The open connections: those of each proxy, and the direct ones."""

import os
import ssl
import threading
from urllib.parse import unquote, urlsplit

import certifi

from reader.errors import FetchError
from reader.fetch.httpcore_alone import httpcore
from reader.fetch.network import Deadline, Network, Opened
from reader.fetch.reach import Neighbourhood, Reach
from reader.fetch.target import target_of

# The requests that may be under way at once, and how long connections stay open between them: less
# than the five seconds after which many servers close them.
MAX_CONNECTIONS = 16
_OPEN_SECONDS = 4.0
# At each request a pool of httpcore compares all its connections with each other, so the hosts are
# divided among many pools, each of which keeps few connections open between requests.
_POOLS, _MOST_IDLE = 32, 4


class Connections:
    """Pools of connections, which threads may share; made when they are first needed."""

    def __init__(
        self, deadline: Deadline, opened: Opened, reach: Reach, neighbours: Neighbourhood
    ) -> None:
        """Limit every step on the network by `deadline`, and direct connections by `reach`.

        The connections are counted as `opened`. A proxy itself may be anywhere, and hosts behind it
        are not checked.
        """
        self._direct = Network(deadline, opened, reach, neighbours)
        self._through_proxy = Network(deadline, opened)
        self._guard = threading.Lock()
        self._pools: dict[tuple[str, str | None, int], httpcore.ConnectionPool] = {}
        self._trusted: ssl.SSLContext | None = None
        self._is_closed = False

    def of(self, scheme: str, host: str, proxy: str | None) -> httpcore.ConnectionPool:
        """Return the pool for requests to a host, through a proxy or directly.

        Raises FetchError if all were closed meanwhile.
        """
        with self._guard:
            if self._is_closed:
                raise FetchError("run_ended")
            key = (scheme, proxy, hash(host) % _POOLS)
            if key not in self._pools:
                if scheme == "https" and self._trusted is None:
                    # The certificates take 15 ms to load, and plain http needs none.
                    self._trusted = trusted_certificates()
                self._pools[key] = self._pool(proxy)
            return self._pools[key]

    def close(self) -> None:
        """Close all connections."""
        with self._guard:
            self._is_closed = True
            for pool in self._pools.values():
                pool.close()

    def _pool(self, proxy: str | None) -> httpcore.ConnectionPool:
        if proxy is None:
            return httpcore.ConnectionPool(
                ssl_context=self._trusted,
                max_connections=MAX_CONNECTIONS,
                max_keepalive_connections=_MOST_IDLE,
                keepalive_expiry=_OPEN_SECONDS,
                network_backend=self._direct,
            )
        parts, at = urlsplit(proxy), target_of(proxy)
        name, password = unquote(parts.username or ""), unquote(parts.password or "")
        return httpcore.HTTPProxy(
            httpcore.URL(scheme=at.scheme, host=at.host, port=at.port, target=at.path),
            proxy_auth=(name.encode(), password.encode()) if name or password else None,
            ssl_context=self._trusted,
            max_connections=MAX_CONNECTIONS,
            max_keepalive_connections=_MOST_IDLE,
            keepalive_expiry=_OPEN_SECONDS,
            network_backend=self._through_proxy,
        )


def trusted_certificates() -> ssl.SSLContext:
    """Return the authorities that are trusted: those that the environment names, or certifi's."""
    file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    if file:
        return ssl.create_default_context(cafile=file)
    if folder:
        return ssl.create_default_context(capath=folder)
    return ssl.create_default_context(cafile=certifi.where())
