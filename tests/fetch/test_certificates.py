"""The reason why a certificate is not trusted is named.

The certificates were made with OpenSSL: `expired`, `future`, `elsewhere` (for another host) and
`valid` by `authority`, whose key is gone; `self-signed` by itself; all for one key.
"""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.errors import FetchError, SiteUnreachable
from reader.fetch import FEED, PAGE, Client, RequestPolicy
from reader.i18n.sentences import sentence
from tests.site.proxy import Proxy

_FOLDER = Path(__file__).parent / "certificates"
_NOW = datetime(2026, 3, 14, 15, 20, tzinfo=UTC)
_ANSWER = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@contextmanager
def served_with(name: str, answer: bytes = _ANSWER) -> Iterator[str]:
    """Give an https address that shows a certificate, and then gives an answer."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_FOLDER / f"{name}.pem", _FOLDER / "key.pem")
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        thread = threading.Thread(target=_serve, args=(listening, context, answer))
        thread.start()
        try:
            yield f"https://127.0.0.1:{listening.getsockname()[1]}/"
        finally:
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(listening: socket.socket, context: ssl.SSLContext, answer: bytes) -> None:
    with suppress(OSError):
        while True:
            connection, _ = listening.accept()
            with connection, suppress(OSError), context.wrap_socket(connection, True) as secure:
                secure.recv(4096)
                secure.sendall(answer)


@pytest.mark.parametrize(
    ("name", "code", "word"),
    [
        ("expired", "certificate_time", "2026-03-14 15:20"),
        ("future", "certificate_time", "clock"),
        ("elsewhere", "certificate_host", "another site"),
        ("self-signed", "certificate_authority", "authority"),
    ],
)
def test_a_certificate_that_is_not_trusted_says_why(
    monkeypatch: pytest.MonkeyPatch, name: str, code: str, word: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(_FOLDER / "authority.pem"))
    with served_with(name) as url, Client(lambda: _NOW) as client:
        with pytest.raises(SiteUnreachable, match=code) as refused:
            client.get(url)
        assert word in sentence(refused.value, "en")


def test_an_authority_that_is_not_known_is_named_as_the_cause(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(_FOLDER / "self-signed.pem"))
    refused = pytest.raises(SiteUnreachable, match="certificate_authority")
    with served_with("valid") as url, Client(lambda: _NOW) as client, refused:
        client.get(url)


def test_a_certificate_that_is_trusted_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(_FOLDER / "authority.pem"))
    answered = pytest.raises(FetchError, match="http_status status=404")
    with served_with("valid") as url, Client(lambda: _NOW) as client, answered:
        client.get(url)


@pytest.mark.parametrize(("policy", "code"), [(PAGE, "moved_away"), (FEED, "moved_insecure")])
def test_what_is_asked_for_safely_never_leads_to_an_unsafe_address(
    monkeypatch: pytest.MonkeyPatch, policy: RequestPolicy, code: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(_FOLDER / "authority.pem"))
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.settimeout(0)
        address = f"127.0.0.1:{elsewhere.getsockname()[1]}"
        moved = f"HTTP/1.1 301 Moved\r\nLocation: http://{address}/rss\r\nConnection: close\r\n"
        answer = f"{moved}Content-Length: 0\r\n\r\n".encode()
        refused = pytest.raises(FetchError, match=code)
        with served_with("valid", answer) as url, Client(lambda: _NOW) as client, refused:
            client.get(url, policy=policy)
        with pytest.raises(BlockingIOError):
            elsewhere.accept()


def test_a_tunnel_through_a_proxy_is_as_safe_as_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(_FOLDER / "authority.pem"))
    answered = pytest.raises(FetchError, match="http_status status=404")
    refused = pytest.raises(SiteUnreachable, match="certificate_host")
    with served_with("elsewhere") as url, Proxy(url, tunnels=True) as proxy:
        environment = {"https_proxy": proxy.url}
        with Client(lambda: _NOW, environment=environment) as client:
            with answered:
                client.get("https://elders.invalid/")
            with refused:
                client.get("https://nieuws.invalid/")
        assert proxy.asked == ["CONNECT elders.invalid:443", "CONNECT nieuws.invalid:443"]
