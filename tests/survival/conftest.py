"""The nursery of a worker; the one long test runs before all others."""

import os
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.survival.nursery import Nursery

NOW = datetime(2026, 3, 14, 15, 20, tzinfo=UTC)
_LONG = "test_together.py"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what mostly waits begin first, so that it ends while others still run."""
    items.sort(key=lambda item: item.path.name != _LONG)


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """Return where children are started."""
    with Nursery(tmp_path_factory.mktemp("nursery")) as nursery:
        yield nursery


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return the folder of this test's cache; nothing is there yet."""
    return tmp_path / "data"


@pytest.fixture
def path(data: Path) -> Path:
    """Return this test's cache file; nothing is there yet."""
    return data / "cache.sqlite3"


@pytest.fixture
def dice() -> random.Random:
    """Return dice whose seed a failure tells."""
    seed = os.environ.get("ZNREADER_SEED") or str(time.time_ns())
    print(f"ZNREADER_SEED={seed}")
    return random.Random(seed)  # noqa: S311 - repeatable moments, no secret
