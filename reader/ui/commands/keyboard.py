"""Handles keys one by one: each is finished before the next one is looked up."""

import asyncio
from typing import TYPE_CHECKING

from textual.events import Key
from textual.message_pump import MessagePump

from reader.ui.commands.dispatcher import Dispatcher
from reader.ui.commands.key_map import command_of
from reader.ui.commands.key_names import stroke_of
from reader.ui.controllers.screen import ScreenAccess
from reader.ui.state.pending import Pending
from reader.ui.state.screen_state import ScreenState

if TYPE_CHECKING:
    from textual.app import App

_ESCAPE = "escape"
# A key may post a message, whose handler posts another one.
_ROUNDS = 4
# The longest wait for the effects of a key.
_PATIENCE = 0.5


class Keyboard:
    """Runs the commands of typed keys, also of several strokes or with a count before them.

    Textual sends every key up from the focused widget and looks for its command at the end of the
    way. Meanwhile the next key is already sent, to the previous focus.
    """

    def __init__(
        self, app: "App[None]", state: ScreenState, screen: ScreenAccess, dispatcher: Dispatcher
    ) -> None:
        self._app = app
        self._state = state
        self._screen = screen
        self._dispatcher = dispatcher

    async def take(self, event: Key) -> bool:
        """Run the command of a key, or keep it as a prefix; return whether it was handled."""
        focused, screen = self._app.focused, self._app.screen
        pending = self._state.pending if self._screen.is_front else Pending()
        if focused is not None and focused.check_consume_key(event.key, event.character):
            self._wait_with(Pending())
            return False
        bindings = screen.active_bindings
        stroke = stroke_of(event.key, event.character)
        found = bindings.get(pending.with_stroke(stroke) if pending.prefix else event.key)
        if found is not None and not (pending and event.key == _ESCAPE):
            if command := command_of(found.binding.id):
                await self._dispatcher.run(command.id, pending.count or 1)
                done = True
            else:
                done = await self._app.run_action(found.binding.action, found.node)
            # This also applies if the screen that it opened is now in front.
            self._state.pending = Pending()
            return done
        self._wait_with(pending.after(stroke, bindings))
        return bool(pending) or self._is_waiting

    async def settle(self) -> None:
        """Wait until the messages caused by a key have been handled."""
        focused, screen = self._app.focused, self._app.screen
        way = focused.ancestors_with_self if focused is not None else [screen]
        pumps = [node for node in way if node is not self._app]
        try:
            async with asyncio.timeout(_PATIENCE):
                for _ in range(_ROUNDS):
                    for pump in pumps:
                        await _wait_until_idle(pump)
                    if not any(pump.message_queue_size for pump in pumps):
                        return
        except TimeoutError:
            return

    def _wait_with(self, pending: Pending) -> None:
        if self._screen.is_front:
            self._state.pending = pending

    @property
    def _is_waiting(self) -> bool:
        return self._screen.is_front and bool(self._state.pending)


async def _wait_until_idle(pump: MessagePump) -> None:
    """Wait until a pump has handled the messages in its queue."""
    done = asyncio.Event()
    if pump.call_later(done.set):
        await done.wait()
