"""A library in memory that implements the interface's protocol."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Literal

from msgspec.structs import replace

from reader.errors import ReaderError, Reason, reason
from reader.library import HeadlineQueries
from reader.model import (
    DEFAULT_SOURCE,
    EVERYTHING,
    Article,
    ChosenFeed,
    Counts,
    FeedName,
    FeedState,
    Following,
    Headline,
    LastVisit,
    MarkChange,
    Mute,
    Revision,
    SavedSearch,
    Section,
    SectionCount,
    Selection,
    SyncState,
)
from reader.store.mutes import mute_of
from reader.stories.digest import Digest, make_digest
from reader.text.query import parse_query
from reader.text.tags import tag_of_mark

from .fake_searcher import FakeSearcher

SITE = "https://www.zeelandnet.nl/nieuws/"


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
        self.kept_back: dict[int, Reason] = {}
        # Texts that were read and have changed since.
        self.older: dict[int, Article] = {}
        # All older texts, the newest first, where there are more.
        self.texts: dict[int, list[Article]] = {}
        self.visit: LastVisit | None = None
        # Why nothing can be stored.
        self.unwritable: ReaderError | None = None
        self.last_stamp = 0
        self.has_unsent_marks = False
        self.place_devices: dict[int, str] = {}
        self.devices = FakeDevices(self)
        self.finder = FakeSearcher(lambda: list(self.kept.values()))
        self.followed = {"Buitenland": True, "Sport": True, "Tholen": False}
        # The sections of other sources, by source and name.
        self.followed_elsewhere: dict[tuple[str, str], bool] = {}
        self.headlines: HeadlineQueries = FakeHeadlines(self)
        self.articles = FakeArticles(self)
        self.marks = FakeMarks(self)
        self.mutes = FakeMutes(self)
        self.searches = FakeSearches()
        self.visits = FakeVisits(self)
        self.sources = FakeSources(self)
        self.feeds = FakeFeeds()
        self.pages = FakePages(self)
        self.search = FakeSearch(self)
        self.stories = FakeStories(self)

    def bring(self, *headlines: Headline) -> None:
        """Put headlines at the top, as another process would."""
        self.kept = {item.id: item for item in headlines} | self.kept
        self.other_process_wrote = True

    def bring_article(self, headline_id: int, of: Article) -> None:
        """Put an article behind a headline, as another process would."""
        self.bodies[headline_id] = of
        self.kept[headline_id] = replace(self.kept[headline_id], cached=True, failure=None)
        self.other_process_wrote = True

    def obstacle(self) -> ReaderError | None:
        """Return what the test set."""
        return self.unwritable

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
        ids = [item.id for item in kept if self._selected(item, selection)]
        if selection.order == "oldest":
            ids.reverse()
        if selection.order == "unread":
            ids.sort(key=lambda number: self._library.kept[number].read)
        return ids[:limit]

    def find(self, url: str) -> int | None:
        """Return the headline at this address."""
        kept = self._library.kept.values()
        return next((item.id for item in kept if item.teaser.url == url), None)

    def tags(self) -> list[str]:
        """Return the tags of the headlines."""
        return sorted({tag for item in self._library.kept.values() for tag in item.tags})

    def _selected(self, item: Headline, wanted: Selection) -> bool:
        if wanted.muted or not (wanted.saved or wanted.tag):
            hidden = self._library.mutes.hides(item)
            return hidden is wanted.muted and _selected(item, wanted)
        return _selected(item, wanted)

    def other_reports(self, selection: Selection, stories: Mapping[int, int]) -> dict[int, int]:
        """Return the other selected reports of these stories."""
        if not stories:
            return {}
        found = self.stories(self.ids(selection))
        wanted = set(stories.values())
        return {
            each: story for each, story in found.items() if story in wanted and each not in stories
        }

    def stories(self, ids: Sequence[int]) -> dict[int, int]:
        """Return the stories of those of `ids` that are in one."""
        kept = self._library.kept
        stories = {each: kept[each].story for each in ids if each in kept}
        return {each: story for each, story in stories.items() if story is not None}

    def counts(self, selection: Selection = EVERYTHING) -> Counts:
        """Count what is selected."""
        kept = self._library.kept.values()
        selected = [item for item in kept if self._selected(item, selection)]
        return Counts(len(selected), sum(not item.read for item in selected))

    def last_id(self) -> int:
        """Return the highest number."""
        return max(self._library.kept, default=0)

    def unread_among(self, ids: Sequence[int], *, cached: bool = False) -> set[int]:
        """Return those of the numbers that are unread, and offline where that is wanted."""
        items = [self._library.kept[number] for number in ids if number in self._library.kept]
        hides = self._library.mutes.hides
        wanted = [item for item in items if item.cached >= cached and not hides(item)]
        return {item.id for item in wanted if not item.read}

    def moments(self, ids: Sequence[int]) -> dict[int, datetime]:
        """Return when these were published, else seen."""
        kept = self._library.kept
        items = [kept[number] for number in ids if number in kept]
        times = ((item.id, item.teaser.published) for item in items)
        return {number: time.latest if time else kept[number].seen for number, time in times}

    def load(self, ids: Sequence[int]) -> list[Headline]:
        """Return these headlines and note that they were asked for."""
        self._library.loads.append(list(ids))
        return [self._library.kept[number] for number in ids if number in self._library.kept]

    def sections(self) -> list[SectionCount]:
        """Return the sections in the order they are met."""
        hides = self._library.mutes.hides
        kept = [item for item in self._library.kept.values() if not hides(item)]
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

    def revision_read(self, headline_id: int) -> int:
        """Return the number of the text that was read, 0 if that is the present one."""
        older = self._library.older.get(headline_id)
        return self._texts(headline_id).index(older) + 1 if older else 0

    def revisions(self, headline_id: int) -> list[Revision]:
        """Return the older texts."""
        return [
            Revision(number, text.teaser.title, text.fetched, text.fetched)
            for number, text in enumerate(self._texts(headline_id), 1)
        ]

    def revision(self, headline_id: int, number: int) -> Article | None:
        """Return an older text, the newest of which was read last."""
        return next(iter(self._texts(headline_id)[number - 1 :]), None)

    def _texts(self, headline_id: int) -> list[Article]:
        older = self._library.older.get(headline_id)
        return self._library.texts.get(headline_id, [older] if older else [])

    def note_read(self, headline_id: int) -> None:
        """Forget the text that was read before."""
        self._library.older.pop(headline_id, None)

    def kept_back(self, headline_id: int) -> Reason | None:
        """Return why a newer text was not taken."""
        return self._library.kept_back.get(headline_id)

    def place(self, headline_id: int) -> int:
        """Return the place that was kept."""
        return self._library.kept_places.get(headline_id, 0)

    def keep_place(self, headline_id: int, characters: int, now: datetime) -> None:
        """Keep a place."""
        self._library.kept_places[headline_id] = characters


class FakeDevices:
    """A fake of the part for other machines."""

    def __init__(self, library: FakeLibrary) -> None:
        self._library = library

    def has_unsent(self) -> bool:
        """Return what the test says."""
        return self._library.has_unsent_marks

    def last_stamp(self) -> int:
        """Return what a test has set."""
        return self._library.last_stamp

    def place_device(self, headline_id: int) -> str | None:
        """Return what a test has set."""
        return self._library.place_devices.get(headline_id)


class FakeMarks:
    """The marks of a fake; `written` of the library keeps what was set."""

    def __init__(self, library: FakeLibrary) -> None:
        self._library = library
        self._done: list[MarkChange] = []
        self.failure: ReaderError | None = None

    def set(
        self,
        mark: str,
        ids: Sequence[int],
        _now: datetime,
        *,
        value: bool = True,
        logged: bool = True,
    ) -> list[int]:
        """Set or clear a mark of these and note it, or raise `failure`."""
        if self.failure:
            raise self.failure
        kept = self._library.kept
        changed = [each for each in ids if each in kept and _has(kept[each], mark) is not value]
        for each in changed:
            kept[each] = _with(kept[each], mark, value=value)
        if changed and logged:
            self._done.append(MarkChange(mark, value, tuple(changed)))
        one = len(ids) == 1
        self._library.written.append(
            (mark, ids[0], value) if one else (f"all {mark}", len(changed), value)
        )
        return changed

    def undo(self, now: datetime) -> MarkChange | None:
        """Undo the last change."""
        if not self._done:
            return None
        change = self._done.pop()
        self.set(change.mark, change.ids, now, value=not change.value, logged=False)
        return change


def _has(headline: Headline, mark: str) -> bool:
    tag = tag_of_mark(mark)
    return tag in headline.tags if tag is not None else bool(getattr(headline, mark))


def _with(headline: Headline, mark: str, *, value: bool) -> Headline:
    tag = tag_of_mark(mark)
    if tag is not None:
        others = tuple(each for each in headline.tags if each != tag)
        return replace(headline, tags=(*others, tag) if value else others)
    if mark == "read":
        return replace(headline, read=value)
    return replace(headline, saved=value)


class FakeMutes:
    """A fake of mutes: headlines with a word in their title, or of a section."""

    def __init__(self, library: FakeLibrary) -> None:
        self._library = library
        self.rules: list[Mute] = []

    def hides(self, item: Headline) -> bool:
        """Tell whether a headline is muted."""
        title, section = (item.teaser.title or "").casefold(), item.teaser.section
        return any(
            each.name == section if each.kind == "section" else each.name.casefold() in title
            for each in self.rules
        )

    def all(self) -> list[Mute]:
        """Return what is muted."""
        return list(self.rules)

    def add(self, written: str) -> Mute | None:
        """Mute it."""
        mute = mute_of(written)
        if mute is not None:
            self.rules.append(mute)
        return mute

    def remove(self, written: str) -> bool:
        """Mute it no longer."""
        before = len(self.rules)
        mute = mute_of(written)
        self.rules = [each for each in self.rules if mute is None or each.name != mute.name]
        return len(self.rules) < before

    def adopt(self, written: Sequence[str]) -> bool:
        """Mute what the settings have."""
        for each in written:
            self.add(each)
        return bool(written)


class FakeSearches:
    """The saved searches of a fake."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def all(self) -> list[SavedSearch]:
        """Return them."""
        return [SavedSearch(*each) for each in self.kept.items()]

    def save(self, name: str, query: str) -> SavedSearch | None:
        """Keep one."""
        self.kept[name] = query
        return SavedSearch(name, query)

    def forget(self, name: str) -> bool:
        """Drop one."""
        return self.kept.pop(name, None) is not None


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
        """Return three sections, and those of other sources."""
        own = [
            Following(Section(name, f"{SITE}{name.lower()}"), followed)
            for name, followed in self._library.followed.items()
        ]
        others = [
            Following(Section(name, f"https://{source}.test/{name.lower()}", source), followed)
            for (source, name), followed in self._library.followed_elsewhere.items()
        ]
        return own + others

    def follow(self, name: str, followed: bool, source: str = DEFAULT_SOURCE) -> None:
        """Keep the choice."""
        if source == DEFAULT_SOURCE:
            self._library.followed[name] = followed
        else:
            self._library.followed_elsewhere[source, name] = followed


