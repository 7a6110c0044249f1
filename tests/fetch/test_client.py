"""The client's answers to every kind of response and failure."""

from datetime import UTC, datetime

import pytest

from reader.errors import FetchError
from reader.fetch import Client


def test_a_client_that_was_closed_meanwhile_says_so_in_a_sentence() -> None:
    client = Client(lambda: datetime(2026, 3, 14, tzinfo=UTC))
    with client:
        pass
    with pytest.raises(FetchError, match="run_ended"):
        client.get("http://127.0.0.1:9/nieuws")
