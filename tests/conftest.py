"""Common to all tests: no network but loopback, and a home folder of its own for each."""

import gc
import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

# Allowed here, as otherwise every worker of every run would compile Hypothesis and all tests again.
sys.dont_write_bytecode = False

from hypothesis import HealthCheck, settings  # noqa: E402

from tests.measured import save_measured  # noqa: E402
from tests.store.template import copy_new_caches  # noqa: E402

_LOOPBACK = ("127.", "::1", "localhost")
# Where some platforms have files in memory, and the bytes that must be free there to use it.
_MEMORY, _ENOUGH = "/dev/shm", 2 << 30

# Writes that are to survive a power cut would take much of the time, on a disk.
if (
    "TMPDIR" not in os.environ
    and os.access(_MEMORY, os.W_OK)
    and shutil.disk_usage(_MEMORY).free > _ENOUGH
):
    os.environ["TMPDIR"] = tempfile.tempdir = _MEMORY

_numbers = count(1)

# Machines are noisy, so a slow example is no failure.
settings.register_profile(
    "explore", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
# The examples are the same in every run; those of `explore` are not.
settings.register_profile("tests", settings.get_profile("explore"), derandomize=True)
settings.load_profile("tests")


# `nohup`, and a shell that runs tests behind it, have signals ignored, and so would every program
# that a test starts. A handler does as little, but no program inherits it.
for _number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
    if signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, lambda *_: None)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Have garbage looked for seldom: in a fifth of their time screens would do only that."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 5, 20)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Keep the coverage of a worker, which is killed if it then takes ten seconds to end."""
    save_measured()


@pytest.fixture
def tmp_path(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Make a temporary folder, which stays if the test fails.

    Pytest's own reads the names of the folders of all tests before, for each test.
    """
    folder = tmp_path_factory.getbasetemp() / f"test-{next(_numbers)}"
    folder.mkdir()
    failed = request.session.testsfailed
    yield folder
    if request.session.testsfailed == failed:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a temporary home; nothing of the user's own environment reaches the program."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    for name in (
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "ZNREADER_DATA",
        "LC_ALL",
        "LC_MESSAGES",
        "NO_COLOR",
        "TEXTUAL_THEME",
        "TEXTUAL_ANIMATIONS",
        "COLUMNS",
        "LINES",
        "SSL_CERT_FILE",
        *(f"{kind}_proxy" for kind in ("http", "https", "all", "no")),
        *(f"{kind}_PROXY" for kind in ("HTTP", "HTTPS", "ALL", "NO")),
    ):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture(autouse=True)
def _sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test reach another machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if isinstance(address, tuple) and not str(host).startswith(_LOOPBACK):
            raise OSError(f"a test tried to reach {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _new_caches(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Create new caches from a copy, except for tests about their creation."""
    if request.node.get_closest_marker("real_creation") is None:
        copy_new_caches(monkeypatch)
