"""The command table is consistent."""

from typing import get_type_hints
from unittest.mock import NonCallableMagicMock, create_autospec

import pytest
from textual.binding import Binding

from reader.ui.commands.bindings import bindings_of
from reader.ui.commands.key_map import key_names, keymap_of
from reader.ui.commands.key_names import key_of
from reader.ui.commands.table import COMMANDS, Command, commands_of_bar
from reader.ui.controllers.assembly import Controllers
from reader.ui.state.panes import SCOPES_OF


def test_ids_are_unique_and_begin_with_their_scope() -> None:
    ids = [command.id for command in COMMANDS]
    assert len(set(ids)) == len(ids)
    assert all(command.id.startswith(f"{command.scope}.") for command in COMMANDS)


def test_no_key_means_two_things_in_one_place() -> None:
    for scopes in SCOPES_OF.values():
        keys = [key for command in COMMANDS if command.scope in scopes for key in command.keys]
        assert len(set(keys)) == len(keys), scopes
        assert not [key for key in keys if any(other.startswith(f"{key} ") for other in keys)]


def test_the_keys_of_the_table_are_keys_and_go_together() -> None:
    assert [key for command in COMMANDS for key in command.keys if key_of(key) != key] == []
    wanted = {command.id: command.keys for command in COMMANDS}
    assert keymap_of(COMMANDS, wanted).problems == ()


def test_every_binding_carries_the_id_of_its_command() -> None:
    bindings = [binding for binding in bindings_of("list") if isinstance(binding, Binding)]
    assert [binding.id for binding in bindings] == [
        command.id for command in COMMANDS if command.scope == "list"
    ]


@pytest.fixture(scope="module")
def controllers() -> dict[str, NonCallableMagicMock]:
    """Return a stand-in for each controller that notes what is called, by name."""
    return {
        name: create_autospec(kind, instance=True)
        for name, kind in get_type_hints(Controllers).items()
    }


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_calls_one_function_of_a_controller(
    controllers: dict[str, NonCallableMagicMock], command: Command
) -> None:
    for each in controllers.values():
        each.reset_mock()
    command.run(Controllers(**controllers), 3)
    calls = [call for each in controllers.values() for call in each.mock_calls]
    assert len(calls) == 1


def test_help_texts_are_sentences_without_markup() -> None:
    for command in COMMANDS:
        assert command.help.endswith(".")
        assert "[" not in command.help + command.label


def test_every_command_of_a_key_bar_has_a_key_to_show() -> None:
    for pane in SCOPES_OF:
        shown = list(commands_of_bar(pane))
        assert shown
        assert all(key_names(command) for command in shown)
