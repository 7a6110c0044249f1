"""The dialog of the followed: the sections of all sources, then the feeds, then suggestions."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar, Protocol, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from reader.errors import Reason
from reader.model import Section
from reader.text.sanitize import clean_line
from reader.ui import wording
from reader.ui.commands.bindings import bindings_of
from reader.ui.controllers.program import FeedList
from reader.ui.screens.dialog import DialogScreen
from reader.ui.state.feeds import FeedRow
from reader.ui.typeset.text import SEPARATOR
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.notice_line import NoticeLine
from reader.ui.widgets.options import Options
from reader.ui.widgets.typed_line import TypedLine

_Result = TypeVar("_Result")
_FOLLOWED, _NOT_FOLLOWED, _MAY_FOLLOW = "[x]", "[ ]", "[+]"
# The commands of the key bar that do something only while typing, at a feed, or at a section.
_OF_FILTER = ("follow.settle",)
_OF_FEEDS = ("follow.rename", "follow.unsubscribe")
_OF_SECTIONS = ("follow.all",)
_OF_LIST = ("follow.choose", "follow.add", "follow.filter", *_OF_FEEDS, *_OF_SECTIONS)


class Attempt(Protocol):
    """Calls a function that may raise ReaderError."""

    def __call__(self, act: Callable[[], _Result]) -> _Result | None:
        """Return the result of `act`, or None if it raised an error, which is then shown."""


class FollowScreen(DialogScreen[None]):
    """Shows the sections with a box each, then the feeds; each choice is stored at once.

    A line above them, once it is asked for, leaves those that contain all words typed there.

    Sections without a page of their own come in with others, and are muted if they are unwanted.

    `failures` has the reason for each section whose page could not be fetched, by its address.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("follow")
    AUTO_FOCUS = "OptionList"

    def __init__(
        self,
        failures: Mapping[str, Reason],
        feeds: FeedList,
        attempt: Attempt,
        notices: NoticeLine,
    ) -> None:
        super().__init__()
        self._notices = notices
        self._sections: list[Section] = []
        self._followed: list[bool] = []
        self._names: Counter[str] = Counter()
        self._failures = failures
        self._feeds = feeds
        self._attempt = attempt
        # The meaning of each option: the index of a section, a feed, or nothing for a heading.
        self._rows: list[int | FeedRow | None] = []
        self._shows_found = False
        self._words: list[str] = []

    def compose(self) -> ComposeResult:
        """Lay out the sections and feeds below a heading, with further explanations."""
        with Vertical(id="follow"):
            yield Static(Content(wording.say("follow.title")), id="follow-title")
            line = TypedLine(placeholder=wording.say("follow.filter"))
            line.display = False
            yield line
            yield Options(id="follow-sections")
            yield Static(Content(wording.say("follow.hint")), id="follow-hint")
        yield Static(id="follow-notice")
        yield KeyBar("follow")

    def on_mount(self) -> None:
        """Show all rows, and keep the feeds up to date."""
        self._redraw()
        self._feeds.redraw = self._redraw
        self.watch(self._notices, "notice", self._show_notice, init=False)

    def on_unmount(self) -> None:
        """Stop updating."""
        self._feeds.redraw = lambda: None

    def _show_notice(self) -> None:
        """Show what is said meanwhile where the dialog takes the whole screen."""
        line = self.query_one("#follow-notice", Static)
        line.update(self._notices.drawn(self.size.width))
        line.add_class("-said")
        # The list is lower now.
        self.call_after_refresh(self.query_one(OptionList).scroll_to_highlight)

    def on_resize(self) -> None:
        """Wrap what was said to the new width."""
        if self.query_one("#follow-notice").has_class("-said"):
            self._show_notice()

    def _redraw(self) -> None:
        if self.is_attached:
            followings = self._attempt(self._feeds.followings) or []
            self._sections = [each.section for each in followings]
            self._followed = [each.followed for each in followings]
            self._names = Counter(section.name for section in self._sections)
            self._draw()

    def _draw(self) -> None:
        """Refill the list; the cursor stays where it was."""
        feeds = [row for row in self._attempt(self._feeds.rows) or [] if self._is_wanted(row)]
        options = self.query_one(OptionList)
        present = options.highlighted
        before = self._rows[present] if present is not None else None
        own = [row for row in feeds if row.kind == "feed"]
        others = [row for row in feeds if row.kind != "feed"]
        parts = {"follow.feeds": own, "follow.others": others}
        shown = {heading: rows for heading, rows in parts.items() if rows}
        sections = [place for place in range(len(self._sections)) if self._is_wanted(place)]
        lacking = [] if self._words or self._sections else ["follow.none"]
        if self._words and not sections and not shown:
            lacking = ["sections.nothing"]
        self._rows = [*(None for _ in lacking), *sections]
        self._rows += [row for rows in shown.values() for row in (None, *rows)]
        headings = iter([*lacking, *shown])
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
            same = [place for place in places if _is_same(self._rows[place], before)]
            if same and added is None and not is_new:
                present = same[0]
            wanted = places[0] if present is None else present
            options.highlighted = min(places, key=lambda place: abs(place - wanted))
            # Its position is known only once the lines are laid out.
            self.call_after_refresh(options.scroll_to_highlight, top=is_new)
        else:
            self._feeds.selected = None

    def _is_wanted(self, row: int | FeedRow) -> bool:
        """Tell whether a row contains all typed words, or is what a pasted address led to."""
        if _is_found(row) or self._is_added(row):
            return True
        if isinstance(row, FeedRow):
            text = f"{row.name} {row.section}".casefold()
        else:
            text = self._sections[row].name.casefold()
        return all(word in text for word in self._words)

    def _is_added(self, row: int | FeedRow | None) -> bool:
        return isinstance(row, FeedRow) and row.kind == "feed" and row.key == self._feeds.added

    def choose_all(self) -> None:
        """Follow all sections that are shown, or none of them if all are followed."""
        places = [row for row in self._rows if isinstance(row, int)]
        wanted = not all(self._followed[place] for place in places)
        self._follow([place for place in places if self._followed[place] != wanted], wanted)
        self._draw()

    def begin_filter(self) -> None:
        """Show the line whose words the rows must contain, and go to it."""
        line = self.query_one(Input)
        line.display = True
        line.focus()

    def settle_filter(self) -> None:
        """Go to the rows with the typed words."""
        self.query_one(OptionList).focus()

    def close(self) -> None:
        """Show all rows again if they are filtered, else close."""
        line = self.query_one(Input)
        if not line.display:
            self.dismiss(None)
            return
        line.value, line.display = "", False
        self.query_one(OptionList).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the rows with these words."""
        self._words = event.value.casefold().split()
        self._draw()

    def on_descendant_focus(self) -> None:
        """Offer the keys that do something where the focus is."""
        self._offer_keys()

    def _offer_keys(self) -> None:
        is_typing = self.query_one(Input).has_focus
        row = self._feeds.selected
        unfit: tuple[str, ...] = _OF_LIST if is_typing else _OF_FILTER
        if row is None or row.kind != "feed":
            unfit += _OF_FEEDS
        if row is not None:
            unfit += _OF_SECTIONS
        self.query_one(KeyBar).unfit = unfit

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Note the feed at the cursor, to which commands apply."""
        row = self._row_at(event.option_index)
        self._feeds.selected = row if isinstance(row, FeedRow) else None
        self._offer_keys()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Follow or unfollow the section at the cursor; mute a feed, or follow a new one."""
        row = self._row_at(event.option_index)
        if isinstance(row, FeedRow):
            self._attempt(partial(self._feeds.toggle, row))
        elif row is not None:
            self._follow([row], not self._followed[row])
            line = self._line(row)
            event.option_list.replace_option_prompt_at_index(event.option_index, line)

    def _follow(self, places: Sequence[int], followed: bool) -> None:
        """Follow the sections at these places, or no longer, and note which of them changed."""
        sections = [self._sections[place] for place in places]
        changed = self._attempt(partial(self._feeds.follow, sections, followed)) or []
        for place in places:
            if self._sections[place] in changed:
                self._followed[place] = followed

    def _row_at(self, option: int) -> int | FeedRow | None:
        """Return the meaning of an option, None for one that is no longer there."""
        return self._rows[option] if option < len(self._rows) else None

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


def _is_same(row: int | FeedRow | None, before: int | FeedRow | None) -> bool:
    """Tell whether a row is for the same section or feed as `before`."""
    if isinstance(row, FeedRow) and isinstance(before, FeedRow):
        return row.key == before.key
    return row == before


def _is_found(row: int | FeedRow | None) -> bool:
    return isinstance(row, FeedRow) and row.kind == "found"


def _heading(code: str) -> Content:
    return Content.assemble((wording.say(code), "bold"))
