"""The keys of the commands: the table's defaults, overridden by the user's bindings."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from msgspec import Struct, field

from reader.config.user_commands import UserCommand
from reader.errors import Reason, reason
from reader.ui import wording
from reader.ui.commands.key_names import is_typed, key_name, key_of
from reader.ui.commands.table import COMMANDS, TYPED_IN, Command
from reader.ui.commands.user_commands import user_commands, user_keys
from reader.ui.state.panes import DIALOGS, SCOPES_OF, Pane

# Textual's own keys, which always quit.
_KEPT = ("ctrl+q", "ctrl+c")
# Keys with one name in a sentence and another in a list, by the keys of their texts.
_SAID = {"enter": "keys.enter"}


class KeyMap(Struct, frozen=True):
    """The keys of each command by its id, and why some wanted bindings were refused."""

    bindings: Mapping[str, tuple[str, ...]]
    problems: tuple[Reason, ...] = ()


def keymap_of(commands: Sequence[Command], wanted: Mapping[str, tuple[str, ...]]) -> KeyMap:
    """Return the keys of `commands` with the `wanted` bindings, except those that clash.

    A command whose wanted binding is refused keeps the keys of the table.
    """
    wishes = _Wishes({command.id: command for command in commands})
    for command_id, keys in wanted.items():
        wishes.take(command_id, keys)
    while wishes.granted and (refused := wishes.first_clash()):
        del wishes.granted[refused]
    bindings = {command.id: wishes.keys(command) for command in commands}
    return KeyMap(bindings, tuple(wishes.problems))


class _Wishes(Struct):
    """The wanted bindings accepted so far, by command id, and why others were refused."""

    commands: Mapping[str, Command]
    granted: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: list[Reason] = field(default_factory=list)

    def keys(self, command: Command) -> tuple[str, ...]:
        return self.granted.get(command.id, command.keys)

    def take(self, command_id: str, written: tuple[str, ...]) -> None:
        """Accept a binding for now, unless it is invalid by itself."""
        command = self.commands.get(command_id)
        if command is None:
            # This import is needed only for mistakes, so the first frame need not wait for it.
            from difflib import get_close_matches

            near = get_close_matches(command_id, self.commands, 1)
            self.problems.append(
                reason("binding_no_command_near", command=command_id, near=near[0])
                if near
                else reason("binding_no_command", command=command_id)
            )
            return
        keys = [(each, key_of(each)) for each in written]
        for each, key in keys:
            if wrong := _fault_of(command, key):
                self._refuse(command, wrong, key_name(key) if key else each)
                return
        self.granted[command_id] = tuple(key for _, key in keys if key)

    def first_clash(self) -> str | None:
        """Refuse one of two bindings that clash; return the id of its command, or None."""
        for first, second in combinations(self.commands.values(), 2):
            if not _overlap(first, second):
                continue
            for one in self.keys(first):
                for other in self.keys(second):
                    if one == other or _begins(one, other) or _begins(other, one):
                        return self._refuse_one(first, one, second, other)
        return None

    def _refuse_one(self, first: Command, one: str, second: Command, other: str) -> str:
        """Refuse the user's binding of the two; if both are, the later one in the settings."""
        order = list(self.granted)
        places = [order.index(each.id) if each.id in order else -1 for each in (first, second)]
        if places[0] > places[1]:
            first, one, second, other = second, other, first, one
        code = "binding_both" if one == other else "binding_begins"
        self._refuse(second, code, key_name(other), other=first.id, longer=key_name(one))
        return second.id

    def _refuse(
        self, command: Command, code: str, wish: str, *, other: str = "", longer: str = ""
    ) -> None:
        kept = " ".join(map(key_name, command.keys))
        self.problems.append(
            reason(code, command=command.id, wish=wish, kept=kept, other=other, longer=longer)
        )


