"""A fake screen of plain values for controllers."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from reader.config import Settings
from reader.errors import Reason
from reader.model import Found
from reader.stories.digest import Digest
from reader.ui.controllers.assembly import Controllers, Surroundings, assemble
from reader.ui.controllers.errors import ErrorNotices
from reader.ui.controllers.program import (
    Ask,
    FeedList,
    NameKind,
    OpenDialog,
    Write,
)
from reader.ui.controllers.screen import Timer, Widgets, Work
from reader.ui.state.comparison import Comparison
from reader.ui.state.edition import Edition
from reader.ui.state.linking import Linking
from reader.ui.state.matches import Finding, Sought
from reader.ui.state.network import Network
from reader.ui.state.panes import PANES, Pane
from reader.ui.state.pending import Pending
from reader.ui.state.rows import Dividing
from reader.ui.state.search import HitRows, SearchState
from reader.ui.state.split import Split
from reader.ui.state.values import (
    FetchAttempt,
    NamedChoice,
    Notice,
    Opened,
    Tabs,
    Topic,
    View,
    ViewChoice,
    ViewStatus,
)
from tests.ui.clock import FakeTimer
from tests.ui.fake_child import FakeChild
from tests.ui.fakes import NOW, FakeLibrary

from .fake_views import FakeArticle, FakeInput, FakeList, FakeStrip


@dataclass
class FakeState:
    """The state as it is at first; nothing is bound to it."""

    ids: Sequence[int] = ()
    total: int = 0
    revision: int = 0
    notice: str = ""
    opened: Opened | None = None
    preview: Opened | None = None
    fetch: FetchAttempt | None = None
    status: ViewStatus = field(default_factory=ViewStatus)
    tabs: Tabs = field(default_factory=Tabs)
    network: Network = field(default_factory=Network)
    split: Split = field(default_factory=Split)
    pane: Pane = "list"
    pending: Pending = field(default_factory=Pending)
    reading: bool = False
    filtering: bool = False
    searching: bool = False
    search_state: SearchState = field(default_factory=SearchState)
    found: Found = field(default_factory=Found)
    hit_rows: HitRows = field(default_factory=HitRows)
    hits_notice: str = ""
    dividing: Sequence[Dividing] = ()
    members: Sequence[int] = ()
    looking: bool = False
    picking: bool = False
    picked: tuple[int, ...] = ()
    sought: Sought = field(default_factory=Sought)
    finding: Finding = field(default_factory=Finding)
    comparing: Comparison | None = None
    linking: Linking = field(default_factory=Linking)
    stepping: bool = False


class FakeScreen:
    """Notes what controllers ask of the screen; also the dialogs, the browser and the clipboard."""

    def __init__(self, state: FakeState) -> None:
        self._state = state
        self.failures: list[Reason] = []
        self.errors = ErrorNotices(self.failures.append, lambda: NOW)
        self.narrow = False
        self.columns = 120
        self.is_front = True
        self.hidden: set[Pane] = {"search", "hits", "filter", "find", "strip"}
        self.cursors: dict[Pane, Callable[[], int | None]] = {}
        self.notices: list[Notice] = []
        self.timers: list[FakeTimer] = []
        self.work: dict[str, Work] = {}
        self.cancelled: list[str] = []
        self.opened_urls: list[str] = []
        self.clipboard = ""
        self.lent = 0
        self.asked_path: tuple[Path, Write, Callable[[Path | None], None]] | None = None
        self.choices: Sequence[NamedChoice] = ()
        self.offered: Sequence[ViewChoice] = ()
        self.feeds: FeedList | None = None
        self.asked_texts: list[tuple[Ask, str]] = []
        self.typed: str | None = None

    @property
    def said(self) -> str:
        """Return the text of the last notice and what it offers, or nothing."""
        if not self.notices:
            return ""
        return " ".join((self.notices[-1].text, *(each.label for each in self.notices[-1].offers)))

    def show_notice(self, notice: Notice) -> None:
        """Note a notice."""
        self.notices.append(notice)

    def say(self, text: str, seconds: float | None = None, *, about: Topic = "") -> None:
        """Note a sentence."""
        self.show_notice(Notice(text, seconds=seconds, about=about))

    def focus_pane(self, pane: Pane) -> None:
        """Set the pane in the state."""
        self._state.pane = "hits" if pane == "list" and self._state.searching else pane
        self._state.reading = PANES[pane].is_reading

    def is_shown(self, pane: Pane) -> bool:
        """Tell whether a test has not hidden it."""
        return pane not in self.hidden

    def selected_id(self, pane: Pane) -> int | None:
        """Return what is at the cursor of a pane, else what is opened."""
        if pane in self.cursors:
            return self.cursors[pane]()
        return self._state.opened.headline.id if self._state.opened else None

    def after(self, seconds: float, act: Callable[[], object]) -> Timer:
        """Note what is to happen."""
        self.timers.append(FakeTimer(seconds, act))
        return self.timers[-1]

    every = after

    def start(self, group: str, work: Work, *, exclusive: bool = False) -> None:
        """Note what is to run."""
        self.work[group] = work

    async def finish(self, group: str) -> None:
        """Do what was started in a group."""
        await self.errors.attempt_async(self.work.pop(group)())

    def cancel(self, group: str) -> None:
        """Note what is to end."""
        self.cancelled.append(group)

    def call_later(self, act: Callable[[], object]) -> None:
        """Call it at once."""
        self.errors.attempt(act)

    def draw_search(self) -> None:
        """Draw nothing."""

    def choose_view(
        self,
        choices: Sequence[ViewChoice],
        present: View,
        then: Callable[[View | None], None],
    ) -> None:
        """Choose the last of the views."""
        self.offered = choices
        then(choices[-1].view)

    def choose_followed(
        self,
        failures: Mapping[str, Reason],
        feeds: FeedList,
    ) -> None:
        """Note what there is to choose from."""
        self.feeds = feeds

    def ask_text(self, what: Ask, proposed: str, then: Callable[[str | None], None]) -> None:
        """Answer with what a test has typed."""
        self.asked_texts.append((what, proposed))
        then(self.typed)

    def ask_name(
        self, kind: NameKind, choices: Sequence[NamedChoice], then: Callable[[str], None]
    ) -> None:
        """Note what is asked, and answer with `typed` if there is some."""
        self.choices = choices
        if self.typed:
            then(self.typed)

    def ask_path(
        self,
        proposed: Path,
        write: Write,
        then: Callable[[Path | None], None],
        *,
        count: int | None = None,
    ) -> None:
        """Note what is asked."""
        self.asked_path = (proposed, write, then)

    def show_digest(
        self, digest: Digest, at: int | None, then: Callable[[int | None], None]
    ) -> None:
        """Note what is shown."""
        self.shown_digest = (digest, at, then)

    def open_url(self, url: str) -> None:
        """Note the address."""
        self.opened_urls.append(url)

    def copy_to_clipboard(self, text: str) -> None:
        """Note the text."""
        self.clipboard = text

    def lend_terminal(self) -> AbstractContextManager[None]:
        """Note that the terminal was lent."""
        self.lent += 1
        return nullcontext()


class FakeProgram:
    """A program without any dialog, that notes what is asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    @property
    def dialog(self) -> OpenDialog:
        """Fail: there is no dialog."""
        raise AssertionError

    async def show_help(self) -> None:
        """Note it."""
        self.asked.append("help")

    def show_palette(self) -> None:
        """Note it."""
        self.asked.append("palette")

    def choose_theme(self) -> None:
        """Note it."""
        self.asked.append("theme")

    def show_notices(self) -> None:
        """Do nothing."""

    def suspend(self) -> None:
        """Note it."""
        self.asked.append("suspend")

    def redraw(self) -> None:
        """Note it."""
        self.asked.append("redraw")

    async def quit(self) -> None:
        """Note it."""
        self.asked.append("quit")


