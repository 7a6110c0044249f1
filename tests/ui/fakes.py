"""A library in memory with the real one's methods, and an edition to put in it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from reader.library import EVERYTHING, HeadlineQueries, MarkWriter
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


class FakeLibrary:
    """A store in memory, as `reader.library.Library` asks it; `loads` keeps what was loaded."""

    def __init__(
        self,
        headlines: Sequence[Headline] = (),
        articles: dict[int, Article] | None = None,
        related: dict[int, list[int]] | None = None,
        *,
        sample: bool = False,
    ) -> None:
        self.kept = {headline.id: headline for headline in headlines}
        self.bodies = articles or {}
        self.relations = related or {}
        self.sample = sample
        self.loads: list[list[int]] = []
        self.written: list[tuple[str, int, bool]] = []
        self.other_process_wrote = False
        self.state = SyncState()
        self.kept_places: dict[int, int] = {}
        self.visit: LastVisit | None = None
        self.finder = FakeSearcher(lambda: list(self.kept.values()))
        self.followed = {"Buitenland": True, "Sport": True, "Tholen": False}
        self.headlines: HeadlineQueries = FakeHeadlines(self)
        self.articles = FakeArticles(self)
        self.marks: MarkWriter = FakeMarks(self)
        self.visits = FakeVisits(self)
        self.sources = FakeSources(self)
        self.pages = FakePages(self)
        self.search = FakeSearch(self)

    def bring(self, *headlines: Headline) -> None:
        """Put headlines at the top, as another process would."""
        self.kept = {item.id: item for item in headlines} | self.kept
        self.other_process_wrote = True

    def bring_article(self, headline_id: int, of: Article) -> None:
        """Put an article behind a headline, as another process would."""
        self.bodies[headline_id] = of
        self.kept[headline_id] = replace(self.kept[headline_id], cached=True, failure=None)
        self.other_process_wrote = True

    def open_connection(self) -> "AbstractContextManager[FakeLibrary]":
        """Return itself."""
        return nullcontext(self)

    def changed(self) -> bool:
        """Tell it once."""
        changed, self.other_process_wrote = self.other_process_wrote, False
        return changed


class FakeHeadlines:
    """Lists and counts of the headlines of a fake."""

    def __init__(self, library: FakeLibrary) -> None:
        self._library = library

    def ids(self, selection: Selection = EVERYTHING, limit: int | None = None) -> list[int]:
        """Return the selected numbers in the order they were given."""
        kept = self._library.kept.values()
        return [item.id for item in kept if _selected(item, selection)][:limit]

    def counts(self, selection: Selection = EVERYTHING) -> Counts:
        """Count what is selected."""
        selected = [item for item in self._library.kept.values() if _selected(item, selection)]
        return Counts(len(selected), sum(not item.read for item in selected))

    def last_id(self) -> int:
        """Return the highest number."""
        return max(self._library.kept, default=0)

    def unread_among(self, ids: Sequence[int]) -> set[int]:
        """Return those of the numbers that are unread."""
        kept = self._library.kept
        return {number for number in ids if number in kept and not kept[number].read}

    def load(self, ids: Sequence[int]) -> list[Headline]:
        """Return these headlines and note that they were asked for."""
        self._library.loads.append(list(ids))
        return [self._library.kept[number] for number in ids if number in self._library.kept]

    def sections(self) -> list[SectionCount]:
        """Return the sections in the order they are met."""
        kept = self._library.kept.values()
        counts = []
        for name in dict.fromkeys(item.teaser.section for item in kept):
            if name:
                items = [item for item in kept if item.teaser.section == name]
                counts.append(SectionCount(name, len(items), sum(not item.read for item in items)))
        return counts

    def is_sample(self) -> bool:
        """Tell what was given."""
        return self._library.sample


class FakeArticles:
    """The articles of a fake, and where they were left."""

    def __init__(self, library: FakeLibrary) -> None:
        self._library = library

    def load(self, headline_id: int) -> Article | None:
        """Return the article if it is there."""
        return self._library.bodies.get(headline_id)

    def related(self, headline_id: int) -> list[Headline]:
        """Return the related headlines."""
        numbers = self._library.relations.get(headline_id, [])
        return [self._library.kept[number] for number in numbers]

    def place(self, headline_id: int) -> int:
        """Return the place that was kept."""
        return self._library.kept_places.get(headline_id, 0)

    def keep_place(self, headline_id: int, characters: int) -> None:
        """Keep a place."""
        self._library.kept_places[headline_id] = characters


class FakeMarks:
    """The marks of a fake; `written` of the library keeps what was set."""

    def __init__(self, library: FakeLibrary) -> None:
        self._library = library

    def set(self, mark: Mark, ids: Sequence[int], *, value: bool = True) -> list[int]:
        """Set or clear a mark of these and note it."""
        kept = self._library.kept
        changed = [each for each in ids if each in kept and getattr(kept[each], mark) is not value]
        for each in changed:
            is_read = mark == "read"
            kept[each] = (
                replace(kept[each], read=value) if is_read else replace(kept[each], saved=value)
            )
        one = len(ids) == 1
        self._library.written.append(
            (mark, ids[0], value) if one else (f"all {mark}", len(changed), value)
        )
        return changed


class FakeVisits:
    """The last visit of a fake."""

    def __init__(self, library: FakeLibrary) -> None:
        self._library = library

    def last(self) -> LastVisit | None:
        """Return what was noted."""
        return self._library.visit

    def note(self, visit: LastVisit) -> None:
        """Keep the visit."""
        self._library.visit = visit


class FakeSources:
    """Three sections, and the state of the site that was set."""

    def __init__(self, library: FakeLibrary) -> None:
        self._library = library

    def sync_state(self) -> SyncState:
        """Return what was set."""
        return self._library.state

    def followings(self) -> list[Following]:
        """Return three sections."""
        return [
            Following(Section(name, f"{SITE}{name.lower()}"), followed)
            for name, followed in self._library.followed.items()
        ]

    def follow(self, name: str, followed: bool) -> None:
        """Keep the choice."""
        self._library.followed[name] = followed


class FakePages:
    """What a fake knows of pages."""

    def __init__(self, library: FakeLibrary) -> None:
        self._library = library

    def count_uncached(self) -> int:
        """Count the headlines without an article."""
        return sum(not item.cached for item in self._library.kept.values())


class FakeSearch:
    """The search of a fake."""

    def __init__(self, library: FakeLibrary) -> None:
        self._library = library

    def open_searcher(self) -> FakeSearcher:
        """Return the one searcher."""
        return self._library.finder


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