class FakeFeeds:
    """The feeds of a fake: what was set of them, and the list that was kept."""

    def __init__(self) -> None:
        self.known: list[FeedState] = []
        self.kept: str | None = None
        self.texts: dict[int, Literal["feed", "page"]] = {}
        self.chosen: list[tuple[str, str]] = []
        self.reasons: dict[int, Reason] = {}
        self.described: list[FeedName] = []
        self.left: list[str] = []

    def states(self) -> list[FeedState]:
        """Return what was set."""
        return self.known

    def state(self, source: str) -> FeedState | None:
        """Return what was set for one feed."""
        return next((each for each in self.known if each.source == source), None)

    def describe(self, names: Iterable[FeedName]) -> None:
        """Note it."""
        self.described += names

    def unfollow(self, source: str) -> None:
        """Note it."""
        self.left.append(source)

    def kept_list(self) -> str | None:
        """Return the list that is kept."""
        return self.kept

    def note_list(self, feeds: Sequence[tuple[str, bool]]) -> None:
        """Note nothing: no other machine is told."""

    def choices(self) -> list[ChosenFeed]:
        """Return nothing: no other machine tells anything."""
        return []

    def change_list(self, change: Callable[[str | None], str | None]) -> None:
        """Keep what the change makes of the list."""
        self.kept = change(self.kept)

    def shown(self, item: int) -> Literal["feed", "page"] | None:
        """Return what was set."""
        return self.texts.get(item)

    def kept_because(self, item: int) -> Reason | None:
        """Return what was set."""
        return self.reasons.get(item)

    def choose(self, url: str, text: Literal["feed", "page"]) -> bool:
        """Note it."""
        self.chosen.append((url, text))
        return True


