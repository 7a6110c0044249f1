"""An application on a library in memory, in surroundings that do not vary."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from reader.config import Settings
from reader.library import Library
from reader.ui.app import ReaderApp

from .fakes import NOW

MakeApp = Callable[..., ReaderApp]


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clear what a developer's terminal may set and pictures depend on."""
    for name in ("NO_COLOR", "TEXTUAL_THEME", "TEXTUAL_ANIMATIONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings that point nowhere a user has files."""
    return Settings(tmp_path / "cache.sqlite3", tmp_path / "config.toml")


@pytest.fixture
def make_app(settings: Settings) -> MakeApp:
    """Return a maker of applications on a library, at a fixed moment."""

    def make(
        library: Library, load_sample: Callable[[], Awaitable[None]] | None = None
    ) -> ReaderApp:
        return ReaderApp(library, settings, lambda: NOW, load_sample)

    return make
