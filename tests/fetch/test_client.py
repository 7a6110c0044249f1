"""The client's answers to every kind of response and failure, and the connections that it keeps."""

from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from threading import Event

import pytest

from reader.errors import FetchError
from reader.fetch import Client, Fetched, Unchanged
from reader.model import Validators
from tests.site.feeds import FeedHost, Reply

_NOW = datetime(2026, 3, 14, tzinfo=UTC)


def _client() -> Client:
    return Client(lambda: _NOW)


def test_a_client_that_was_closed_meanwhile_says_so_in_a_sentence() -> None:
    client = _client()
    with client:
        pass
    with pytest.raises(FetchError, match="run_ended"):
        client.get("http://127.0.0.1:9/nieuws")


def test_a_connection_stays_open_whatever_its_host_answers() -> None:
    replies: dict[str, str | bytes | Reply] = {
        "/nieuws": "<p>Er is een schip aangekomen.</p>",
        "/oud": Reply("Zie /nieuws.", 301, {"Location": "/nieuws"}),
        "/vol": Reply("Kom later terug.", 503),
        "/kapot": Reply("Er ging iets mis.", 500),
    }
    with FeedHost(replies) as host, _client() as client:
        page = client.get(host.url("/nieuws"))
        assert isinstance(page, Fetched)
        known = Validators(page.etag, page.modified, _NOW)
        for _ in range(2):
            assert isinstance(client.get(host.url("/nieuws"), known), Unchanged)
            assert isinstance(client.get(host.url("/oud")), Fetched)
            for path in ("/weg", "/vol", "/kapot"):
                with pytest.raises(FetchError):
                    client.get(host.url(path))
    assert host.connections == 1


def test_a_page_is_asked_for_again_where_the_open_connection_was_just_closed() -> None:
    # There is one for each connection.
    answered: list[BaseHTTPRequestHandler] = []

    def play(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = handler in answered
        if not handler.close_connection:
            answered.append(handler)
            handler.send_response(200)
            handler.send_header("Content-Length", "4")
            handler.end_headers()
            handler.wfile.write(b"Boot")

    with FeedHost({"/rss": Reply(play=play)}) as host, _client() as client:
        for _ in range(3):
            assert isinstance(client.get(host.url("/rss")), Fetched)
        assert host.connections == 3


def test_a_page_on_a_new_connection_is_asked_for_once() -> None:
    def play(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True

    with FeedHost({"/rss": Reply(play=play)}) as host, _client() as client:
        with pytest.raises(FetchError, match="connection_lost"):
            client.get(host.url("/rss"))
        assert host.connections == 1


def test_a_redirect_whose_body_never_comes_is_followed_all_the_same() -> None:
    released = Event()

    def play(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", "/nieuws")
        handler.send_header("Content-Length", "20")
        handler.end_headers()
        released.wait()
        handler.close_connection = True

    page = Reply("<p>Er is een schip aangekomen.</p>")
    with FeedHost({"/nieuws": page, "/oud": Reply(play=play)}) as host, _client() as client:
        found = client.get(host.url("/oud"))
        released.set()
    assert isinstance(found, Fetched)
    assert found.url.endswith("/nieuws")


def test_a_stray_body_of_an_unchanged_page_is_no_answer_to_the_next_request() -> None:
    def play(handler: BaseHTTPRequestHandler) -> None:
        body = b"Niets nieuws."
        handler.send_response(304)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    pages = {"/rss": Reply(play=play), "/nieuws": Reply("<p>Er is een schip aangekomen.</p>")}
    with FeedHost(pages) as host, _client() as client:
        for _ in range(2):
            known = Validators('"een"', None, _NOW)
            assert isinstance(client.get(host.url("/rss"), known), Unchanged)
            assert isinstance(client.get(host.url("/nieuws")), Fetched)


def test_of_a_long_refusal_little_is_read() -> None:
    sent = 0

    def play(handler: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        handler.send_response(404)
        handler.send_header("Content-Length", str(50_000_000))
        handler.end_headers()
        for _ in range(500):
            sent += handler.wfile.write(bytes(100_000))

    with (
        FeedHost({"/weg": Reply(play=play)}) as host,
        _client() as client,
        pytest.raises(FetchError, match="http_status"),
    ):
        client.get(host.url("/weg"))
    assert sent < 50_000_000
