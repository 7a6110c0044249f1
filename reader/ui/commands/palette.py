"""The command palette: its entries, all from the command table."""

from collections.abc import Callable
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from reader.ui import wording
from reader.ui.commands.key_map import key_names, offered_commands
from reader.ui.commands.table import Command, action_of, where_text
from reader.ui.state.panes import SCOPES_OF, Pane

# The weight of a match whose command is for another pane.
_ELSEWHERE = 0.5
# The score of each matching character in the name in `[keys]` and in the help. One in the label
# scores 1 to 6, the most if the characters are adjacent.
_IN_ID, _IN_HELP = 2.5, 1.0
# In a terminal narrower than this (cells) each entry takes one line.
_WITH_HELP = 50


class ReaderCommands(Provider):
    """Finds commands; those of a pane work there, wherever the focus is."""

    async def search(self, query: str) -> Hits:
        """Yield the commands that match `query`, or one hit that says that none does.

        Letters of a label may be left out; of the help and of the name in `[keys]`, words may not.
        """
        matcher = self.matcher(query)
        found = False
        for command in self._offered():
            score = max(matcher.match(_name(command)), _score_of_words(query, command))
            score *= 1 if self._is_here(command) else _ELSEWHERE
            if score > 0:
                found = True
                shown = matcher.highlight(_name(command)) + _keys(command)
                yield Hit(score, shown, self._runner(command), _name(command), self._help(command))
        if not found:
            yield _nothing()

    async def discover(self) -> Hits:
        """Yield every command, those that work where the focus is first."""
        for command in sorted(self._offered(), key=lambda command: not self._is_here(command)):
            shown = Content(_name(command)) + _keys(command)
            yield DiscoveryHit(shown, self._runner(command), _name(command), self._help(command))

    def _help(self, command: Command) -> str | None:
        """Return the description of a command, if there is room for more than its name."""
        return command.help if self.app.size.width >= _WITH_HELP else None

    def _offered(self) -> tuple[Command, ...]:
        return offered_commands(self._pane)

    def _is_here(self, command: Command) -> bool:
        return command.scope in SCOPES_OF[self._pane]

    @property
    def _pane(self) -> Pane:
        """Return the pane that had the focus; no dialog is below the palette."""
        pane: Pane = getattr(self.screen, "pane", "list")
        return pane

    def _runner(self, command: Command) -> Callable[[], object]:
        return partial(self.app.run_action, action_of(command))


def _score_of_words(query: str, command: Command) -> float:
    """Return how well the help or the name in `[keys]` of a command has all words of `query`."""
    words_of_query = query.casefold().split()
    if all(word in command.id for word in words_of_query):
        return _IN_ID * len(query)
    in_help = all(f" {word}" in f" {command.help}".casefold() for word in words_of_query)
    return _IN_HELP * len(query) if in_help else 0


def _nothing() -> Hit:
    """Return a hit that says that nothing matches, and does nothing."""
    text = wording.say("palette.nothing")
    return Hit(0.0, Content(text), _do_nothing, text)


def _do_nothing() -> None:
    """Do nothing."""


def _name(command: Command) -> str:
    """Return the name of a command among those of all panes."""
    where = where_text(command.scope)
    return f"{command.label} ({where})" if where else command.label


def _keys(command: Command) -> Content:
    # The key is in the label, since the palette parses the help as markup, and `[` is a key.
    return Content("".join(f"  {name}" for name in key_names(command))).stylize("dim")
