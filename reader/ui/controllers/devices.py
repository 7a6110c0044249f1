"""The exchange of marks with the other machines, while the reader is open."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from reader.config import Settings
from reader.errors import ReaderError, Reason
from reader.library import Library
from reader.sync.child_process import Child
from reader.ui import wording
from reader.ui.controllers.headlines import HeadlinesController
from reader.ui.controllers.screen import ArticlePane, ScreenAccess
from reader.ui.state.notices import notice_of
from reader.ui.state.screen_state import ScreenState
from reader.ui.state.values import Notice

# Seconds between two checks of the folder, and the least time between two exchanges of marks, each
# of which writes a file.
_LOOK_SECONDS, _TELL_SECONDS = 0.5, 30.0
_GROUP = "exchange"
_PLACE_SECONDS = 15.0

# The folders in the exchange folder, each with its last change; None if the folder is gone.
FolderTimes = dict[str, int] | None


class DevicesController:
    """Exchanges marks by a child process; without a folder in the settings it does nothing."""

    def __init__(
        self,
        library: Library,
        child: Child,
        state: ScreenState,
        screen: ScreenAccess,
        article: ArticlePane,
        *,
        settings: Settings,
        headlines: HeadlinesController,
        clock: Callable[[], float],
    ) -> None:
        self._library = library
        self._child = child
        self._state = state
        self._screen = screen
        self._article = article
        self._settings = settings
        self._path = settings.sync_path
        self._headlines = headlines
        self._clock = clock
        self._seen: FolderTimes = {}
        self._is_busy = self._is_looking = False
        self._was_syncing = False
        # The last stamp when everything had been reported, and when marks were last reported.
        self._exchanged = 0
        # The headline that was read further on another machine, as the header says.
        self._read_further: int | None = None
        self._told_at = -_TELL_SECONDS

    def begin(self) -> None:
        """Exchange now, and from then on whenever there is something to exchange."""
        if self._path is not None:
            self._start()
            self._screen.every(_LOOK_SECONDS, self.look)

    def look(self) -> None:
        """Check whether marks were set, news came in, or another machine wrote."""
        if self._path is None or self._is_busy or self._is_looking:
            return
        now = self._clock()
        is_due = (
            now - self._told_at >= _TELL_SECONDS
            and self._library.devices.last_stamp() != self._exchanged
        )
        is_syncing = self._state.network.progress is not None
        has_synced, self._was_syncing = self._was_syncing and not is_syncing, is_syncing
        if is_due or has_synced:
            self._told_at = now
            self._start()
        else:
            self._screen.start(_GROUP, self._look_there)

    def leave(self) -> None:
        """Exchange what was set since, in a process that outlives the reader."""
        if self._path is not None and self._library.devices.last_stamp() != self._exchanged:
            self._child.exchange_alone(offline=self._state.network.offline)

    def go_to_place(self) -> None:
        """Continue where the opened article was left last, also on another machine."""
        opened = self._state.opened
        place = self._library.articles.place(opened.headline.id) if opened else 0
        if place:
            self._article.resume(place)
            self._name_machine("")
        else:
            self._screen.say(wording.say("notice.no-place"), about="article")

    def article_opened(self) -> None:
        """Name no machine any more if another article is opened."""
        opened = self._state.opened
        if self._state.network.elsewhere and (
            opened is None or opened.headline.id != self._read_further
        ):
            self._name_machine("")

    def _name_machine(self, name: str) -> None:
        """Show in the status line on which machine the opened article was read further."""
        self._state.network = replace(self._state.network, elsewhere=name)

    async def _look_there(self) -> None:
        """Exchange if the folder has changed; a check may take long on a remote disk."""
        self._is_looking = True
        try:
            found = await self._look()
        finally:
            self._is_looking = False
        if found != self._seen:
            await self._exchange()

    def _start(self) -> None:
        self._screen.start(_GROUP, self._exchange)

    async def _exchange(self) -> None:
        if self._is_busy:
            return
        self._is_busy = True
        last, seen = self._library.devices.last_stamp(), await self._look()
        opened = self._state.opened
        before = self._library.articles.place(opened.headline.id) if opened else 0
        trouble: Reason | None = None
        try:
            await self._child.exchange(offline=self._state.network.offline)
        except ReaderError as error:
            trouble = error.reason
        finally:
            self._is_busy = False
        self._show_trouble(trouble)
        self._seen = _seen_of(seen, await self._look(), self._own_folder())
        if trouble is None:
            has_unsent = await asyncio.to_thread(self._library.devices.has_unsent)
            # Marks set meanwhile are reported the next time.
            self._exchanged = last if has_unsent else self._library.devices.last_stamp()
        self._headlines.refresh_if_changed()
        if opened is not None and self._state.opened is not None:
            number = self._state.opened.headline.id
            if number == opened.headline.id:
                await self._tell_place(number, before)

    async def _look(self) -> FolderTimes:
        return await asyncio.to_thread(look_at, self._path)

    def _own_folder(self) -> str | None:
        """Return the name of the folder in which this machine writes."""
        from reader.exchange.own_device import load_device

        own = load_device(self._settings.cache_path)
        return own.device if own else None

    def _show_trouble(self, trouble: Reason | None) -> None:
        """Show in the status line that something is wrong, and say only once what it is."""
        network = self._state.network
        is_new = trouble is not None and network.folder is None
        if network.folder != trouble:
            self._state.network = replace(network, folder=trouble)
        if is_new and trouble is not None:
            text = wording.reason_text(trouble)
            if trouble.code == "marks_folder_gone":
                text = wording.say("notice.folder-gone", folder=self._settings.sync_folder)
            self._screen.show_notice(Notice(text, "warning", about="folder"))

    async def _tell_place(self, number: int, before: int) -> None:
        """Say that the opened article was read further elsewhere; never scroll it."""
        device = self._library.devices.place_device(number)
        place = self._library.articles.place(number)
        if device is None or place in {0, before, self._article.place}:
            return
        name = await asyncio.to_thread(_name_of, self._settings, device)
        if name is not None:
            self._read_further = number
            self._name_machine(name)
            self._screen.show_notice(
                notice_of("notice.read-on", seconds=_PLACE_SECONDS, about="article", name=name)
            )


def _seen_of(before: FolderTimes, after: FolderTimes, own: str | None) -> FolderTimes:
    """Return the state that an exchange has seen: the folders `before` it, its own as it is now."""
    if before is None or after is None or own is None:
        return before
    return {name: at for name, at in before.items() if name != own} | {
        name: at for name, at in after.items() if name == own
    }


def look_at(path: Path | None) -> FolderTimes:
    """Return the folders in the exchange folder, and when each changed; None if it is gone."""
    found: dict[str, int] = {}
    try:
        if path is not None:
            with os.scandir(path) as entries:
                found = {each.name: each.stat().st_mtime_ns for each in entries}
    except OSError:
        return None
    return found


def _name_of(settings: Settings, device: str) -> str | None:
    """Return the name of another machine, None for this one."""
    # The import is seldom needed, as the exchange is off for most.
    from reader.exchange.session import name_of

    return name_of(settings, device)
