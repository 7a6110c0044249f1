"""The main screen in the form in which its controllers use it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from reader.errors import Reason
from reader.text.relative_time import Language
from reader.ui import wording
from reader.ui.controllers.errors import ErrorNotices
from reader.ui.controllers.program import Ask, FeedList, NameKind, Write
from reader.ui.controllers.screen import Timer, Work
from reader.ui.screens.dialog import DialogScreen
from reader.ui.state.panes import Pane
from reader.ui.state.values import NamedChoice, Notice, Topic, View, ViewChoice
from reader.ui.widgets.headline_list import HeadlineList
from reader.ui.widgets.teaser_strip import TeaserStrip

if TYPE_CHECKING:
    from reader.stories.digest import Digest
    from reader.ui.screens.main import MainScreen

_Answer = TypeVar("_Answer")


class ScreenFacade:
    """Provides controllers with the main screen, its workers and its dialogs."""

    def __init__(
        self, screen: "MainScreen", now: Callable[[], datetime], language: Language
    ) -> None:
        self._screen = screen
        self._language = language
        self.errors = ErrorNotices(self._show_error, now)

    @property
    def narrow(self) -> bool:
        """Tell whether there is room for one pane only."""
        return self._screen.narrow

    @property
    def columns(self) -> int:
        """Return the width of the terminal in cells."""
        return self._screen.size.width

    @property
    def is_front(self) -> bool:
        """Tell whether no dialog covers the screen."""
        return self._screen.app.screen is self._screen

    def show_notice(self, notice: Notice) -> None:
        """Show a notice in place of the previous one."""
        self._screen.notices.show(notice)

    def say(self, text: str, seconds: float | None = None, *, about: Topic = "") -> None:
        """Show a sentence for the given number of seconds, or the usual time, about a state."""
        self.show_notice(Notice(text, seconds=seconds, about=about))

    def _show_error(self, why: Reason) -> None:
        self.show_notice(Notice(wording.reason_text(why), "error"))

    def focus_pane(self, pane: Pane) -> None:
        """Give a pane the focus and show it; during a search the hits take the list's place."""
        self._screen.go_to(pane)

    def is_shown(self, pane: Pane) -> bool:
        """Tell whether a pane can be reached."""
        return self._screen.panes[pane].display

    def selected_id(self, pane: Pane) -> int | None:
        """Return the headline at the cursor of a pane; the opened one if it has no cursor."""
        widget = self._screen.panes[pane]
        if isinstance(widget, HeadlineList | TeaserStrip):
            return widget.cursor_id
        opened = self._screen.opened
        return opened.headline.id if opened else None

    def after(self, seconds: float, act: Callable[[], object]) -> Timer:
        """Call `act` once after this many seconds, and return its timer; its errors are shown."""
        return self._screen.set_timer(seconds, partial(self._attempt, act))

    def every(self, seconds: float, act: Callable[[], object]) -> Timer:
        """Call `act` every `seconds`, and return its timer; its errors are shown."""
        return self._screen.set_interval(seconds, partial(self._attempt, act))

    def _attempt(self, act: Callable[[], object]) -> None:
        self.errors.attempt(act)

    def start(self, group: str, work: Work, *, exclusive: bool = False) -> None:
        """Run `work` beside the screen; with `exclusive`, cancel the others of its group."""
        # The coroutine is created later, as one that is replaced at once would never be awaited.
        guarded: Callable[[], Awaitable[None]] = partial(self._attempt_async, work)
        self._screen.run_worker(guarded, group=group, exclusive=exclusive)

    async def _attempt_async(self, work: Work) -> None:
        await self.errors.attempt_async(work())

    def cancel(self, group: str) -> None:
        """Cancel the work of a group."""
        self._screen.workers.cancel_group(self._screen, group)

    def call_later(self, act: Callable[[], object]) -> None:
        """Call `act` after the keys that are waiting; its errors are shown."""
        self._screen.call_later(self._attempt, act)

    def draw_search(self) -> None:
        """Draw the hits and the status bar at once."""
        self._screen.draw()

    # The dialogs, each imported when it is first shown.

    def choose_view(
        self, choices: Sequence[ViewChoice], present: View, then: Callable[[View | None], None]
    ) -> None:
        """Show the views to choose from; call `then` with the chosen one, or with None."""
        from reader.ui.screens.sections import SectionsScreen

        self._show(SectionsScreen(choices, present), then)

    def choose_followed(
        self,
        failures: Mapping[str, Reason],
        feeds: FeedList,
    ) -> None:
        """Show the sections and feeds to follow; `failures` has reasons by address."""
        from reader.ui.screens.follow import FollowScreen

        attempt = self.errors.attempt
        self._screen.app.push_screen(FollowScreen(failures, feeds, attempt, self._screen.notices))

    def ask_text(self, what: Ask, proposed: str, then: Callable[[str | None], None]) -> None:
        """Ask for a line of text; call `then` with it, or with None."""
        from reader.ui.screens.ask import AskScreen

        self._show(AskScreen(what, proposed), then)

    def ask_name(
        self, kind: NameKind, choices: Sequence[NamedChoice], then: Callable[[str], None]
    ) -> None:
        """Ask for a name, one of `choices` or a new one; call `then` with it."""
        from reader.ui.screens.names import NamesScreen

        self._show(NamesScreen(kind, choices), lambda name: then(name) if name else None)

    def ask_path(
        self,
        proposed: Path,
        write: Write,
        then: Callable[[Path | None], None],
        *,
        count: int | None = None,
    ) -> None:
        """Ask where to write a file, or `count` files; call `then` with the path, or with None."""
        from reader.ui.screens.export import ExportScreen

        self._show(ExportScreen(proposed, write, count), then)

    def show_digest(
        self, digest: "Digest", at: int | None, then: Callable[[int | None], None]
    ) -> None:
        """Show a digest, the cursor at a headline; call `then` with the chosen one, or with None.

        Without `at`, or if the digest lacks it, the cursor is at the first headline.
        """
        from reader.ui.screens.digest import DigestScreen

        self._show(DigestScreen(digest, at, self._language), then)

    def _show(
        self, dialog: DialogScreen[_Answer | None], then: Callable[[_Answer | None], object]
    ) -> None:
        """Show a dialog; call `then` with its answer, or with None if it was closed."""
        self._screen.app.push_screen(dialog, lambda answer: self._attempt(partial(then, answer)))
