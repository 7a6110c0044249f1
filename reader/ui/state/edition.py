"""The edition: a view of the library, its filter words, and their headlines."""

from array import array
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from reader.config import Opening
from reader.library import Library
from reader.model import Counts, Headline, LastVisit, SectionCount, Selection
from reader.ui import words
from reader.ui.state.rows import Dividing
from reader.ui.state.values import (
    Named,
    Opened,
    Tab,
    Tabs,
    View,
    ViewChoice,
    ViewStatus,
    place_of,
    views_of,
)
from reader.ui.typeset.text import clock_text

# More rows than the tallest terminal shows.
_BEGINNING = 256
# How many headlines are loaded first to find an unread one.
_NEARBY = 64


class Edition:
    """Asks the library for the chosen view; every method may raise ReaderError."""

    def __init__(self, library: Library, follow: Sequence[str] = ()) -> None:
        """Ask `library`; the sections named in `follow`, where there are any, come first."""
        self._library = library
        self._follow = {name.casefold() for name in follow}
        self._last_visit: LastVisit | None = None
        # What came in after the last visit, as a view; None where there was no visit.
        self._new: View | None = None
        self.view: View = views_of([])[0]
        self.words = ""
        self.ids: Sequence[int] = ()
        # How many headlines the list has: more than `ids` while only its beginning is read.
        self.total = 0
        # The headlines of the list that came in since catching up, newest first.
        self.fresh: Sequence[int] = ()
        # Later headlines have higher numbers; 0 is known where the cache held none at all.
        self._known = 0
        # Later ones that the reader went to or opened one by one.
        self._seen: set[int] = set()

    @property
    def selection(self) -> Selection:
        """Return what is asked for: the view, narrowed to the filter words."""
        return replace(self.view.selection, words=self.words)

    def open(self, opening: Opening, now: datetime) -> None:
        """Choose the view to open with, as the settings say; what is new only where it is some."""
        self._last_visit = self._library.visits.last()
        if self._last_visit is not None:
            clock = clock_text(self._last_visit.at, now)
            selection = Selection(after=self._last_visit.newest)
            self._new = View(words.say("view.new-since", clock=clock), selection)
        self.view = self.named(opening) or self._views_named()["all"]

    @property
    def has_visited(self) -> bool:
        """Tell whether the reader was used before, and so whether there is a last visit."""
        return self._last_visit is not None

    @property
    def holds_any(self) -> bool:
        """Tell whether the library held any headline when it was last read."""
        return self._known > 0

    def note_visit(self, now: datetime) -> None:
        """Store the time of this visit; headlines that were never shown stay new."""
        # The sample edition is not news, so the edition after it is not new.
        if self._known and not self._library.headlines.is_sample():
            self._library.visits.note(LastVisit(now, self._known))

    def read_beginning(self) -> None:
        """Read as much of the list as a terminal can show, which is quick for a long list, too."""
        self.ids = self._library.headlines.ids(self.selection, _BEGINNING)
        self.total = self._library.headlines.counts(self.selection).total
        if not self._known:
            self.catch_up()

    def read(self) -> None:
        """Read the numbers of the selected headlines anew."""
        # A fifth of the memory of a list.
        self.ids = array("q", self._library.headlines.ids(self.selection))
        self.total = len(self.ids)
        if not self._known:
            self.catch_up()
        elif self._library.headlines.last_id() > self._known:
            known, seen = self._known, self._seen
            self.fresh = [each for each in self.ids if each > known and each not in seen]
        else:
            self.fresh = ()

    def catch_up(self) -> None:
        """Count no headline that is in the cache by now as fresh any more."""
        self._known = self._library.headlines.last_id()
        self._seen.clear()
        self.fresh = ()

    def see(self, headline_id: int) -> None:
        """Count a headline as fresh no more, as the reader went to it or opened it."""
        if headline_id > self._known:
            self._seen.add(headline_id)
            self.fresh = [each for each in self.fresh if each != headline_id]

    def next_fresh(self, place: int) -> int | None:
        """Return the fresh headline below `place` in the list, else the first, else None."""
        fresh = set(self.fresh)
        below = (each for each in self.ids[place + 1 :] if each in fresh)
        return next(below, next(iter(self.fresh), None))

    def view_at(self, step: int) -> View:
        """Return the view that is `step` further on, round from the last to the first."""
        views = self._views()
        return views[(self._place_among(views) + step) % len(views)]

    def view_of_tab(self, place: int) -> View | None:
        """Return the view at `place` of the tabs, where there is one."""
        views = self._views()
        return views[place] if place < len(views) else None

    def tabs(self) -> Tabs:
        """Return the tabs of all views with what waits there: the unread, or what was saved."""
        choices = self.choices()
        tabs = (Tab(choice.view.name, _waiting(choice)) for choice in choices)
        return Tabs(tuple(tabs), self._place_among([choice.view for choice in choices]))

    def named(self, name: Named) -> View | None:
        """Return a view that is not a section; None for what is new where nothing is.

        Before there was a visit everything is new.
        """
        views = self._views_named()
        return views.get(name) or (None if self.has_visited else views["all"])

    def choices(self) -> list[ViewChoice]:
        """Return every view with its counts."""
        sections = self._sections()
        counts = {each.name: Counts(each.total, each.unread) for each in sections}
        return [
            ViewChoice(view, counts.get(view.selection.section or "")
                   or self._library.headlines.counts(view.selection))
            for view in views_of(sections, self._views_named().get("new"))
        ]  # fmt: skip

    def onward(self) -> ViewChoice | None:
        """Return where to read on when all of the view is read: the next section with unread.

        After what is not a section it is all that is unread. None where nothing is left to read.
        """
        section = self.view.selection.section
        if section is None:
            counts = self._library.headlines.counts(Selection(unread=True))
            return ViewChoice(self._views_named()["unread"], counts) if counts.unread else None
        sections = [each for each in self.choices() if each.view.selection.section]
        names = [each.view.selection.section for each in sections]
        place = names.index(section) + 1 if section in names else 0
        others = (*sections[place:], *sections[:place])
        return next((each for each in others if each.counts.unread), None)

    def _views_named(self) -> dict[Named, View]:
        all_, unread, saved, *_ = views_of([])
        views: dict[Named, View] = {"all": all_, "unread": unread, "saved": saved}
        return {"new": self._new, **views} if self._is_new() and self._new else views

    def _is_new(self) -> bool:
        visit = self._last_visit
        return visit is not None and self._library.headlines.last_id() > visit.newest

    def _views(self) -> tuple[View, ...]:
        return views_of(self._sections(), self._views_named().get("new"))

    def _sections(self) -> list[SectionCount]:
        sections = self._library.headlines.sections()
        if self._follow:
            sections.sort(key=lambda each: each.name.casefold() not in self._follow)
        return sections

    def _place_among(self, views: Sequence[View]) -> int:
        """Return the place of the present view; of a feed, that of its group."""
        if self.view in views:
            return views.index(self.view)
        section = self.view.selection.section if self.view.selection.source else None
        sections = [view.selection.section for view in views]
        return sections.index(section) if section in sections else 0

    def status(self) -> ViewStatus:
        """Return the view's name and counts."""
        counts = self._library.headlines.counts(self.view.selection)
        # A headline read in a list of unread ones stays in the list, and in its count.
        total = counts.total if self.words else self.total
        return ViewStatus(
            view=self.view.name,
            words=f"\\{self.words}" if self.words else "",
            shown=words.say("status.shown", count=self.total, total=total) if self.words else "",
            total=total,
            unread=counts.unread,
            fresh=len(self.fresh),
            sample=self._library.headlines.is_sample(),
        )

    def dividing(self, _now: datetime) -> Sequence[Dividing]:
        """Return the lines between the rows of the list: its days."""
        return ()

    def notice(self) -> str:
        """Return what an empty list says about what to do."""
        if self.words:
            total = self._library.headlines.counts(self.view.selection).total
            return words.say("empty.nothing-matches", total=total)
        if self.view.selection.unread:
            return words.say("empty.nothing-unread")
        if self.view.selection.after:
            return words.say("empty.nothing-new")
        if self.view.selection.saved:
            return words.say("empty.nothing-saved")
        return (
            words.say("empty.nothing-here")
            if self.view.selection.section
            else words.say("empty.no-headlines")
        )

    def headline(self, headline_id: int) -> Headline | None:
        """Return a headline as the cache has it now, or None where it is gone."""
        return next(iter(self._library.headlines.load([headline_id])), None)

    def opened(self, headline_id: int) -> Opened | None:
        """Return a headline with its article and related headlines, or None where it is gone."""
        headline = self.headline(headline_id)
        if headline is None:
            return None
        related = self._library.articles.related(headline_id)
        return Opened(
            headline,
            self._library.articles.load(headline_id),
            tuple(other for other in related if other.id != headline_id),
        )

    def unread_from(
        self,
        ids: Sequence[int],
        headline_id: int | None,
        place: int,
        step: int,
        *,
        cached: bool = False,
    ) -> int | None:
        """Return the nearest unread headline of `ids` after (step 1) or before (-1) a headline.

        Where `ids` no longer hold that headline, what stands at `place` counts as next. With
        `cached` only those count whose article is offline.
        """
        found = None if headline_id is None else place_of(headline_id, ids, place)
        if found is not None:
            place = found + max(step, 0)
        size = _NEARBY
        while place > 0 if step < 0 else place < len(ids):
            end = place + step * size
            block = ids[place:end] if step > 0 else ids[max(end, 0) : place][::-1]
            unread = self._library.headlines.unread_among(block, cached=cached)
            if unread:
                return next(other for other in block if other in unread)
            # Batches grow with the distance, so that a list in which much is read is soon done.
            place, size = end, 4 * size
        return None


def _waiting(choice: ViewChoice) -> int | None:
    """Return the count of a tab: unread or saved headlines; None where the bar shows it."""
    selection = choice.view.selection
    if selection == Selection():
        return None
    return choice.counts.total if selection.saved else choice.counts.unread
