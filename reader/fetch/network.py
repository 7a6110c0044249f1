"""The network below httpcore, with limits that it lacks: on the total time and on the hosts."""

import threading
import time
from collections.abc import Iterable
from typing import Any

from reader.fetch.httpcore_alone import httpcore
from reader.fetch.reach import Neighbourhood, Reach


class Deadline(threading.local):
    """The time by which the current thread's request must be over, on the monotonic clock."""

    at = float("inf")

    def left(self, most: float | None) -> float:
        """Return the seconds left, `most` at most; raises httpcore.ReadTimeout if none are."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if most is None else min(left, most)


class Opened(threading.local):
    """The number of connections that the current thread has opened."""

    count = 0


class Network(httpcore.NetworkBackend):
    """Ordinary connections, every step of which is limited by a deadline and a reach."""

    def __init__(
        self,
        deadline: Deadline,
        opened: Opened,
        reach: Reach | None = None,
        neighbours: Neighbourhood | None = None,
    ) -> None:
        """Limit connections by `deadline` and, unless it is None, by `reach`, and count them."""
        self._inner = httpcore.SyncBackend()
        self._deadline = deadline
        self._opened = opened
        self._reach = reach
        self._neighbours = neighbours or Neighbourhood()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection; raises an error of httpcore if there is none in time."""
        self._opened.count += 1
        if self._reach is None or not self._reach.public_only:
            stream = self._inner.connect_tcp(
                host, port, self._deadline.left(timeout), local_address, socket_options
            )
            return _Stream(stream, self._deadline)
        try:
            addresses = self._neighbours.public_addresses(host)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(str(error)) from error
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for each in addresses:
            try:
                stream = self._inner.connect_tcp(
                    each, port, self._deadline.left(timeout), local_address, socket_options
                )
                return _Stream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(host)


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: Any,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self._deadline.left(timeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
