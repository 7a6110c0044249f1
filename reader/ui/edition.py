"""What one is reading: a view of the library, its filter words, and what they hold."""

from collections.abc import Sequence
from dataclasses import replace

from reader.library import Library
from reader.model import Headline, Selection
from reader.ui import words
from reader.ui.state import Opened, Standing, View, views_of


class Edition:
    """Asks the library for the chosen view; every method may raise ReaderError."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._views = views_of([])
        self.view: View = self._views[0]
        self.words = ""
        self.ids: Sequence[int] = ()
        # Later headlines have higher numbers; 0 is known where the cache held none at all.
        self._known = 0

    @property
    def selection(self) -> Selection:
        """Return what is asked for: the view, narrowed to the filter words."""
        return replace(self.view.selection, words=self.words)

    def reread(self) -> None:
        """Read the sections and the numbers of the selected headlines anew."""
        self._views = views_of(self._library.sections())
        self.ids = self._library.ids(self.selection)
        if not self._known:
            self.catch_up()

    def catch_up(self) -> None:
        """Count no headline that is in the cache by now as fresh any more."""
        self._known = max(self._library.ids(), default=0)

    def fresh(self) -> list[int]:
        """Return the headlines of the view that came in since catching up, newest first."""
        return [headline_id for headline_id in self.ids if headline_id > self._known]

    def step_view(self, step: int) -> None:
        """Go `step` views on, round from the last to the first."""
        place = self._views.index(self.view) if self.view in self._views else 0
        self.view = self._views[(place + step) % len(self._views)]

    def standing(self) -> Standing:
        """Return the view's name and counts."""
        return Standing(
            self.view.name,
            self.words,
            len(self.ids),
            len(self._unread()),
            len(self.fresh()),
            self._library.is_sample(),
        )

    def notice(self) -> str:
        """Return what an empty list says about what to do."""
        if self.words:
            return words.NOTHING_MATCHES
        if self.view.selection.unread:
            return words.NOTHING_UNREAD
        if self.view.selection.saved:
            return words.NOTHING_SAVED
        return words.NOTHING_HERE if self.view.selection.section else words.NO_HEADLINES

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

    def unread_from(self, headline_id: int | None, place: int, step: int) -> int | None:
        """Return the nearest unread headline after (step 1) or before (-1) a headline.

        Where the list no longer holds that headline, what stands at `place` counts as next.
        """
        if headline_id in self.ids:
            place = self.ids.index(headline_id) + max(step, 0)
        unread = set(self._unread())
        there = self.ids[place:] if step > 0 else reversed(self.ids[:place])
        return next((other for other in there if other in unread), None)

    def _unread(self) -> list[int]:
        return self._library.ids(replace(self.selection, unread=True))
