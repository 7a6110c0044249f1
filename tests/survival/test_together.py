"""Two readers, syncs and a marking program on one cache: none of them fails."""

import random
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from reader.store import Store
from tests.site import Site, make_edition
from tests.survival.after import marks_of, require_sound, rows_of
from tests.survival.conftest import NOW
from tests.survival.kills import STORED, as_mark, make_news, told
from tests.survival.nursery import ForkedTerminal, Life, Nursery
from tests.survival.screens import FILTER, Row, Shown, is_in_list
from tests.terminal.conftest import wait_for

# The amount of work that is enough, however long a machine takes for it.
_SYNCS = 12
_ACTS = 40
_MARKS = 3
# Seconds between two syncs, and between two keys.
_SYNC_SECONDS = 1.0
_KEY_SECONDS = 0.05
_COMPLAINT = re.compile("locked|busy|cannot|damaged|is gone|took the cache|Traceback|error")
_ESCAPE = "\x1b[27u"
# F12 does nothing but end a key of several strokes.
_NO_KEY = "\x1b[24~"
_FIND = (_ESCAPE, FILTER, "bericht", "\r")
# Open, read on, the next unread one, a related one, back, move, sections, filter, search.
_WAYS = (
    *(("\r",), (" ",), ("n",), ("p",), ("\r", "\t", "l", "\r"), ("\r", " ", "b")),
    *(("j",), ("jj",), ("k",), ("G",), ("g",), ("]", "j", "["), ("]]", "k", "[[")),
    *(_FIND, (_ESCAPE, "/", "haven", "\r"), (_ESCAPE,)),
)


@dataclass
class Visitor:
    """One at a terminal, who saves the headlines whose last digit is in `share`."""

    terminal: ForkedTerminal
    share: str
    dice: random.Random
    shown: Shown = field(default_factory=Shown)
    complaints: list[str] = field(default_factory=list)
    acts: int = 0

    @property
    def own(self) -> set[str]:
        """Return the titles that were saved here."""
        return {title for title in self.shown.saved if title[-1] in self.share}

    @property
    def is_done(self) -> bool:
        """Tell whether enough was done."""
        marks = min(len(self.own), len(self.shown.read))
        return self.acts >= _ACTS and marks >= _MARKS

    def act(self) -> None:
        """Save the headline at the cursor, or go elsewhere."""
        self.acts += 1
        self._settle()
        at = self.look()
        if not is_in_list(self.terminal.screen()):
            self._go(self.dice.choice([("k",), ("h",), (_ESCAPE,)]))
        elif at is None:
            self._go(self.dice.choice([_FIND, self.dice.choice(_WAYS)]))
        elif at.saved or at.title[-1] not in self.share:
            self._go(self.dice.choice([("j",), self.dice.choice(_WAYS)]))
        else:
            self.terminal.press("s")
            wait_for(self.terminal, lambda _: at.title in self._saved(), f"{at.title} saved")

    def _settle(self) -> None:
        """Return when all that was pressed has been done: keys are answered in their order."""
        words = f"klaar{self.acts}"
        self.terminal.press(f"{_NO_KEY}/{words}")
        wait_for(self.terminal, lambda screen: words in screen, words)
        self.terminal.press(_ESCAPE)
        wait_for(self.terminal, lambda screen: words not in screen, "the screen before")

    def _go(self, way: tuple[str, ...]) -> None:
        for keys in way:
            self.terminal.press(keys)
            time.sleep(_KEY_SECONDS)

    def look(self) -> Row | None:
        """Take in the screen; return the row at the cursor."""
        screen = self.terminal.screen()
        self.complaints += filter(_COMPLAINT.search, screen.split("\n"))
        return self.shown.look(screen)

    def _saved(self) -> set[str]:
        self.look()
        return self.shown.saved


@dataclass
class Cron:
    """Syncs one after another, with a little more news for each."""

    nursery: Nursery
    data: Path
    site: Site
    done: list[Life] = field(default_factory=list)
    due: float = 0

    def act(self) -> None:
        """Begin the next sync if it is time and the last one has ended."""
        if time.monotonic() >= self.due and (not self.done or self.done[-1].has_ended()):
            self.due = time.monotonic() + _SYNC_SECONDS
            later = NOW + timedelta(minutes=len(self.done))
            self.site.edition = self.site.edition.later(later, 2, updated=1)
            self.begin()

    def begin(self) -> Life:
        """Begin a sync."""
        command = ("sync", "--events", "--site", self.site.url)
        self.done.append(self.nursery.run(self.data, *command, clock=NOW.isoformat()))
        return self.done[-1]


@contextmanager
def visiting(nursery: Nursery, data: Path, share: str, dice: random.Random) -> Iterator[Visitor]:
    """Lend a reader that shows its list."""
    terminal = ForkedTerminal(nursery, data, "--offline")
    try:
        wait_for(terminal, lambda screen: "Bericht" in screen, "the list")
        yield Visitor(terminal, share, dice)
    finally:
        terminal.close()


def test_two_readers_a_cron_sync_and_a_marker_share_a_cache(
    nursery: Nursery, path: Path, dice: random.Random
) -> None:
    data = path.parent
    numbers = make_news(path, 60)
    with Store(path) as cache:
        titles = {each.id: str(each.teaser.title) for each in cache.headlines.load(numbers)}
    marked = [number for number in numbers if titles[number][-1] in "89"]
    with (
        Site(make_edition(3, 12, NOW), clock=lambda: NOW) as site,
        visiting(nursery, data, "0123", dice) as first,
        visiting(nursery, data, "4567", dice) as second,
    ):
        cron = Cron(nursery, data, site)
        marker = nursery.start("mark", str(path), str(dice.random()), marked, ["saved"], 0.03)
        visitors = (first, second)
        while len(cron.done) < _SYNCS or not all(each.is_done for each in visitors):
            cron.act()
            for visitor in visitors:
                visitor.act()
        marker.kill()
        cron.done[-1].wait()
        cron.begin().wait()
        for visitor in (first, second):
            visitor.terminal.close()
            visitor.look()
    require_sound(path)
    assert [first.complaints, second.complaints, marker.err] == [[], [], ""]
    assert [(sync.wait(), sync.err) for sync in cron.done] == [(0, "")] * len(cron.done)
    _require_all_told(path, cron, {item.path for item in site.edition.items})
    _require_all_marks(path, titles, (first, second), marker)


def _require_all_told(path: Path, cron: Cron, items: set[str]) -> None:
    """Fail unless every article that was stored, or is on the site, is in the cache."""
    cached = {url for (url,) in rows_of(path, "SELECT url FROM items WHERE cached")}
    stored = {url for sync in cron.done for url in told(sync, STORED)}
    assert stored
    assert stored <= cached
    assert items <= {url.removeprefix(cron.site.url) for url in cached}


def _require_all_marks(
    path: Path, titles: dict[int, str], visitors: tuple[Visitor, ...], marker: Life
) -> None:
    """Fail unless all marks are there that were shown, or told of by the marker."""
    marks = marks_of(path)
    done = told(marker, r"done (\w+ \d+ \d)")
    begun = told(marker, r"begin (\w+ \d+ \d)")
    in_flight = dict(map(as_mark, begun[len(done) :]))
    for mark, value in dict(map(as_mark, done)).items():
        assert marks[mark] == value or mark in in_flight
    for visitor in visitors:
        assert visitor.own <= {titles[number] for number in titles if marks["saved", number]}
        assert visitor.shown.read <= {titles[number] for number in titles if marks["read", number]}
