"""Stories: opening and closing them in the list, correcting and watching them, and the digest."""

from collections.abc import Callable
from datetime import datetime

from reader.library import Library
from reader.model import Headline
from reader.ui import wording
from reader.ui.controllers.headlines import HeadlinesController
from reader.ui.controllers.marks import MarksController
from reader.ui.controllers.program import Dialogs
from reader.ui.controllers.reading import ReadingController
from reader.ui.controllers.screen import ScreenAccess
from reader.ui.controllers.search import SearchController
from reader.ui.state.edition import Edition
from reader.ui.state.notices import notice_of
from reader.ui.state.screen_state import ScreenState
from reader.ui.typeset.text import short_title

# The largest number of stories and single reports in a digest; the others are counted.
_MOST_IN_DIGEST = 500


class StoriesController:
    """Opens, corrects and watches stories; every method may raise ReaderError."""

    def __init__(
        self,
        library: Library,
        edition: Edition,
        state: ScreenState,
        screen: ScreenAccess,
        *,
        headlines: HeadlinesController,
        marks: MarksController,
        reading: ReadingController,
        search: SearchController,
        dialogs: Dialogs,
        now: Callable[[], datetime],
    ) -> None:
        self._library = library
        self._edition = edition
        self._state = state
        self._screen = screen
        self._headlines = headlines
        self._marks = marks
        self._reading = reading
        self._search = search
        self._dialogs = dialogs
        self._now = now
        # The report that was opened from the digest last, and whether Esc leads back from it.
        self._chosen_in_digest: int | None = None
        self._returns = False

    def toggle(self) -> None:
        """Open the story of the selected report in the list, or close it."""
        headline, story = self._selected()
        if headline is None or story is None:
            return
        opens = self._edition.apart
        if opens:
            # Its reports can be below it only while those of a story are together.
            self._edition.toggle_apart()
            self._screen.show_notice(notice_of("notice.stories-together"))
        if self._state.searching:
            if opens:
                self._headlines.show_list()
            self._search.toggle_story(story, opens=opens)
            self._headlines.go_to(headline.id)
            return
        self._edition.toggle_story(story, opens=opens)
        self._headlines.show_list()
        self._headlines.go_to(headline.id)
        if self._state.pane != "list":
            self._screen.focus_pane("list")

    def toggle_apart(self) -> None:
        """Toggle between all reports apart, and those of a story together."""
        selected = self._headlines.selected()
        apart = self._edition.toggle_apart()
        self._headlines.show_list()
        if self._state.searching:
            self._search.fold()
        if selected is not None:
            self._headlines.go_to(selected.id)
        key = "notice.stories-apart" if apart else "notice.stories-together"
        self._screen.show_notice(notice_of(key))

    def mark_read(self) -> None:
        """Mark all reports of the selected report's story read."""
        headline, story = self._selected()
        if headline is not None and story is not None:
            self._marks.mark_many_read(self._library.stories.reports(story))

    def split(self) -> None:
        """Take the selected report out of its story permanently."""
        headline, story = self._selected()
        if headline is not None and story is not None:
            title = short_title(headline.teaser)
            self._library.stories.split([headline.id])
            self._marks.note_act(lambda: self._take_back("undo.split", title=title))
            self._headlines.reread()
            self._headlines.go_to(headline.id)
            self._screen.show_notice(notice_of("notice.split", title=title))

    def join(self) -> None:
        """Join the picked reports, or add the selected one to the story of the shown article."""
        rows, cursor_id = self._rows_to_join(), self._headlines.shown.cursor_id
        found = [item for headline in rows for item in self._of_row(headline)]
        reports = list(dict.fromkeys(found))
        if len(rows) < 2 or len(reports) < 2:
            key = "select-to-join" if self._hides_opened else "join-needs-two"
            self._screen.show_notice(notice_of(f"notice.{key}"))
            return
        first, second, *others = (short_title(each.teaser, of_two=True) for each in rows)
        self._library.stories.join(reports)
        self._marks.note_act(lambda: self._take_back("undo.join", first=first, second=second))
        self._state.picking, self._state.picked = False, ()
        self._headlines.reread()
        self._headlines.go_to(cursor_id or reports[0])
        count = len(others)
        notice = (
            notice_of("notice.joined-with", count, first=first, second=second)
            if count
            else notice_of("notice.joined", first=first, second=second)
        )
        self._screen.show_notice(notice)

    def _rows_to_join(self) -> list[Headline]:
        """Return the headlines to make one story of, first the one whose story others are added to.

        They are those that a reader sees: an article behind a preview or a list is none of them.
        """
        if self._state.picked:
            return self._library.headlines.load(self._state.picked)
        opened, selected = self._state.opened, self._selected_in_list()
        if opened is None or selected is None or self._hides_opened:
            return []
        return [opened.headline, selected] if selected.id != opened.headline.id else []

    @property
    def _hides_opened(self) -> bool:
        """Tell whether an opened article would not be seen beside the list."""
        return self._screen.narrow or self._state.preview is not None

    def _of_row(self, headline: Headline) -> list[int]:
        """Return the reports that a row stands for: all of a closed story, else the one itself."""
        fold = self._edition.fold_of(headline.id)
        if fold is None or fold.kind != "closed" or headline.story is None:
            return [headline.id]
        others = self._library.stories.reports(headline.story)
        return list(dict.fromkeys([headline.id, *others]))

    def _take_back(self, key: str, **titles: str) -> str:
        self._library.stories.undo()
        return wording.say(key, **titles)

    def toggle_watched(self) -> None:
        """Watch or unwatch the story of the selected report."""
        headline, story = self._selected()
        if headline is not None and story is not None:
            value = story not in self._library.stories.watched()
            self._library.stories.watch(story, value=value)
            title = short_title(headline.teaser)
            self._marks.note_act(lambda: self._take_back_watching(story, title, watched=value))
            self._headlines.refresh_marks()
            key = "notice.watched" if value else "notice.unwatched"
            self._screen.show_notice(notice_of(key))

    def _take_back_watching(self, story: int, title: str, *, watched: bool) -> str:
        """Undo that a story was watched, or no longer; return the message about it."""
        self._library.stories.watch(story, value=not watched)
        return wording.say("undo.unwatched" if watched else "undo.watched", title=title)

    def show_digest(self) -> None:
        """Show what came in since the last visit.

        The cursor is on the report that was opened from it last.
        """
        self._show_digest(self._open_from_digest)

    def return_to_digest(self) -> bool:
        """Show the digest again if the opened article was opened from it; return whether it was.

        When the digest is closed then, the list has the focus.
        """
        opened = self._state.opened
        if not self._returns or opened is None or opened.headline.id != self._chosen_in_digest:
            return False

        def open_or_leave(headline_id: int | None) -> None:
            self._open_from_digest(headline_id)
            if headline_id is None:
                self._returns = False
                self._screen.focus_pane("list")

        self._show_digest(open_or_leave)
        return True

    def _show_digest(self, then: Callable[[int | None], None]) -> None:
        visit = self._edition.last_visit
        digest = self._library.stories.digest(self._now(), visit=visit, limit=_MOST_IN_DIGEST)
        self._dialogs.show_digest(digest, self._chosen_in_digest, then)

    def _open_from_digest(self, headline_id: int | None) -> None:
        if headline_id is not None:
            self._chosen_in_digest, self._returns = headline_id, True
            self._reading.open(headline_id)

    def _selected(self) -> tuple[Headline | None, int | None]:
        """Return the selected headline with its story; show a notice if there is none."""
        headline = self._headlines.require_selected()
        story = headline.story if headline else None
        if headline is not None and story is None:
            self._screen.say(wording.say("notice.no-story"))
        return headline, story

    def _selected_in_list(self) -> Headline | None:
        headline_id = self._headlines.shown.cursor_id
        return None if headline_id is None else self._edition.headline(headline_id)
