"""Real caches over one real folder: each machine has a home folder of its own."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from reader.config import Settings
from reader.exchange.engine import ExchangeResult
from reader.exchange.session import exchange
from reader.model import Headline, Teaser
from reader.store import Store
from tests.store.builders import ALL, NOON, linked, listing

_TWO = ("laptop", "desktop")


class Machine(Struct):
    """A machine with a cache of its own, and the folder as it sees it."""

    store: Store
    settings: Settings

    def bring(self, *teasers: Teaser, at: datetime = NOON) -> None:
        self.store.pages.add(listing(*teasers, fetched=at))

    def mark(self, title: str, at: datetime = NOON, *, value: bool = True) -> None:
        self.store.marks.set("read", [self.headline(title).id], at, value=value)

    def headline(self, title: str) -> Headline:
        (found,) = (
            each
            for each in self.store.headlines.load(self.store.headlines.ids(ALL))
            if each.teaser.title == title
        )
        return found

    def exchange(self, at: datetime = NOON) -> ExchangeResult:
        return exchange(self.store.devices, self.settings, at)

    def read_titles(self) -> set[str | None]:
        found = self.store.headlines.load(self.store.headlines.ids(ALL))
        return {each.teaser.title for each in found if each.read}

    def close(self) -> None:
        self.store.close()


def machine(home: Path, folder: Path, name: str = "laptop", *titles: str) -> Machine:
    """Return a machine at a home folder, with headlines of these titles."""
    home.mkdir(parents=True, exist_ok=True)
    settings = Settings(home / "cache.sqlite3", home / "config.toml")
    settings = replace(settings, sync_folder=str(folder), device_name=name)
    made = Machine(Store(settings.cache_path), settings)
    if titles:
        made.bring(*map(linked, titles))
    return made


@contextmanager
def two_machines(home: Path, folder: Path, *titles: str) -> Iterator[tuple[Machine, Machine]]:
    """Lend a laptop and a desktop over one folder, with headlines of these titles."""
    with ExitStack() as stack:
        laptop, desktop = (machine(home / name, folder, name, *titles) for name in _TWO)
        for each in (laptop, desktop):
            stack.callback(each.close)
        yield laptop, desktop
