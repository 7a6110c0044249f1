"""The writing end of one connection, for answers and faults."""

import select
import socket
import struct
import threading
import time
from collections.abc import Mapping
from http import HTTPStatus

_STEP = 0.02


class Wire:
    """Writes an answer's head and body, counts the bytes, and can break off in several ways.

    Every method raises OSError where the other end has gone or the site is closing.
    """

    def __init__(self, connection: socket.socket, closing: threading.Event) -> None:
        self._connection = connection
        self._closing = closing
        self.status = 0
        self.sent = 0
        self.open = True

    def answer(
        self, status: int, headers: Mapping[str, str], body: bytes = b"", *, bare: bool = False
    ) -> None:
        """Send a whole answer with its length; `bare` leaves the body out, as HEAD wants."""
        length = {} if status == HTTPStatus.NOT_MODIFIED else {"Content-Length": str(len(body))}
        self.send(self._head(status, {**headers, **length}) + (b"" if bare else body))

    def begin(self, status: int, headers: Mapping[str, str], length: int | None = None) -> None:
        """Send a head; the connection ends with the body, whatever `length` the head promises."""
        promised = {} if length is None else {"Content-Length": str(length)}
        self.open = False
        self.send(self._head(status, {**headers, **promised, "Connection": "close"}))

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        view = memoryview(data)
        while view:
            # Piecewise, so that the count is true where the other end goes away.
            sent = self._connection.send(view)
            self.sent += sent
            view = view[sent:]

    def wait(self, seconds: float | None = None) -> None:
        """Let time pass, for ever without `seconds`, as long as the other end is there."""
        end = None if seconds is None else time.monotonic() + seconds
        while end is None or (left := end - time.monotonic()) > 0:
            if self._closing.wait(_STEP if end is None else min(_STEP, left)):
                raise ConnectionAbortedError("the site is closing")
            if self._is_gone():
                raise ConnectionAbortedError("the other end has gone")

    def close(self) -> None:
        """Close the connection in good order after what was sent."""
        self.open = False

    def reset(self) -> None:
        """Break the connection off, so that the other end sees `connection reset by peer`."""
        self.open = False
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._connection.close()

    def _head(self, status: int, headers: Mapping[str, str]) -> bytes:
        self.status = status
        lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return "\r\n".join((*lines, "", "")).encode("latin-1")

    def _is_gone(self) -> bool:
        readable, _, _ = select.select([self._connection], [], [], 0)
        return bool(readable) and not self._connection.recv(1, socket.MSG_PEEK)
