"""The command palette's entries, all from the command table."""

from collections.abc import Callable
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from reader.ui.commands import COMMANDS, Command
from reader.ui.keymap import key_names

# Moving a line is quicker by its key than by its name.
_OFFERED = tuple(command for command in COMMANDS if command.scope in ("app", "reading"))


class ReaderCommands(Provider):
    """Finds the commands that do not depend on one pane."""

    async def search(self, query: str) -> Hits:
        """Yield the commands whose label or help matches `query`."""
        matcher = self.matcher(query)
        for command in _OFFERED:
            score = max(matcher.match(command.label), matcher.match(command.help) / 2)
            if score > 0:
                shown = matcher.highlight(command.label) + _keys(command)
                yield Hit(score, shown, self._runner(command), command.label, command.help)

    async def discover(self) -> Hits:
        """Yield every command, in the table's order."""
        for command in _OFFERED:
            shown = Content(command.label) + _keys(command)
            yield DiscoveryHit(shown, self._runner(command), command.label, command.help)

    def _runner(self, command: Command) -> Callable[[], object]:
        namespace = self.app if command.scope == "app" else self.screen
        return partial(self.app.run_action, command.action, namespace)


def _keys(command: Command) -> Content:
    # In the label, since the palette reads the help text as markup, and `[` is a key.
    return Content("".join(f"  {name}" for name in key_names(command))).stylize("dim")
