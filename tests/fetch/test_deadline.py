"""A canary: httpx still has the private network backend that a deadline replaces."""

import subprocess
import sys
import time

import httpcore
import httpx
import pytest

from reader.fetch.deadline import Deadline, DeadlineTransport


def test_every_step_of_a_request_keeps_to_the_deadline() -> None:
    deadline = Deadline()
    deadline.at = time.monotonic() - 1
    with httpx.Client(transport=DeadlineTransport(deadline, httpx.Limits())) as client:
        # Without the deadline this would be a refused connection.
        with pytest.raises(httpx.ReadTimeout):
            client.get("http://127.0.0.1:9/")
        deadline.at = float("inf")
        with pytest.raises(httpx.ConnectError):
            client.get("http://127.0.0.1:9/")


def test_what_is_left_is_never_more_than_httpx_wants() -> None:
    deadline = Deadline()
    assert deadline.left(None) == float("inf")
    assert deadline.left(15.0) == 15.0
    deadline.at = time.monotonic() - 1
    with pytest.raises(httpcore.ReadTimeout):
        deadline.left(15.0)


def test_httpx_is_imported_without_its_command_line() -> None:
    code = "import reader.sync.engine, sys; print({'click', 'rich'} & sys.modules.keys())"
    run = [sys.executable, "-c", code]
    assert subprocess.run(run, capture_output=True, check=True, text=True).stdout == "set()\n"
