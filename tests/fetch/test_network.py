"""The network below httpcore: every step is limited, and nothing is imported in vain."""

import subprocess
import sys
import time

import httpcore
import pytest

from reader.fetch.network import Deadline, Network, Opened


def test_every_step_of_a_request_keeps_to_the_deadline() -> None:
    deadline = Deadline()
    deadline.at = time.monotonic() - 1
    limits = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), 15.0)}
    with httpcore.ConnectionPool(network_backend=Network(deadline, Opened())) as pool:
        # Without the deadline this would be a refused connection.
        with pytest.raises(httpcore.ReadTimeout):
            pool.request("GET", "http://127.0.0.1:9/", extensions=limits)
        deadline.at = float("inf")
        with pytest.raises(httpcore.ConnectError):
            pool.request("GET", "http://127.0.0.1:9/", extensions=limits)


def test_what_is_left_is_never_more_than_httpcore_wants() -> None:
    deadline = Deadline()
    assert deadline.left(None) == float("inf")
    assert deadline.left(15.0) == 15.0
    deadline.at = time.monotonic() - 1
    with pytest.raises(httpcore.ReadTimeout):
        deadline.left(15.0)


def test_httpcore_is_imported_without_its_asynchronous_half() -> None:
    code = "import reader.sync.engine, sys; print({'anyio', 'trio'} & sys.modules.keys())"
    run = [sys.executable, "-c", code]
    assert subprocess.run(run, capture_output=True, check=True, text=True).stdout == "set()\n"
