"""Names given by a reader: tags of headlines, mutes, and saved searches."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from reader.errors import ReaderError
from reader.library import Library
from reader.model import Mute
from reader.text.tags import mark_of_tag, tag_of
from reader.ui import wording
from reader.ui.controllers.headlines import HeadlinesController
from reader.ui.controllers.host import Host
from reader.ui.controllers.marks import MarksController
from reader.ui.controllers.navigation import NavigationController
from reader.ui.controllers.program import Dialogs
from reader.ui.state.edition import Edition
from reader.ui.state.notices import notice_of
from reader.ui.state.values import NamedChoice, Notice
from reader.ui.state.view_state import ViewState

_GROUP = "labels"
_SECONDS = 6.0


class LabelsController:
    """Tags headlines, mutes words and sections, and saves searches; may raise ReaderError."""

    def __init__(
        self,
        library: Library,
        edition: Edition,
        state: ViewState,
        host: Host,
        *,
        headlines: HeadlinesController,
        marks: MarksController,
        navigation: NavigationController,
        dialogs: Dialogs,
        now: Callable[[], datetime],
    ) -> None:
        self._library = library
        self._edition = edition
        self._state = state
        self._host = host
        self._headlines = headlines
        self._marks = marks
        self._navigation = navigation
        self._dialogs = dialogs
        self._now = now

    # Tags.

    def tag(self) -> None:
        """Ask for a tag, and add it to the selected headline or the picked ones, or remove it."""
        targets = self._headlines.targets()
        if not targets:
            return
        known = self._library.headlines.tags()
        labels = [
            NamedChoice(tag, is_set=all(tag in each.tags for each in targets), detail="")
            for tag in known
        ]

        def give(written: str) -> None:
            if tag := tag_of(written, known):
                value = not all(tag in each.tags for each in targets)
                ids = [each.id for each in targets]
                self._marks.mark_many(mark_of_tag(tag), ids, value=value)

        self._dialogs.choose_label("tag", labels, give)

    def choose_tag(self) -> None:
        """Choose a tag and show its headlines; if there is only one tag, show them at once."""
        choices, go_to = self._edition.tagged(), self._navigation.go_to_view
        if not choices:
            self._host.show_notice(notice_of("notice.no-tags"))
        elif len(choices) == 1:
            go_to(choices[0].view)
        else:
            self._dialogs.choose_view(choices, self._edition.view, go_to)

    # Mutes.

    def mute(self) -> None:
        """Ask what to mute or unmute; the section of the selected headline is offered first."""
        mutes = self._library.mutes.all()
        labels = [
            NamedChoice(
                _written(each), is_set=True, detail=wording.say_count("labels.hides", each.hidden)
            )
            for each in mutes
        ]
        headline = self._headlines.selected()
        section = headline.teaser.section if headline else None
        if section and not any(each.kind == "section" and each.name == section for each in mutes):
            offered = Mute("section", section)
            labels.insert(0, NamedChoice(_written(offered), is_set=False, detail=""))
        self._dialogs.choose_label("mute", labels, lambda written: self._mute(written, mutes))

    def mute_section(self, name: str, *, muted: bool) -> bool:
        """Mute or unmute a section, and show a notice; tell whether the reader may change it."""
        mute = Mute("section", name)
        if any(each.fixed and each.name == name for each in self._library.mutes.all()):
            self._host.say(wording.say("labels.fixed", name=_written(mute)))
            return False
        self._host.start(_GROUP, lambda: self._change_mutes(_written(mute), add=muted))
        return True

    def _mute(self, written: str, mutes: Sequence[Mute]) -> None:
        known = {_written(each).casefold(): each for each in mutes}
        present = known.get(written.strip().casefold())
        if present is not None and present.fixed:
            self._host.say(wording.say("labels.fixed", name=written))
            return
        self._host.start(_GROUP, lambda: self._change_mutes(written, add=present is None))

    async def _change_mutes(self, written: str, *, add: bool) -> None:
        """Mute or unmute it, and show a notice with the key to undo that."""
        try:
            hidden = await asyncio.to_thread(self._change, written, add=add)
        except ReaderError as error:
            self._host.say(wording.reason_text(error))
            return
        self._headlines.reread()
        if hidden is None:
            self._host.say(wording.say("labels.no-words"))
            return
        self._marks.note_act(lambda: self._take_back(written, muted=add))
        self._host.show_notice(_notice_of(written, hidden))

    async def _take_back(self, written: str, *, muted: bool) -> str:
        """Undo a mute, or that it was removed; return the message, "" if already done."""
        hidden = await asyncio.to_thread(self._change, written, add=not muted)
        return "" if hidden is None else _notice_of(written, hidden).text

    def _change(self, written: str, *, add: bool) -> int | None:
        """Mute it and return how many headlines it hides, or unmute it and return -1.

        None means that there was nothing to change. To be called in a thread, as a hundred thousand
        headlines take a second.
        """
        with self._library.open_connection() as library:
            before = {_written(each): each for each in library.mutes.all()}
            if not add:
                return -1 if library.mutes.remove(written) else None
            mute = library.mutes.add(written)
            after = {_written(each): each for each in library.mutes.all()}
            new = next((after[name] for name in after if name not in before), mute)
            return new.hidden if new else None

    # Saved searches.

    def save_search(self) -> None:
        """Ask for a name, and save the search; in the view of a saved search, delete it."""
        query = self._state.search_state.query if self._state.searching else ""
        selection = self._edition.view.selection
        if not query and selection.query:
            self._forget(self._edition.view.name, selection.query)
            return
        if not query:
            self._host.say(wording.say("labels.no-search"))
            return
        labels = [
            NamedChoice(each.name, is_set=True, detail=each.query)
            for each in self._library.searches.all()
        ]

        def save(name: str) -> None:
            try:
                saved = self._library.searches.save(name, query)
            except ReaderError as error:
                self._host.say(wording.reason_text(error))
                return
            if saved:
                self._headlines.reread()
                self._host.say(wording.say("labels.search-saved", name=name))

        self._dialogs.choose_label("keep", labels, save)

    def _forget(self, name: str, query: str) -> None:
        self._library.searches.forget(name)

        def take_back() -> str:
            saved = self._library.searches.save(name, query)
            return wording.say("labels.search-saved", name=name) if saved else ""

        self._marks.note_act(take_back)
        view = self._edition.named("all")
        if view is not None:
            self._headlines.show_view(view)
        self._host.show_notice(notice_of("labels.search-forgotten", name=name))

    async def adopt_settings(self, written: Sequence[str]) -> None:
        """Apply the mutes of the settings, in a thread, and show the lists accordingly."""

        def adopt() -> bool:
            with self._library.open_connection() as library:
                return library.mutes.adopt(written)

        if await asyncio.to_thread(adopt):
            self._headlines.reread()


def _written(mute: Mute) -> str:
    """Return a mute as a reader writes it."""
    is_section = mute.kind == "section"
    return wording.say("labels.of-section", name=mute.name) if is_section else mute.name


def _notice_of(written: str, hidden: int) -> Notice:
    """Return what is said of something that was muted, or unmuted if `hidden` is -1."""
    if hidden < 0:
        return notice_of("labels.unmuted", seconds=_SECONDS, name=written)
    return notice_of("labels.muted", hidden, seconds=_SECONDS, name=written)
