"""The command palette's entries, all from the command table."""

from collections.abc import Callable
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from reader.ui import words
from reader.ui.commands import OFFERED, WHERE, Command
from reader.ui.keymap import key_names


class ReaderCommands(Provider):
    """Finds commands; those of a pane do their work there, wherever the focus is."""

    async def search(self, query: str) -> Hits:
        """Yield the commands whose label or help matches `query`."""
        matcher = self.matcher(query)
        for command in OFFERED:
            score = max(matcher.match(_name(command)), matcher.match(command.help) / 2)
            if score > 0:
                shown = matcher.highlight(_name(command)) + _keys(command)
                yield Hit(score, shown, self._runner(command), _name(command), command.help)

    async def discover(self) -> Hits:
        """Yield every command, in the table's order."""
        for command in OFFERED:
            shown = Content(_name(command)) + _keys(command)
            yield DiscoveryHit(shown, self._runner(command), _name(command), command.help)

    def _runner(self, command: Command) -> Callable[[], object]:
        app = self.app
        # The application imports this module.
        run: Callable[[Command], object] = app.run_command  # type: ignore[attr-defined]
        return partial(run, command)


def _name(command: Command) -> str:
    """Return what a command is called among those of all panes."""
    where = WHERE[command.scope]
    return f"{command.label} ({words.say(where)})" if where else command.label


def _keys(command: Command) -> Content:
    # In the label, since the palette reads the help text as markup, and `[` is a key.
    return Content("".join(f"  {name}" for name in key_names(command))).stylize("dim")
