"""What controllers and commands may ask of the program around the main screen."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from reader.errors import Reason
from reader.model import Following, Section
from reader.ui.state.feeds import FeedRow
from reader.ui.state.values import Label, View, ViewChoice

if TYPE_CHECKING:
    from reader.stories.digest import Digest

# Writes the article to a path that is free, and returns where it went; raises ReaderError.
Write = Callable[[Path], Path]
# Sets whether a section is followed, and returns whether that is on disk.
Follow = Callable[[Section, bool], bool]


# What a name is asked for.
LabelKind = Literal["tag", "mute", "keep"]
# What a line of text is asked for.
Ask = Literal["add", "rename", "regroup"]


class FeedList(Protocol):
    """The feeds in the dialog of what is followed, as `controllers.feeds` keeps them."""

    selected: FeedRow | None
    redraw: Callable[[], object]

    def rows(self) -> Sequence[FeedRow]:
        """Return the followed feeds, those that were found, and sites that may be followed."""

    def toggle(self, row: FeedRow) -> None:
        """Mute a feed, or no longer; follow one that is not followed yet."""


class OpenDialog(Protocol):
    """A dialog over the main screen."""

    def choose(self) -> None:
        """Do what the dialog is for, with what is selected or typed."""

    def choose_all(self) -> None:
        """Choose all that there is to choose, or none of it where all of it is chosen."""

    def move(self, rows: int) -> None:
        """Move the cursor by rows."""

    def page(self, pages: int) -> None:
        """Move the cursor by views of rows."""

    def close(self) -> None:
        """Close without doing anything."""


class Dialogs(Protocol):
    """Opens the dialogs that ask a reader something."""

    def choose_view(
        self, choices: Sequence[ViewChoice], present: View, then: Callable[[View | None], None]
    ) -> None:
        """Show the views to choose one; call `then` with it, or with None."""

    def choose_followed(
        self,
        followings: Sequence[Following],
        failures: Mapping[str, Reason],
        follow: Follow,
        feeds: "FeedList",
    ) -> None:
        """Show the sections to follow, and the feeds; `failures` has reasons by address."""

    def ask_text(self, what: Ask, proposed: str, then: Callable[[str | None], None]) -> None:
        """Ask for a line of text; call `then` with it, or with None."""

    def choose_label(
        self, kind: LabelKind, labels: Sequence[Label], then: Callable[[str], None]
    ) -> None:
        """Ask for a name, one of `labels` or another; call `then` with it."""

    def ask_path(self, proposed: Path, write: Write, then: Callable[[Path | None], None]) -> None:
        """Ask where to write a file; call `then` with its path, or with None."""

    def show_digest(self, digest: "Digest", then: Callable[[int | None], None]) -> None:
        """Show a digest; call `then` with the headline that is chosen, or with None."""


class Outside(Protocol):
    """The world around the program."""

    def open_url(self, url: str) -> None:
        """Open a page in the web browser."""

    def copy_to_clipboard(self, text: str) -> None:
        """Put a text on the clipboard; raises ReaderError where there is none."""

    def lend_terminal(self) -> AbstractContextManager[None]:
        """Leave the terminal to another program meanwhile; raises ReaderError where it cannot."""


class Program(Protocol):
    """The program as a whole."""

    @property
    def dialog(self) -> OpenDialog:
        """Return the dialog that is open."""

    def show_help(self) -> Awaitable[None]:
        """Show the commands with their keys."""

    def show_palette(self) -> None:
        """Find a command by its name."""

    def choose_theme(self) -> None:
        """Choose a theme from a list, which shows each as the cursor rests on it."""

    def show_notices(self) -> None:
        """Show the last notices again."""

    def suspend(self) -> None:
        """Suspend the program until the shell continues it."""

    def redraw(self) -> None:
        """Draw the whole screen anew, where something else has written over it."""

    def quit(self) -> Awaitable[None]:
        """End the program."""
