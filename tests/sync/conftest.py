"""A cache, a client and a clock for runs with the stand-in site."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.config import Settings
from reader.events import Done, Event
from reader.fetch import PAGE, Client, RequestPolicy, hosts
from reader.fetch.client import Fetched, Limits, Unchanged
from reader.fetch.hosts import HostState
from reader.model import Headline, Validators
from reader.store import Store
from reader.sync.engine import Plan, sync
from tests.patience import PATIENCE
from tests.site import Edition, Site, make_edition

NOW = datetime(2026, 3, 14, 15, 20, tzinfo=UTC)
# No machine is so slow that an answer takes this long.
PATIENT = Limits(page=PATIENCE, connect=PATIENCE, read=PATIENCE)
# Short limits for a page, its next byte, and a connection.
SHORT_PAGE = Limits(page=2.0, connect=PATIENCE, read=PATIENCE)
SHORT_READ = Limits(page=PATIENCE, connect=PATIENCE, read=1.0)
SHORT_CONNECT = Limits(page=PATIENCE, connect=1.0, read=PATIENCE)


class _Client(Client):
    """Waits for some addresses no longer than the limits that each has."""

    def __init__(
        self, now: Callable[[], datetime], limits: Limits, short: Mapping[str, Limits]
    ) -> None:
        super().__init__(now, limits)
        self._short = {url: Client(now, each) for url, each in short.items()}

    def __exit__(self, *_error: object) -> None:
        super().__exit__()
        for each in self._short.values():
            each.__exit__()

    def get(
        self,
        url: str,
        asked: Validators | None = None,
        allows: Callable[[str], bool] | None = None,
        policy: RequestPolicy = PAGE,
    ) -> Fetched | Unchanged:
        if short := self._short.get(url):
            return short.get(url, asked, allows, policy)
        return super().get(url, asked, allows, policy)


@dataclass
class Reader:
    """One reader's cache and settings, with a clock that the test sets."""

    library: Store
    settings: Settings
    now: datetime = NOW
    events: list[Event] = field(default_factory=list)
    limits: Limits = PATIENT
    # Those of some addresses.
    short: dict[str, Limits] = field(default_factory=dict)

    def sync(self, plan: Plan | None = None) -> Done:
        """Run over the site; the events are kept."""
        with _Client(lambda: self.now, self.limits, self.short) as client:
            self.events = list(sync(self.library, client, self.settings, plan))
        done = self.events[-1]
        assert isinstance(done, Done)
        return done

    def headlines(self) -> list[Headline]:
        """Return all cached headlines, newest first."""
        return self.library.headlines.load(self.library.headlines.ids())

    def headline(self, path: str) -> Headline:
        """Return the cached headline whose address ends in `path`."""
        return next(each for each in self.headlines() if (each.teaser.url or "").endswith(path))

    def later(self, **more: float) -> None:
        """Let time pass."""
        self.now += timedelta(**more)

    def change(self, **settings: object) -> None:
        """Change the settings."""
        self.settings = replace(self.settings, **settings)


class Turns:
    """The time of the hosts of a run: it passes when one waits; notes when requests begin."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        self.begun: list[float] = []
        begin = HostState.begin

        def noted(host: HostState) -> None:
            begin(host)
            self.begun.append(self.now)

        monkeypatch.setattr(HostState, "begin", noted)
        monkeypatch.setattr(hosts, "time", self)

    def monotonic(self) -> float:
        """Return the time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


@pytest.fixture
def edition() -> Edition:
    """Return a small edition."""
    return make_edition(7, 24, NOW)


@pytest.fixture
def site(edition: Edition) -> Iterator[Site]:
    """Run the stand-in with the small edition."""
    with Site(edition, clock=lambda: NOW) as running:
        yield running


@pytest.fixture
def reader(site: Site, tmp_path: Path) -> Iterator[Reader]:
    """Return a reader with an empty cache, who reads the stand-in."""
    with Store(tmp_path / "cache.sqlite3") as library:
        settings = Settings(tmp_path / "cache.sqlite3", tmp_path / "config.toml", f"{site.url}/")
        yield Reader(library, settings)