class Stage:
    """Controllers on a library, with their fake surroundings."""

    def __init__(self, library: FakeLibrary, folder: Path, **settings: object) -> None:
        chosen = Settings(folder / "cache.sqlite3", folder / "config.toml", language="en")
        chosen = replace(chosen, **settings)
        self.library = library
        self.state = state = FakeState()
        self.screen = FakeScreen(state)
        self.child = FakeChild()
        self.program = FakeProgram()
        self.headlines = FakeList(lambda: state.ids)
        self.hits = FakeList(lambda: [hit.headline.id for hit in state.found.hits])
        self.article = FakeArticle()
        self.strip = FakeStrip()
        self.filter, self.search, self.find = FakeInput(), FakeInput(), FakeInput()
        self.screen.cursors = {
            "list": lambda: self.headlines.cursor_id,
            "hits": lambda: self.hits.cursor_id,
            "strip": lambda: self.strip.cursor_id,
        }
        inputs = (self.filter, self.search, self.find)
        widgets = Widgets(self.headlines, self.hits, self.article, self.strip, *inputs)
        self.edition = Edition(library)
        around = Surroundings(library, chosen, lambda: NOW, self.child, self.program, self.screen)
        self.controllers: Controllers = assemble(
            around, self.edition, state, self.screen, widgets=widgets, dialogs=self.screen
        )
        self.edition.open(chosen.opening, NOW)
        self.controllers.headlines.show_beginning()
