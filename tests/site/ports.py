"""Addresses without a site: refused, silent, without TLS, without a name."""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

# `.invalid` never has an address, whatever network the test runs in.
UNKNOWN_HOST = "http://onbereikbaar.invalid"
_ANSWER = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_FILLERS = 4
_KEPT: list[socket.socket] = []


def refused() -> str:
    """Return the address of a port that nobody listens at, so that connections are refused.

    It stays bound until the process ends, so that no server of another test comes to listen there.
    """
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    _KEPT.append(bound)
    return _address(bound)


@contextmanager
def deaf() -> Iterator[str]:
    """Give an address whose connections are never accepted, so that connecting takes for ever."""
    with ExitStack() as stack:
        listening = stack.enter_context(socket.socket())
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        # The queue of those that wait to be accepted is full with these.
        for _ in range(_FILLERS):
            filler = stack.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(listening.getsockname())
        yield _address(listening)


@contextmanager
def without_tls() -> Iterator[str]:
    """Give an https address that answers a TLS hello in plain HTTP, so that TLS fails."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        thread = threading.Thread(target=_answer_plainly, args=(listening,))
        thread.start()
        try:
            yield _address(listening, "https")
        finally:
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def _answer_plainly(listening: socket.socket) -> None:
    with suppress(OSError):
        while True:
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                connection.recv(4096)
                connection.sendall(_ANSWER)


def _address(bound: socket.socket, scheme: str = "http") -> str:
    return f"{scheme}://127.0.0.1:{bound.getsockname()[1]}"
