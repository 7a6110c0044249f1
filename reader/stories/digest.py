"""The digest of new reports: stories, the most reported first, then single reports by section."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from reader.model import DEFAULT_SOURCE, Headline
from reader.stories.changes import sentences
from reader.text.dates import SITE_ZONE
from reader.text.sanitize import clean_line

# A weekday within this time is the last one of its name.
_WEEK = timedelta(days=6)


class DigestReport(Struct, frozen=True):
    """A report of a digest: whether it is new, and whether it changed since it was read."""

    headline: Headline
    is_new: bool
    has_changed: bool


class DigestStory(Struct, frozen=True):
    """A story with new reports: all its reports, the newest first.

    `elsewhere` counts its reports of other sections and sources, which are left out of a digest of
    one section or source.
    """

    number: int
    reports: tuple[DigestReport, ...]
    elsewhere: int = 0

    @property
    def newest(self) -> Headline:
        """Return the newest report."""
        return self.reports[0].headline

    @property
    def lead(self) -> str:
        """Return the first sentence of the newest report's lead, "" where it has none."""
        return lead_of(self.newest)

    @property
    def new(self) -> int:
        """Return the number of new reports."""
        return sum(each.is_new for each in self.reports)

    @property
    def total(self) -> int:
        """Return the number of reports of the story, including those left out."""
        return len(self.reports) + self.elsewhere

    @property
    def unread(self) -> int:
        """Return the number of unread reports."""
        return sum(not each.headline.read for each in self.reports)

    @property
    def sections(self) -> tuple[str, ...]:
        """Return the sections of the reports, each once."""
        return _each_once(each.headline.teaser.section for each in self.reports)

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the names of the sources of the reports, each once."""
        return _each_once(each.headline.source for each in self.reports)

    @property
    def places(self) -> tuple[str, ...]:
        """Return the places of the reports' datelines, each once."""
        datelines = (each.headline.teaser.dateline for each in self.reports)
        return _each_once(place for line in datelines if line for place in line.places)


class Counted(Struct, frozen=True):
    """The numbers of new reports, of stories with new reports, and of new single reports."""

    reports: int
    stories: int
    singles: int


class Digest(Struct, frozen=True):
    """The reports that came in since a moment: stories, then single reports.

    `left_out` counts those beyond a limit, and `counted` all of them. `is_since_visit` is true
    if the moment is the last visit.
    """

    since: datetime
    until: datetime
    stories: tuple[DigestStory, ...]
    singles: tuple[DigestReport, ...]
    counted: Counted
    left_out: int = 0
    is_since_visit: bool = False


def begin_of(digest: Digest) -> tuple[date, time | None]:
    """Return the day and the time on this machine since when a digest has news.

    A day that was asked for begins where the site is; it has no time.
    """
    there = digest.since.astimezone(SITE_ZONE)
    if not digest.is_since_visit and there.time() == time():
        return there.date(), None
    here = digest.since.astimezone()
    return here.date(), here.time()


def is_recent(digest: Digest) -> bool:
    """Tell whether the name of a weekday alone says since when a digest has news."""
    return digest.until - digest.since < _WEEK


def make_digest(
    since: datetime,
    until: datetime,
    new: Iterable[Headline],
    stories: Mapping[int, Sequence[Headline]],
    *,
    changed: frozenset[int] = frozenset(),
    section: str | None = None,
    among: Collection[int] | None = None,
    limit: int | None = None,
    is_since_visit: bool = False,
) -> Digest:
    """Return the digest of new headlines; `stories` has all reports of each story, newest first.

    If `section` or `among` is given, only headlines of that section or from those sources count.
    """

    def is_wanted(headline: Headline) -> bool:
        own = headline.teaser.section or ""
        is_here = section is None or own.casefold() == section.casefold()
        return is_here and (among is None or headline.id in among)

    coming = {each.id: each for each in new if is_wanted(each)}

    def report_of(headline: Headline) -> DigestReport:
        return DigestReport(headline, headline.id in coming, headline.id in changed)

    found = []
    for number in dict.fromkeys(each.story for each in coming.values() if each.story is not None):
        reports = stories[number]
        here = tuple(report_of(each) for each in reports if is_wanted(each))
        found.append(DigestStory(number, here, len(reports) - len(here)))
    # The sort is stable: of stories with as many new reports, that with the newest comes first.
    found.sort(key=lambda each: -each.new)
    alone = [report_of(each) for each in coming.values() if each.story is None]
    alone.sort(key=lambda each: (each.headline.teaser.section or "\uffff").casefold())
    counted = Counted(len(coming), len(found), len(alone))
    kept = found if limit is None else found[:limit]
    singles = alone if limit is None else alone[: max(0, limit - len(kept))]
    left_out = len(found) + len(alone) - len(kept) - len(singles)
    return Digest(since, until, tuple(kept), tuple(singles), counted, left_out, is_since_visit)


def lead_of(headline: Headline) -> str:
    """Return the first sentence of a headline's summary, "" where it has none."""
    return next(iter(sentences(headline.teaser.summary)), "")


def feed_names(sources: Iterable[str]) -> list[str]:
    """Return the names of the sources that are feeds."""
    return [clean_line(name) for name in sources if name != DEFAULT_SOURCE]


def title_with_feed(headline: Headline) -> str:
    """Return the title of a report, and in parentheses the feed that it is from."""
    title = clean_line(headline.teaser.title or headline.teaser.summary)
    return " ".join([title, *(f"({name})" for name in feed_names([headline.source]))])


def _each_once(texts: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