def _fault_of(command: Command, key: str | None) -> str | None:
    """Return the code of the fault of a key for a command, or None."""
    if key is None:
        return "binding_no_key"
    if key in _KEPT:
        return "binding_kept"
    places = {command.scope, *command.bar}
    return "binding_typed" if not places.isdisjoint(TYPED_IN) and is_typed(key) else None


def _overlap(first: Command, second: Command) -> bool:
    """Tell whether the keys of both commands work in the same pane."""
    return any(first.scope in scopes and second.scope in scopes for scopes in SCOPES_OF.values())


def _begins(key: str, other: str) -> bool:
    return other.startswith(f"{key} ")


class _Present(Struct, frozen=True):
    """The present commands, and their keys."""

    commands: Mapping[str, Command]
    keys: KeyMap


_DEFAULTS = _Present(
    {command.id: command for command in COMMANDS},
    KeyMap({command.id: command.keys for command in COMMANDS}),
)
_chosen: list[_Present] = [_DEFAULTS]


def keymap_with(
    wanted: Mapping[str, tuple[str, ...]], own: Mapping[str, UserCommand]
) -> tuple[Mapping[str, Command], KeyMap]:
    """Return all commands, including the user's `own`, and their keys."""
    commands = (*COMMANDS, *user_commands(own))
    keys = keymap_of(commands, {**user_keys(own), **wanted})
    return {command.id: command for command in commands}, keys


def apply_keys(
    wanted: Mapping[str, tuple[str, ...]], own: Mapping[str, UserCommand] | None = None
) -> KeyMap:
    """Apply the `wanted` bindings from here on, also to `own` commands; return all keys."""
    present = _Present(*keymap_with(wanted, own or {})) if wanted or own else _DEFAULTS
    _chosen[:] = [present]
    return present.keys


def all_commands() -> tuple[Command, ...]:
    """Return the commands of the table, followed by the user's own."""
    return tuple(_chosen[0].commands.values())


def offered_commands(pane: Pane) -> tuple[Command, ...]:
    """Return the commands that can be run while `pane` has the focus.

    Those of dialogs and of input lines work only while these are open.
    """
    return tuple(each for each in all_commands() if is_offered(each, pane))


def is_offered(command: Command, pane: Pane) -> bool:
    """Tell whether a command can be run while `pane` has the focus."""
    return command.scope in SCOPES_OF[pane] or command.scope not in TYPED_IN | DIALOGS


def command_of(command_id: str | None) -> Command | None:
    """Return the command with this id, or None."""
    return _chosen[0].commands.get(command_id or "")


def keys_of(command: Command) -> tuple[str, ...]:
    """Return the keys of a command, the most important first."""
    return _chosen[0].keys.bindings[command.id]


def is_in_use(stroke: str) -> bool:
    """Tell whether a stroke is a key of some command, or a part of one."""
    return any(stroke in key.split() for command in all_commands() for key in keys_of(command))


def key_names(command: Command) -> list[str]:
    """Return a command's keys as they are printed: `↓`, `Ctrl+F`."""
    return [printed(key) for key in keys_of(command)]


def printed(key: str) -> str:
    """Return a key as it is printed, in the reader's language: `↓`, `Ctrl+F`, `Spatie`."""
    # This is the only name that differs between keyboards.
    return key_name(key).replace("Space", wording.say("keys.space"))


def key_text(command_id: str) -> str:
    """Return a command's key as written in a sentence, or its label if it has no key."""
    command = _chosen[0].commands[command_id]
    if not (keys := keys_of(command)):
        return wording.say("keys.unbound", label=command.label)
    return wording.say(_SAID[keys[0]]) if keys[0] in _SAID else printed(keys[0])


def continuations(pane: Pane, prefix: str) -> Iterator[tuple[str, Command]]:
    """Yield the keystrokes that may follow `prefix` in `pane`, with the commands they run."""
    for command in all_commands():
        for key in keys_of(command):
            if command.scope in SCOPES_OF[pane] and _begins(prefix, key):
                yield key.removeprefix(f"{prefix} "), command


wording.name_keys(key_text)