class FakePages:
    """A fake of the part for pages."""

    def __init__(self, library: FakeLibrary) -> None:
        self._library = library

    def count_uncached(self) -> int:
        """Count the headlines without an article."""
        return sum(not item.cached for item in self._library.kept.values())


class FakeSearch:
    """The search of a fake."""

    def __init__(self, library: FakeLibrary) -> None:
        self._library = library

    def doubts(self, query: str, now: datetime) -> tuple[Reason, ...]:
        """Return the parts of the query that mean nothing, and its sources, as if none existed."""
        parsed = parse_query(f"{query} ", now)
        return (*parsed.doubts, *(reason("unknown_source", source=each) for each in parsed.sources))

    def open_searcher(self) -> FakeSearcher:
        """Return the one searcher."""
        return self._library.finder


class FakeStories:
    """The stories of a fake, by the numbers that its headlines have."""

    def __init__(self, library: FakeLibrary) -> None:
        self._library = library
        self._watched: set[int] = set()
        self.pending = False
        # Similar reports by headline, and the headlines they were asked for.
        self.similar: dict[int, list[int]] = {}
        self.looked_at: list[int] = []
        self._before: list[dict[int, int | None]] = []

    def is_pending(self) -> bool:
        """Tell what was set."""
        return self.pending

    def reports(self, story: int) -> list[int]:
        """Return the reports in the order of the headlines."""
        return [item.id for item in self._library.kept.values() if item.story == story]

    def related(self, item: int) -> list[int]:
        """Return what was set."""
        self.looked_at.append(item)
        return self.similar.get(item, [])

    def _put(self, items: Sequence[int], story: int | None) -> None:
        kept = self._library.kept
        self._before.append({each: kept[each].story for each in items})
        for each in items:
            kept[each] = replace(kept[each], story=story)

    def split(self, items: Sequence[int]) -> list[int]:
        """Take them out."""
        self._put(items, None)
        return list(items)

    def join(self, items: Sequence[int]) -> int | None:
        """Join them."""
        numbers = [self._library.kept[each].story for each in items]
        story = next((number for number in numbers if number is not None), 1)
        self._put(items, story)
        return story

    def undo(self) -> list[int]:
        """Put the last ones back."""
        before = self._before.pop()
        for each, story in before.items():
            self._library.kept[each] = replace(self._library.kept[each], story=story)
        return list(before)

    def watch(self, story: int, *, value: bool = True) -> None:
        """Keep the choice."""
        (self._watched.add if value else self._watched.discard)(story)

    def watched(self) -> list[int]:
        """Return the chosen ones."""
        return sorted(self._watched)

    def digest(
        self,
        until: datetime,
        *,
        since: datetime | None = None,
        visit: LastVisit | None = None,
        section: str | None = None,
        source: str | None = None,
        limit: int | None = None,
    ) -> Digest:
        """Return a digest of everything, or of what is newer than a visit."""
        kept = list(self._library.kept.values())
        numbers = dict.fromkeys(item.story for item in kept if item.story is not None)
        stories = {number: [each for each in kept if each.story == number] for number in numbers}
        among = [each.id for each in kept if source is None or source in each.source.casefold()]
        after = visit.newest if visit and since is None else 0
        return make_digest(
            since or (visit.at if visit else until),
            until,
            [each for each in kept if each.id > after],
            stories,
            section=section,
            among=among,
            limit=limit,
            is_since_visit=since is None and visit is not None,
        )


def _moment(item: Headline) -> datetime:
    return item.teaser.published.latest if item.teaser.published else item.seen


def _selected(item: Headline, wanted: Selection) -> bool:
    text = f"{item.teaser.title} {item.teaser.summary} {item.teaser.dateline}".casefold()
    return (
        (wanted.section is None or item.teaser.section == wanted.section)
        and item.id > wanted.after
        and (wanted.before is None or _moment(item) < wanted.before)
        and not (wanted.cached and not item.cached)
        and (not wanted.tag or wanted.tag in item.tags)
        and wanted.query.casefold() in text
        and not (wanted.unread and item.read)
        and not (wanted.saved and not item.saved)
        and all(word in text for word in wanted.words.casefold().split())
    )
