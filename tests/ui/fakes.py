"""A library in memory with the real one's methods, and an edition to put in it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from reader.library import Library
from reader.model import (
    Article,
    Block,
    Counts,
    Dateline,
    Following,
    Headline,
    LastVisit,
    Mark,
    Section,
    SectionCount,
    Selection,
    Sighting,
    SyncState,
    Teaser,
)
from reader.store.reading import EVERYTHING

from .fake_searcher import FakeSearcher
from .stories import BODY, LEAD, STORIES

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SITE = "https://www.zeelandnet.nl/nieuws/"


def teaser(number: int) -> Teaser:
    """Return the teaser of item `number`, the higher the older."""
    title, section, places, agencies = STORIES[number % len(STORIES)]
    again = f" ({number // len(STORIES) + 1})" if number >= len(STORIES) else ""
    latest = NOW - timedelta(minutes=4 + 17 * number + number * number)
    width = timedelta(minutes=1) if number < 3 else timedelta(hours=1)
    return Teaser(
        f"{SITE}bericht-{number}",
        title + again,
        section,
        Dateline(places, agencies),
        LEAD,
        Sighting(latest - width, latest),
    )


def fresh(number: int, title: str = "Vers van de pers") -> Headline:
    """Return a headline of this number that has just come in."""
    return Headline(number, replace(teaser(0), title=title), NOW)


def article(of: Teaser, length: int = 3) -> Article:
    """Return an article with every kind of block, `length` times as long as the least."""
    blocks = [Block("paragraph", LEAD), Block("paragraph", BODY)]
    for number in range(length):
        blocks += [
            Block("heading", ("Onderzoek", "Gewonden", "Eerdere ongelukken")[number % 3]),
            Block("paragraph", BODY),
            Block("paragraph", "."),
            Block("quote", "‘Je hoorde het gieren en toen was het stil’, zegt een winkelier."),
            Block(
                "item",
                "Lijn 9 rijdt tot nader order niet verder dan het noordelijke eindpunt "
                "bij het stadspark.",
            ),
            Block("item", "Bussen vervangen de trams."),
            Block("paragraph", BODY + " " + LEAD),
        ]
    return Article(of, tuple(blocks), (), NOW)


class FakeLibrary(Library):
    """Headlines, articles and marks in memory; `loads` keeps what was loaded."""

    def __init__(
        self,
        headlines: Sequence[Headline] = (),
        articles: dict[int, Article] | None = None,
        related: dict[int, list[int]] | None = None,
        *,
        sample: bool = False,
    ) -> None:
        self.kept = {headline.id: headline for headline in headlines}
        self.articles = articles or {}
        self.relations = related or {}
        self.sample = sample
        self.loads: list[list[int]] = []
        self.written: list[tuple[str, int, bool]] = []
        self.other_process_wrote = False
        self.state = SyncState()
        self.places: dict[int, int] = {}
        self.visit: LastVisit | None = None
        self.finder = FakeSearcher(lambda: list(self.kept.values()))
        self.followed = {"Buitenland": True, "Sport": True, "Tholen": False}

    def bring(self, *headlines: Headline) -> None:
        """Put headlines at the top, as another process would."""
        self.kept = {item.id: item for item in headlines} | self.kept
        self.other_process_wrote = True

    def bring_article(self, headline_id: int, of: Article) -> None:
        """Put an article behind a headline, as another process would."""
        self.articles[headline_id] = of
        self.kept[headline_id] = replace(self.kept[headline_id], cached=True, failure=None)
        self.other_process_wrote = True

    def close(self) -> None:
        """Do nothing."""

    def ids(self, selection: Selection = EVERYTHING, limit: int | None = None) -> list[int]:
        """Return the selected numbers in the order they were given."""
        return [item.id for item in self.kept.values() if _selected(item, selection)][:limit]

    def counts(self, selection: Selection = EVERYTHING) -> Counts:
        """Count what is selected."""
        selected = [item for item in self.kept.values() if _selected(item, selection)]
        return Counts(len(selected), sum(not item.read for item in selected))

    def last_id(self) -> int:
        """Return the highest number."""
        return max(self.kept, default=0)

    def unread_among(self, ids: Sequence[int]) -> set[int]:
        """Return those of the numbers that are unread."""
        return {number for number in ids if number in self.kept and not self.kept[number].read}

    def headlines(self, ids: Sequence[int]) -> list[Headline]:
        """Return these headlines and note that they were asked for."""
        self.loads.append(list(ids))
        return [self.kept[number] for number in ids if number in self.kept]

    def find(self, url: str) -> int | None:
        """Return the number at `url`."""
        return next((item.id for item in self.kept.values() if item.teaser.url == url), None)

    def article(self, headline_id: int) -> Article | None:
        """Return the article if it is there."""
        return self.articles.get(headline_id)

    def related(self, headline_id: int) -> list[Headline]:
        """Return the related headlines."""
        return [self.kept[number] for number in self.relations.get(headline_id, [])]

    def sections(self) -> list[SectionCount]:
        """Return the sections in the order they are met."""
        names = dict.fromkeys(item.teaser.section for item in self.kept.values())
        counts = []
        for name in names:
            if name:
                items = [item for item in self.kept.values() if item.teaser.section == name]
                counts.append(SectionCount(name, len(items), sum(not item.read for item in items)))
        return counts

    def mark_read(self, headline_id: int, *, read: bool = True) -> None:
        """Set the read mark and note it."""
        self.written.append(("read", headline_id, read))
        if headline_id in self.kept:
            self.kept[headline_id] = replace(self.kept[headline_id], read=read)

    def mark_saved(self, headline_id: int, *, saved: bool = True) -> None:
        """Set the saved mark and note it."""
        self.written.append(("saved", headline_id, saved))
        self.kept[headline_id] = replace(self.kept[headline_id], saved=saved)

    def mark_all(self, mark: Mark, ids: Sequence[int], *, value: bool = True) -> list[int]:
        """Set or clear a mark of these."""
        changed = [each for each in ids if getattr(self.kept[each], mark) is not value]
        for each in changed:
            kept = self.kept[each]
            is_read = mark == "read"
            self.kept[each] = replace(kept, read=value) if is_read else replace(kept, saved=value)
        self.written += [(f"all {mark}", len(changed), value)]
        return changed

    def aside(self) -> "FakeLibrary":
        """Return itself."""
        return self

    def place(self, headline_id: int) -> int:
        """Return the place that was kept."""
        return self.places.get(headline_id, 0)

    def keep_place(self, headline_id: int, characters: int) -> None:
        """Keep a place."""
        self.places[headline_id] = characters

    def last_visit(self) -> LastVisit | None:
        """Return what was noted."""
        return self.visit

    def note_visit(self, visit: LastVisit) -> None:
        """Keep the visit."""
        self.visit = visit

    def sync_state(self) -> SyncState:
        """Return what was set."""
        return self.state

    def followings(self) -> list[Following]:
        """Return three sections."""
        return [
            Following(Section(name, f"{SITE}{name.lower()}"), followed)
            for name, followed in self.followed.items()
        ]

    def follow(self, name: str, followed: bool) -> None:
        """Keep the choice."""
        self.followed[name] = followed

    def count_uncached(self) -> int:
        """Count the headlines without an article."""
        return sum(not item.cached for item in self.kept.values())

    def searcher(self) -> FakeSearcher:  # type: ignore[override, unused-ignore]
        """Return the one searcher."""
        return self.finder

    def is_sample(self) -> bool:
        """Tell what was given."""
        return self.sample

    def changed(self) -> bool:
        """Tell it once."""
        changed, self.other_process_wrote = self.other_process_wrote, False
        return changed


def _selected(item: Headline, wanted: Selection) -> bool:
    text = f"{item.teaser.title} {item.teaser.summary} {item.teaser.dateline}".casefold()
    return (
        (wanted.section is None or item.teaser.section == wanted.section)
        and item.id > wanted.after
        and not (wanted.unread and item.read)
        and not (wanted.saved and not item.saved)
        and all(word in text for word in wanted.words.casefold().split())
    )


def edition(count: int = 36, *, sample: bool = False) -> FakeLibrary:
    """Return a library of `count` headlines, numbered from 1, every fifth without its article."""
    headlines = [
        Headline(
            number + 1,
            teaser(number),
            NOW,
            read=number % 4 == 3,
            saved=number % 9 == 4,
            cached=number % 5 != 4,
        )
        for number in range(count)
    ]
    articles = {item.id: article(item.teaser, item.id % 4) for item in headlines if item.cached}
    related = {
        item.id: [(item.id + 3 * step) % count + 1 for step in range(7)]
        for item in headlines
        if item.cached
    }
    return FakeLibrary(headlines, articles, related, sample=sample)
