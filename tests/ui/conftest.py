"""An application with a library in memory, in a fixed environment."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual._styles_cache import StylesCache

from reader.config import Settings
from reader.store import Store
from reader.sync.child_process import Child
from reader.ui import wording
from reader.ui.app import ReaderApp
from reader.ui.commands.key_map import apply_keys
from reader.ui.textual_compat import save_work

from .clock import Clock
from .fake_child import FakeChild
from .fakes import NOW
from .parsed_styles import keep_parsed_styles
from .quiet import wait_well

MakeApp = Callable[..., ReaderApp]

# As the program does before it makes an application.
save_work()


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clear what a developer's terminal may set and pictures depend on."""
    for name in ("NO_COLOR", "TEXTUAL_THEME", "TEXTUAL_ANIMATIONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    wording.set_language("en")


@pytest.fixture(autouse=True)
def _own_keys() -> Iterator[None]:
    """Give no keys of a test's settings to the tests after it, of whatever folder."""
    yield
    apply_keys({})


@pytest.fixture(autouse=True)
def _no_dead_screens() -> Iterator[None]:
    """Let go of a test's screens: Textual keeps what the last thousand widgets have drawn.

    Each search for garbage would go through all of it.
    """
    yield
    StylesCache.get_inner_outer.cache_clear()


@pytest.fixture(autouse=True)
def _waits(monkeypatch: pytest.MonkeyPatch) -> None:
    wait_well(monkeypatch)
    keep_parsed_styles(monkeypatch)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Hold the screen's time, which passes as the test says."""
    clock = Clock()
    clock.hold(monkeypatch)
    return clock


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings that point nowhere a user has files, and sync on a key only."""
    return Settings(tmp_path / "cache.sqlite3", tmp_path / "config.toml", language="en", sync="key")


@pytest.fixture
def make_app(settings: Settings) -> MakeApp:
    """Return a maker of applications on a library, at a fixed moment."""

    def make(
        library: Store, child: Child | None = None, *, empty: bool = False, **changes: object
    ) -> ReaderApp:
        changed = replace(settings, **changes)
        return ReaderApp(library, changed, lambda: NOW, child or FakeChild(), empty=empty)

    return make
