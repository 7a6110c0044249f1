"""What one is reading: a view of the library, its filter words, and what they hold."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from reader.library import Library
from reader.model import Headline, Selection
from reader.ui import words
from reader.ui.state import Opened, Standing, Tab, Tabs, View, place_of, views_of

# More rows than the tallest terminal shows.
_BEGINNING = 256
# How many headlines are first looked at for an unread one.
_NEARBY = 64


class Edition:
    """Asks the library for the chosen view; every method may raise ReaderError."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._views = views_of([])
        self._views_known = False
        self.view: View = self._views[0]
        self.words = ""
        self.ids: Sequence[int] = ()
        # How many headlines the list has: more than `ids` while only its beginning is read.
        self.total = 0
        # The headlines of the list that came in since catching up, newest first.
        self.fresh: Sequence[int] = ()
        # Later headlines have higher numbers; 0 is known where the cache held none at all.
        self._known = 0

    @property
    def selection(self) -> Selection:
        """Return what is asked for: the view, narrowed to the filter words."""
        return replace(self.view.selection, words=self.words)

    def read_beginning(self) -> None:
        """Read as much of the list as a terminal may show, which a long list leaves time for."""
        self.ids = self._library.ids(self.selection, _BEGINNING)
        self.total = self._library.counts(self.selection).total
        if not self._known:
            self.catch_up()

    def reread(self) -> None:
        """Read the list anew after the cache changed, and the sections when they are asked for."""
        self._views_known = False
        self.read()

    def read(self) -> None:
        """Read the numbers of the selected headlines anew."""
        self.ids = self._library.ids(self.selection)
        self.total = len(self.ids)
        if not self._known:
            self.catch_up()
        elif self._library.last_id() > self._known:
            self.fresh = [headline_id for headline_id in self.ids if headline_id > self._known]
        else:
            self.fresh = ()

    def catch_up(self) -> None:
        """Count no headline that is in the cache by now as fresh any more."""
        self._known = self._library.last_id()
        self.fresh = ()

    def step_view(self, step: int) -> None:
        """Go `step` views on, round from the last to the first."""
        self._know_views()
        self.pick_view((self._place + step) % len(self._views))

    def pick_view(self, place: int) -> None:
        """Go to the view at `place` of the tabs, where there is one."""
        if place < len(self._views):
            self.view = self._views[place]

    def tabs(self) -> Tabs:
        """Return the tabs of all views with what waits there: the unread, or what was saved."""
        self._know_views()
        unread = self._library.unread_by_section()
        saved = self._library.counts(Selection(saved=True)).total
        counts = (None, sum(unread.values()), saved)
        sections = (unread.get(view.selection.section, 0) for view in self._views[len(counts) :])
        views = zip(self._views, chain(counts, sections), strict=True)
        return Tabs(tuple(Tab(view.name, count) for view, count in views), self._place)

    def _know_views(self) -> None:
        if not self._views_known:
            self._views = views_of(self._library.sections())
            self._views_known = True

    @property
    def _place(self) -> int:
        return self._views.index(self.view) if self.view in self._views else 0

    def standing(self) -> Standing:
        """Return the view's name and counts."""
        counts = self._library.counts(self.view.selection)
        # What is read in a list of unread ones stays in it, and so in its count.
        total = counts.total if self.words else self.total
        return Standing(
            view=self.view.name,
            words=f"\\{self.words}" if self.words else "",
            shown=words.say("status.shown", count=self.total, total=total) if self.words else "",
            total=total,
            unread=counts.unread,
            fresh=len(self.fresh),
            sample=self._library.is_sample(),
        )

    def notice(self) -> str:
        """Return what an empty list says about what to do."""
        if self.words:
            total = self._library.counts(self.view.selection).total
            return words.say("empty.nothing-matches", total=total)
        if self.view.selection.unread:
            return words.say("empty.nothing-unread")
        if self.view.selection.saved:
            return words.say("empty.nothing-saved")
        return (
            words.say("empty.nothing-here")
            if self.view.selection.section
            else words.say("empty.no-headlines")
        )

    def headline(self, headline_id: int) -> Headline | None:
        """Return a headline as the cache has it now, or None where it is gone."""
        return next(iter(self._library.headlines([headline_id])), None)

    def opened(self, headline_id: int) -> Opened | None:
        """Return a headline with its article and related headlines, or None where it is gone."""
        headline = self.headline(headline_id)
        if headline is None:
            return None
        related = self._library.related(headline_id)
        return Opened(
            headline,
            self._library.article(headline_id),
            tuple(other for other in related if other.id != headline_id),
        )

    def unread_from(
        self, ids: Sequence[int], headline_id: int | None, place: int, step: int
    ) -> int | None:
        """Return the nearest unread headline of `ids` after (step 1) or before (-1) a headline.

        Where `ids` no longer hold that headline, what stands at `place` counts as next.
        """
        found = None if headline_id is None else place_of(headline_id, ids, place)
        if found is not None:
            place = found + max(step, 0)
        size = _NEARBY
        while place > 0 if step < 0 else place < len(ids):
            end = place + step * size
            block = ids[place:end] if step > 0 else ids[max(end, 0) : place][::-1]
            unread = self._library.unread_among(block)
            if unread:
                return next(other for other in block if other in unread)
            # The further away, the more at once: soon all of a list in which much is read.
            place, size = end, 4 * size
        return None
