"""Mutes: the words and sections that the lists leave out."""

import asyncio
from collections.abc import Callable, Sequence

from reader.errors import ReaderError
from reader.library import Library
from reader.model import Mute
from reader.ui import wording
from reader.ui.controllers.headlines import HeadlinesController
from reader.ui.controllers.marks import MarksController, TakeBack
from reader.ui.controllers.program import Dialogs
from reader.ui.controllers.screen import ScreenAccess
from reader.ui.state.notices import notice_of
from reader.ui.state.values import NamedChoice, Notice

# Records how to undo an action.
Note = Callable[[TakeBack], None]

_GROUP = "mutes"
_SECONDS = 6.0


class MutesController:
    """Mutes and unmutes words and sections; may raise ReaderError."""

    def __init__(
        self,
        library: Library,
        screen: ScreenAccess,
        *,
        headlines: HeadlinesController,
        marks: MarksController,
        dialogs: Dialogs,
    ) -> None:
        self._library = library
        self._screen = screen
        self._headlines = headlines
        self._marks = marks
        self._dialogs = dialogs

    def mute(self) -> None:
        """Ask what to mute or unmute; the section of the selected headline is offered first."""
        mutes = self._library.mutes.all()
        choices = [
            NamedChoice(
                _written(each), is_set=True, detail=wording.say_count("mutes.hides", each.hidden)
            )
            for each in mutes
        ]
        headline = self._headlines.selected()
        section = headline.teaser.section if headline else None
        if section and not any(each.kind == "section" and each.name == section for each in mutes):
            offered = Mute("section", section)
            choices.insert(0, NamedChoice(_written(offered), is_set=False, detail=""))
        self._dialogs.ask_name("mute", choices, lambda written: self._mute(written, mutes))

    def mute_section(self, name: str, *, muted: bool, note: Note) -> bool:
        """Mute or unmute a section, and show a notice; tell whether the reader may change it.

        How to undo it goes to `note`.
        """
        mute = Mute("section", name)
        if any(each.fixed and each.name == name for each in self._library.mutes.all()):
            self._screen.say(wording.say("mutes.fixed", name=_written(mute)))
            return False
        self._screen.start(_GROUP, lambda: self._change_mutes(_written(mute), note, add=muted))
        return True

    def _mute(self, written: str, mutes: Sequence[Mute]) -> None:
        known = {_written(each).casefold(): each for each in mutes}
        present = known.get(written.strip().casefold())
        if present is not None and present.fixed:
            self._screen.say(wording.say("mutes.fixed", name=written))
            return
        note = self._marks.note_act
        self._screen.start(_GROUP, lambda: self._change_mutes(written, note, add=present is None))

    async def _change_mutes(self, written: str, note: Note, *, add: bool) -> None:
        """Mute or unmute it, and show a notice with the key to undo that."""
        try:
            hidden = await asyncio.to_thread(self._change, written, add=add)
        except ReaderError as error:
            self._screen.say(wording.reason_text(error))
            return
        self._headlines.reread()
        if hidden is None:
            self._screen.say(wording.say("mutes.no-words"))
            return
        note(lambda: self._take_back(written, muted=add))
        if hidden == 0 and self._names_no_section(written):
            notice = notice_of("mutes.no-section", seconds=_SECONDS, name=written)
        else:
            notice = _notice_of(written, hidden)
        self._screen.show_notice(notice)

    def _names_no_section(self, written: str) -> bool:
        """Tell whether something that was muted is a section, and none has that name."""
        name = written.strip().casefold()
        muted = (each for each in self._library.mutes.all() if each.kind == "section")
        rule = next((each for each in muted if _written(each).casefold() == name), None)
        known = {each.section.name.casefold() for each in self._library.sources.followings()}
        return rule is not None and rule.name.casefold() not in known

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
    return wording.say("mutes.of-section", name=mute.name) if is_section else mute.name


def _notice_of(written: str, hidden: int) -> Notice:
    """Return what is said of something that was muted, or unmuted if `hidden` is -1."""
    if hidden < 0:
        return notice_of("mutes.unmuted", seconds=_SECONDS, name=written)
    return notice_of("mutes.muted", hidden, seconds=_SECONDS, name=written)
