"""The interface of the program around the main screen, for controllers and commands."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from reader.errors import Reason
from reader.model import Following, Section
from reader.ui.state.feeds import FeedRow
from reader.ui.state.values import NamedChoice, View, ViewChoice

if TYPE_CHECKING:
    from reader.stories.digest import Digest

# Writes the article to an unused path, or several to a folder; returns it, or raises ReaderError.
Write = Callable[[Path], Path]


# The purposes for which a name is asked.
NameKind = Literal["tag", "mute", "keep"]
# The purposes for which a line of text is asked.
Ask = Literal["add", "rename", "regroup"]


class FeedList(Protocol):
    """The feeds in the dialog of followed feeds, as kept by `controllers.feeds`.

    `added` is the key of a feed that was just added by its address, or restored, for the cursor to
    go to.
    """

    selected: FeedRow | None
    added: str | None
    redraw: Callable[[], object]

    def followings(self) -> Sequence[Following]:
        """Return all sections, those of which only news is known last."""

    def follow(self, sections: Sequence[Section], followed: bool) -> Sequence[Section]:
        """Set whether sections are followed; return those that were changed."""

    def rows(self) -> Sequence[FeedRow]:
        """Return the followed feeds, the found ones, and sites that may be followed."""

    def toggle(self, row: FeedRow) -> None:
        """Mute or unmute a feed; follow one that is not followed yet."""


class OpenDialog(Protocol):
    """A dialog over the main screen."""

    def choose(self) -> None:
        """Carry out the dialog's action on the selected or typed value."""

    def choose_all(self) -> None:
        """Choose everything, or nothing if everything is chosen."""

    def begin_filter(self) -> None:
        """Show the line whose words the options must contain, and go to it."""

    def settle_filter(self) -> None:
        """Go from that line to the options that it left."""

    def move(self, rows: int) -> None:
        """Move the cursor by `rows`."""

    def page(self, pages: int) -> None:
        """Move the cursor by `pages` screenfuls of rows."""

    def close(self) -> None:
        """Close without doing anything."""


class Dialogs(Protocol):
    """The dialogs that ask the reader something."""

    def choose_view(
        self, choices: Sequence[ViewChoice], present: View, then: Callable[[View | None], None]
    ) -> None:
        """Show the views to choose from; call `then` with the chosen one, or with None."""

    def choose_followed(
        self,
        failures: Mapping[str, Reason],
        feeds: "FeedList",
    ) -> None:
        """Show the sections and feeds to follow; `failures` has reasons by address."""

    def ask_text(self, what: Ask, proposed: str, then: Callable[[str | None], None]) -> None:
        """Ask for a line of text; call `then` with it, or with None."""

    def ask_name(
        self, kind: NameKind, choices: Sequence[NamedChoice], then: Callable[[str], None]
    ) -> None:
        """Ask for a name, one of `choices` or a new one; call `then` with it."""

    def ask_path(
        self,
        proposed: Path,
        write: Write,
        then: Callable[[Path | None], None],
        *,
        count: int | None = None,
    ) -> None:
        """Ask where to write a file; call `then` with its path, or with None.

        For `count` files, ask for their folder.
        """

    def show_digest(
        self, digest: "Digest", at: int | None, then: Callable[[int | None], None]
    ) -> None:
        """Show a digest, the cursor at a headline; call `then` with the chosen one, or with None.

        Without `at`, or if the digest lacks it, the cursor is at the first headline.
        """


class Outside(Protocol):
    """The world around the program."""

    def open_url(self, url: str) -> None:
        """Open a page in the web browser."""

    def copy_to_clipboard(self, text: str) -> None:
        """Put a text on the clipboard; raises ReaderError where there is none."""

    def lend_terminal(self) -> AbstractContextManager[None]:
        """Return a context in which another program has the terminal; raises ReaderError."""


class Program(Protocol):
    """The program as a whole."""

    @property
    def dialog(self) -> OpenDialog:
        """Return the dialog that is open."""

    def show_help(self) -> Awaitable[None]:
        """Show the commands with their keys; done once they are shown."""

    def show_palette(self) -> None:
        """Find a command by its name."""

    def choose_theme(self) -> None:
        """Choose a theme from a list, which shows each as the cursor rests on it."""

    def show_notices(self) -> None:
        """Show the last notices again."""

    def suspend(self) -> None:
        """Suspend the program until the shell continues it."""

    def redraw(self) -> None:
        """Redraw the whole screen, after another program has written over it."""

    def quit(self) -> Awaitable[None]:
        """End the program; done once it has ended."""
