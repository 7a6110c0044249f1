"""The edition: a view of the library, its filter words, and their headlines."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from reader.config import Opening
from reader.library import Library
from reader.model import Counts, Headline, LastVisit, Order, SectionCount, Selection
from reader.ui import wording
from reader.ui.state.folding import Fold, Folded, fold
from reader.ui.state.last_place import LastPlace
from reader.ui.state.values import (
    CursorPlace,
    Named,
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
# Fewer than one headline in so many is few.
_FEW = 4
# The headlines of a saved search are counted up to this limit.
_MOST_FOUND = 1_000
# The older reports of an open story that are shown at first, and at each wish for more.
_MOST_MEMBERS = 6
# How many headlines are loaded first to find an unread one.
_NEARBY = 64


class Edition:
    """Asks the library for the chosen view; every method may raise ReaderError."""

    def __init__(
        self,
        library: Library,
        follow: Sequence[str] = (),
        *,
        now: Callable[[], datetime] | None = None,
        ordering: Order = "newest",
        apart: bool = False,
    ) -> None:
        """Ask `library`; the sections named in `follow`, where there are any, come first.

        Times in a saved search are relative to the moment `now`. Reports of a story are shown
        `apart`, or together.
        """
        self._now = now
        self.ordering: Order = ordering
        # The headlines at the top in the order with unread first; they stay there once read.
        self._first: set[int] = set()
        self._first_of: Selection | None = None
        # The headlines of each saved search when it was last read, at most `_MOST_FOUND`.
        self._found: dict[View, Sequence[int]] = {}
        self._library = library
        self._follow = {name.casefold() for name in follow}
        self._last_visit: LastVisit | None = None
        # The view of the headlines that came in after the last visit; None if there was none.
        self._new: View | None = None
        # Whether that view has a tab: news that comes in must not move the tabs by itself.
        self._new_has_tab = False
        self.view: View = views_of([])[0]
        # Where the cursor was at the last end, in the view that was chosen to open with.
        self._left_at: CursorPlace | None = None
        self.words = ""
        # How many older reports are shown of each open story, and whether all are shown apart.
        self._opened_stories: dict[int, int] = {}
        self.apart = apart
        self.folded = Folded()
        # The number of rows in the list, or at most so many: more than `ids` while only its
        # beginning is loaded.
        self.total = 0
        # The number of selected headlines, including those without a row; None if not yet counted.
        self._count: int | None = 0
        # The headlines of the list that came in since the reader last caught up, newest first.
        self.fresh: Sequence[int] = ()
        # Later headlines have higher numbers; 0 if the cache held none at all.
        self._known = 0
        # Those later headlines that the reader went to or opened individually.
        self._seen: set[int] = set()

    @property
    def ids(self) -> Sequence[int]:
        """Return the headlines that have a row; others are folded under one of their story."""
        return self.folded.rows

    @property
    def order(self) -> Sequence[int]:
        """Return all headlines in the order in which they are read."""
        return self.folded.order

    def row_of(self, headline_id: int) -> int:
        """Return the headline whose row the given one is shown in."""
        return self.folded.row_of(headline_id)

    def fold_of(self, headline_id: int) -> Fold | None:
        """Return how the row of a headline relates to its story; None for one without a story."""
        return self.folded.folds.get(headline_id)

    def toggle_story(self, story: int, *, opens: bool = False) -> None:
        """Open a story in the list, or close it, at the next read of the list.

        One that is open already stays so if it `opens`.
        """
        if self._opened_stories.pop(story, None) is None or opens:
            self._opened_stories[story] = _MOST_MEMBERS

    def show_more(self, row: int) -> bool:
        """Show further reports of the story whose last shown one is at this position of the list.

        They are there at the next read of the list. Return whether there are any.
        """
        if row + 1 not in self.folded.more:
            return False
        headline = self.headline(self.ids[row])
        if headline is None or headline.story not in self._opened_stories:
            return False
        self._opened_stories[headline.story] += _MOST_MEMBERS
        return True

    def reveal(self, headline_id: int) -> bool:
        """Show so many reports of an open story, at the next read of the list, as include this one.

        Return whether it is hidden now.
        """
        headline = self.headline(headline_id) if headline_id in self.folded.heads else None
        if headline is None or headline.story not in self._opened_stories:
            return False
        if headline_id in self.folded.folds:
            return False
        head = self.folded.heads[headline_id]
        older = [each for each, other in self.folded.heads.items() if other == head]
        shown = self._opened_stories[headline.story]
        while shown <= older.index(headline_id):
            shown += _MOST_MEMBERS
        self._opened_stories[headline.story] = shown
        return True

    def toggle_apart(self) -> bool:
        """Toggle showing all reports apart, at the next read of the list; return the new state."""
        self.apart = not self.apart
        return self.apart

    @property
    def selection(self) -> Selection:
        """Return the selection to query: the view, narrowed to the filter words."""
        at = self._now() if self._now and self.view.selection.query else None
        return replace(self.view.selection, words=self.words, at=at, order=self.ordering)

    def open(self, opening: Opening, now: datetime, last: LastPlace | None = None) -> None:
        """Choose the view to open with, per the settings; new headlines only if there are any.

        Without new headlines it is the view of the `last` place, if it still exists; the cursor
        goes back to where it was in that view.
        """
        self._last_visit = self._library.visits.last()
        if self._last_visit is not None:
            clock = clock_text(self._last_visit.at, now)
            selection = Selection(after=self._last_visit.newest)
            self._new = View(wording.say("view.new-since", clock=clock), selection)
        self.view = self.named(opening) or self._views_named()["all"]
        self.admit_new()
        if last is None or self._is_new():
            return
        if opening == "new":
            self.view = self._view_left(last.view) or self.view
        if self.view.selection == last.view.selection:
            self._left_at = last.cursor

    def _view_left(self, left: View) -> View | None:
        """Return the view that was left, by its present name; None if it no longer exists.

        Finding the few headlines that are offline among many others would take the start too long.
        """
        selection, counts = left.selection, self._library.headlines.counts
        if selection.tag or selection.source:
            return left if counts(selection).total else None
        if selection.cached and counts(selection).total * _FEW < counts(Selection()).total:
            return None
        rest = (self.named(name) for name in ("offline", "muted", "watched"))
        views = (each for each in (*self._views(self._sections()), *rest) if each is not None)
        return next((each for each in views if each.selection == selection), None)

    def cursor_left(self) -> tuple[int, CursorPlace] | None:
        """Return the row and the place of the cursor at the last end, if it is loaded already.

        Looking for a headline far below would take the start too long.
        """
        if self._left_at is None:
            return None
        row = place_of(self._left_at.headline_id, self.ids, 0)
        return None if row is None else (row, self._left_at)

    @property
    def has_visited(self) -> bool:
        """Tell whether the reader was used before, and so whether there is a last visit."""
        return self._last_visit is not None

    @property
    def last_visit(self) -> LastVisit | None:
        """Return the last visit before this one; None if there was none."""
        return self._last_visit

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
        """Read as much of the list as a terminal can show, which is fast for a long list, too."""
        selection = self.selection
        ids = self._library.headlines.ids(selection, _BEGINNING)
        is_whole = len(ids) < _BEGINNING
        stories = self._stories(ids)
        if not is_whole and stories and selection.order != "unread":
            # A story that begins here has all of its reports.
            others = self._library.headlines.other_reports(selection, stories)
            ids, stories = [*ids, *others], {**stories, **others}
        self._fold(ids, stories)
        if is_whole:
            self._count = len(ids)
        elif selection.words or selection.query:
            # Counting looks at every headline, so that is left for the whole list.
            self._count = None
        else:
            self._count = self._library.headlines.counts(selection).total
        most = self._count
        if most is None:
            most = self._library.headlines.counts(replace(selection, words="", query="")).total
        self.total = most - len(ids) + len(self.ids)
        if not self._known:
            self.catch_up()

    def read(self) -> None:
        """Read the numbers of the selected headlines anew."""
        ids = self._ordered()
        self._fold(ids, self._stories(ids))
        self._count = len(self.order)
        self._found.clear()
        self.total = len(self.ids)
        if not self._known:
            self.catch_up()
        elif self._library.headlines.last_id() > self._known:
            known, seen = self._known, self._seen
            self.fresh = [each for each in self.order if each > known and each not in seen]
        else:
            self.fresh = ()

    def _ordered(self) -> Sequence[int]:
        """Return the numbers of the selected headlines, in the order that was chosen."""
        selection = self.selection
        if selection.order != "unread":
            self._first_of = None
            return self._library.headlines.ids(selection)
        if self._first_of != replace(selection, at=None):
            self._first, self._first_of = set(), replace(selection, at=None)
        by_time = replace(selection, order="newest")
        self._first.update(self._library.headlines.ids(replace(by_time, unread=True)))
        every = self._library.headlines.ids(by_time)
        ids = array("q", (each for each in every if each in self._first))
        ids.extend(each for each in every if each not in self._first)
        return ids

    def _stories(self, ids: Sequence[int]) -> Mapping[int, int]:
        """Return the stories of the headlines that have one; none if all are shown apart."""
        return {} if self.apart else self._library.headlines.stories(ids)

    def _fold(self, ids: Sequence[int], stories: Mapping[int, int]) -> None:
        """Fold the reports of a story under its newest one."""
        selection = self.selection
        by_time = replace(selection, at=None, order="newest")
        narrowed = by_time != Selection(section=selection.section)
        self.folded = fold(
            ids,
            stories,
            self._opened_stories,
            in_section=selection.section is not None,
            is_narrowed=narrowed,
        )

    def catch_up(self) -> None:
        """Stop counting as fresh any headline that is in the cache by now."""
        self._known = self._library.headlines.last_id()
        self._seen.clear()
        self.fresh = ()

    def see(self, headline_id: int) -> None:
        """Stop counting a headline as fresh, because the reader went to it or opened it."""
        if headline_id > self._known:
            self._seen.add(headline_id)
            self.fresh = [each for each in self.fresh if each != headline_id]

    def next_fresh(self, place: int) -> int | None:
        """Return the fresh headline below `place` in the list, else the first, else None."""
        fresh = set(self.fresh)
        rows = self.ids
        here = place_of(rows[place], self.order, place) if 0 <= place < len(rows) else None
        start = place + 1 if here is None else here + 1
        below = (each for each in self.order[start:] if each in fresh)
        return next(below, next(iter(self.fresh), None))

    def admit_new(self) -> None:
        """Give the view of the new headlines a tab if there are any, because the reader moves on.

        While the reader stays in a view, the tabs stay where they are.
        """
        self._new_has_tab = self._is_new()

    def view_at(self, step: int) -> View:
        """Return the view `step` positions further on, wrapping from the last to the first."""
        self.admit_new()
        views = self._views(self._sections())
        return views[(self._place_among(views) + step) % len(views)]

    def view_of_tab(self, place: int) -> View | None:
        """Return the view at position `place` of the tabs, if there is one."""
        views = self._views(self._sections())
        return views[place] if place < len(views) else None

    def tabs(self) -> Tabs:
        """Return the tabs of all views with their counts: the unread, or the saved headlines."""
        choices = self.choices()
        tabs = (Tab(choice.view.name, _waiting(choice)) for choice in choices)
        return Tabs(tuple(tabs), self._place_among([choice.view for choice in choices]))

    def named(self, name: Named) -> View | None:
        """Return a view that is not a section; None for the new headlines if there are none.

        Before the first visit, everything is new.
        """
        views = self._views_named()
        if name == "watched":
            return View(wording.say("view.watched"), Selection(watched=True))
        return views.get(name) or (None if self.has_visited else views["all"])

    def choices(self) -> list[ViewChoice]:
        """Return every view that has a tab, with its counts."""
        sections = self._sections()
        return self._choices(self._views(sections), sections)

    def tagged(self) -> list[ViewChoice]:
        """Return the view of each tag that headlines have, with its counts."""
        tags = self._library.headlines.tags()
        return self._choices([View(f"#{tag}", Selection(tag=tag)) for tag in tags])

    def _choices(
        self, views: Sequence[View], sections: Sequence[SectionCount] = ()
    ) -> list[ViewChoice]:
        """Return these views with their counts; those of `sections` are known."""
        counts = {each.name: Counts(each.total, each.unread) for each in sections}
        return [
            ViewChoice(view, counts.get(view.selection.section or "") or self._counts(view))
            for view in views
        ]

    def onward(self) -> ViewChoice | None:
        """Return where to read on when all of the view is read: the next section with unread.

        After a view that is not a section, that is all unread. None if nothing is left to read.
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
        views: dict[Named, View] = {
            "all": all_,
            "unread": unread,
            "saved": saved,
            "offline": View(wording.say("view.offline"), Selection(cached=True)),
            "muted": View(wording.say("view.muted"), Selection(muted=True)),
        }
        return {"new": self._new, **views} if self._is_new() and self._new else views

    def _is_new(self) -> bool:
        visit = self._last_visit
        return visit is not None and self._library.headlines.last_id() > visit.newest

    def _views(self, sections: Sequence[SectionCount]) -> tuple[View, ...]:
        """Return the views with a tab; one without a tab of its own gets one while it is shown."""
        searches = self._library.searches.all()
        more = [View(each.name, Selection(query=each.query)) for each in searches]
        selection = self.view.selection
        if selection.cached or selection.muted or selection.tag or selection.watched:
            more.append(self.view)
        return views_of(sections, self._new if self._new_has_tab else None, more)

    def _sections(self) -> Sequence[SectionCount]:
        sections = self._library.headlines.sections()
        if self._follow:
            return sorted(sections, key=lambda each: each.name.casefold() not in self._follow)
        return sections

    def _place_among(self, views: Sequence[View]) -> int:
        """Return the position of the present view; for a feed, that of its group."""
        if self.view in views:
            return views.index(self.view)
        section = self.view.selection.section if self.view.selection.source else None
        sections = [view.selection.section for view in views]
        return sections.index(section) if section in sections else 0

    def status(self) -> ViewStatus:
        """Return the view's name and counts."""
        counts = self._counts(self.view)
        # A headline read in a list of unread ones stays in the list, and in its count.
        count = self._count
        total = counts.total if self.words or count is None else count
        shown = self._shown(total) if self.words else ""
        return ViewStatus(
            view=self.view.name,
            words=f"\\{self.words}" if self.words else "",
            shown=shown,
            found=found_text(shown, self._story_count()) if shown else "",
            total=total,
            unread=counts.unread,
            fresh=len(self.fresh),
            cached=None if (missing := self._missing(counts)) is None else total - missing,
            sample=self._library.headlines.is_sample(),
            muted=0 if self.view.selection.muted else self._muted(),
            stories=self._story_count(),
            is_counted=count is not None,
        )

    def _shown(self, total: int) -> str:
        """Return how many headlines of the view have the filter words."""
        if self._count is None:
            return wording.say("status.shown-more", count=len(self.order), total=total)
        return wording.say("status.shown", count=self._count, total=total)

    def _story_count(self) -> int:
        """Return the number of stories in the list; 0 if none is folded, or part is not loaded."""
        folded = len(self.folded.heads)
        return len(self.order) - folded if folded and len(self.order) == self._count else 0

    def _missing(self, counts: Counts) -> int | None:
        """Return how many headlines of the view do not have their article offline.

        Return None for a search or a view narrowed to words, which would need a look at each.
        """
        selection = self.view.selection
        if self.words or selection.query:
            return None
        available = replace(selection, cached=True)
        return counts.total - self._library.headlines.counts(available).total

    def _muted(self) -> int:
        selection = Selection(section=self.view.selection.section, muted=True)
        return self._library.headlines.counts(selection).total

    def _counts(self, view: View) -> Counts:
        """Return the counts of a view; for a saved search, those of its newest headlines."""
        if not view.selection.query:
            return self._library.headlines.counts(view.selection)
        if view not in self._found:
            at = self._now() if self._now else None
            selection = replace(view.selection, at=at)
            self._found[view] = self._library.headlines.ids(selection, _MOST_FOUND)
        ids = self._found[view]
        return Counts(len(ids), len(self._library.headlines.unread_among(ids)))

    def headline(self, headline_id: int) -> Headline | None:
        """Return a headline as the cache has it now, or None if it no longer exists."""
        return next(iter(self._library.headlines.load([headline_id])), None)

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

        Where `ids` no longer hold that headline, the one at `place` counts as next. With `cached`,
        only headlines with an offline article count.
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
            # Batches grow with the distance, so that a mostly read list is searched quickly.
            place, size = end, 4 * size
        return None


def found_text(shown: str, stories: int) -> str:
    """Return the text about what was found, and in how many stories if those are fewer."""
    if stories:
        return wording.say_count("status.found-in", stories, shown=shown)
    return wording.say("status.found", shown=shown)


def _waiting(choice: ViewChoice) -> int | None:
    """Return the count of a tab: unread or saved headlines; None where the bar shows it."""
    selection = choice.view.selection
    if selection == Selection():
        return None
    return choice.counts.total if selection.saved else choice.counts.unread
