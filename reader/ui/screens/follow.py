"""The dialog of the followed: the sections of all sources, then the feeds, then suggestions."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar, Protocol, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from reader.errors import Reason
from reader.model import Following
from reader.text.sanitize import clean_line
from reader.ui import wording
from reader.ui.commands.bindings import bindings_of
from reader.ui.controllers.program import FeedList, Follow
from reader.ui.screens.dialog import DialogScreen
from reader.ui.state.feeds import FeedRow
from reader.ui.typeset.text import SEPARATOR
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.options import Options

_Result = TypeVar("_Result")
_FOLLOWED, _NOT_FOLLOWED, _MAY_FOLLOW = "[x]", "[ ]", "[+]"


class Attempt(Protocol):
    """Calls a function that may raise ReaderError."""

    def __call__(self, act: Callable[[], _Result]) -> _Result | None:
        """Return the result of `act`, or None if it raised an error, which is then shown."""


class FollowScreen(DialogScreen[None]):
    """Shows the sections with a box each, then the feeds; each choice is stored at once.

    Sections without a page of their own come in with others, and are muted if they are unwanted.

    `failures` has the reason for each section whose page could not be fetched, by its address.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("follow")

    def __init__(
        self,
        followings: Sequence[Following],
        failures: Mapping[str, Reason],
        follow: Follow,
        feeds: FeedList,
        attempt: Attempt,
    ) -> None:
        super().__init__()
        self._sections = [each.section for each in followings]
        self._followed = [each.followed for each in followings]
        self._failures = failures
        self._names = Counter(section.name for section in self._sections)
        self._follow = follow
        self._feeds = feeds
        self._attempt = attempt
        # The meaning of each option: the index of a section, a feed, or nothing for a heading.
        self._rows: list[int | FeedRow | None] = []
        self._shows_found = False

    def compose(self) -> ComposeResult:
        """Lay out the sections and feeds below a heading, with further explanations."""
        with Vertical(id="follow"):
            yield Static(Content(wording.say("follow.title")), id="follow-title")
            yield Options(id="follow-sections")
            yield Static(Content(wording.say("follow.hint")), id="follow-hint")
        yield KeyBar("follow")

    def on_mount(self) -> None:
        """Show all rows, and keep the feeds up to date."""
        self._draw()
        self._feeds.redraw = self._redraw

    def on_unmount(self) -> None:
        """Stop updating."""
        self._feeds.redraw = lambda: None

    def _redraw(self) -> None:
        if self.is_attached:
            self._draw()

    def _draw(self) -> None:
        """Refill the list; the cursor stays where it was."""
        feeds = self._attempt(self._feeds.rows) or []
        options = self.query_one(OptionList)
        present = options.highlighted
        own = [row for row in feeds if row.kind == "feed"]
        others = [row for row in feeds if row.kind != "feed"]
        parts = {"follow.feeds": own, "follow.others": others}
        shown = {heading: rows for heading, rows in parts.items() if rows}
        is_known = bool(self._sections)
        self._rows = [*([] if is_known else [None]), *range(len(self._sections))]
        self._rows += [row for rows in shown.values() for row in (None, *rows)]
        headings = iter([*([] if is_known else ["follow.none"]), *shown])
        options.clear_options()
        options.add_options(
            Option(self._line(row), disabled=False)
            if row is not None
            else Option(_heading(next(headings)), disabled=True)
            for row in self._rows
        )
        places = [place for place, row in enumerate(self._rows) if row is not None]
        if places:
            found = next((place for place in places if _is_found(self._rows[place])), None)
            added = next((place for place in places if self._is_added(self._rows[place])), None)
            # After an address was pasted, the feeds found there are the ones to choose from.
            is_new = found is not None and not self._shows_found
            if is_new:
                present = found
            if added is not None:
                present, is_new, self._feeds.added = added, True, None
            self._shows_found = found is not None
            wanted = places[0] if present is None else present
            options.highlighted = min(places, key=lambda place: abs(place - wanted))
            # Its position is known only once the lines are laid out.
            self.call_after_refresh(options.scroll_to_highlight, top=is_new)

    def _is_added(self, row: int | FeedRow | None) -> bool:
        return isinstance(row, FeedRow) and row.kind == "feed" and row.key == self._feeds.added

    def choose_all(self) -> None:
        """Follow all sections, or none if all are followed."""
        wanted = not all(self._followed)
        for place, section in enumerate(self._sections):
            if self._followed[place] != wanted and self._follow(section, wanted):
                self._followed[place] = wanted
        self._draw()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Note the feed at the cursor, to which commands apply."""
        row = self._rows[event.option_index] if event.option_index < len(self._rows) else None
        self._feeds.selected = row if isinstance(row, FeedRow) else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Follow or unfollow the section at the cursor; mute a feed, or follow a new one."""
        row = self._rows[event.option_index]
        if isinstance(row, FeedRow):
            self._attempt(partial(self._feeds.toggle, row))
        elif row is not None:
            followed = not self._followed[row]
            if self._follow(self._sections[row], followed):
                self._followed[row] = followed
                line = self._line(row)
                event.option_list.replace_option_prompt_at_index(event.option_index, line)

    def _line(self, row: int | FeedRow) -> Content:
        if isinstance(row, FeedRow):
            return _feed_line(row)
        section = self._sections[row]
        box = _FOLLOWED if self._followed[row] else _NOT_FOLLOWED
        name = clean_line(section.name)
        if self._names[section.name] > 1:
            name = f"{name} ({clean_line(section.source)})"
        why = self._failures.get(section.url)
        without = "" if section.url else f"{SEPARATOR}{wording.say('follow.without-page')}"
        return _with_reason(f"{box} {name}", without, why)


def _feed_line(row: FeedRow) -> Content:
    """Return a feed with its box, its group, and why it could not be fetched."""
    box = _MAY_FOLLOW if row.kind != "feed" else _NOT_FOLLOWED if row.muted else _FOLLOWED
    about = [clean_line(row.section)] if row.section else []
    if row.muted:
        about.append(wording.say("feeds.muted"))
    if row.unread:
        about.append(wording.say("feeds.unread", count=row.unread))
    if row.full_text != "auto":
        about.append(wording.say(f"feeds.text-{row.full_text}"))
    quiet = "".join(f"{SEPARATOR}{each}" for each in about)
    return _with_reason(f"{box} {clean_line(row.name)}", quiet, row.why)


def _with_reason(text: str, quiet: str, why: Reason | None) -> Content:
    reason = f"{SEPARATOR}{wording.reason_text(why)}" if why else ""
    return Content.assemble((text, ""), (quiet + reason, "$quiet"))


def _is_found(row: int | FeedRow | None) -> bool:
    return isinstance(row, FeedRow) and row.kind == "found"


def _heading(code: str) -> Content:
    return Content.assemble((wording.say(code), "bold"))
