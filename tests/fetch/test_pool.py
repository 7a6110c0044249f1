"""The threads that request pages at the same time."""

from threading import Event
from typing import cast

from reader.errors import FetchError
from reader.fetch import Client, Pool, Request


class _Patient:
    """A client whose requests all wait until they are let go."""

    def __init__(self) -> None:
        self.released = Event()

    def get(self, *_arguments: object) -> object:
        self.released.wait()
        raise FetchError("http_status", status=404)


def test_no_more_than_sixteen_requests_are_under_way() -> None:
    client = _Patient()
    pool = Pool(cast("Client", client), 40)
    asked = 0
    while not pool.is_full:
        pool.ask(Request(f"http://haven.test/{asked}", allows=lambda _: True))
        asked += 1
    client.released.set()
    answers = [pool.answer() for _ in range(asked)]
    pool.close()
    assert asked == 16
    assert pool.under_way == 0
    assert len({each.request.url for each in answers if each}) == 16
