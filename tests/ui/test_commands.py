"""The command table keeps its promises."""

from textual.binding import Binding

from reader.ui.commands import COMMANDS, bindings_of, commands_of_bar, key_names


def test_ids_are_unique_and_begin_with_their_scope() -> None:
    ids = [command.id for command in COMMANDS]
    assert len(set(ids)) == len(ids)
    assert all(command.id.startswith(f"{command.scope}.") for command in COMMANDS)


def test_no_key_means_two_things_in_one_place() -> None:
    for scope in ("list", "article", "strip", "filter", "reading", "app"):
        reach = {scope, "reading", "app"} if scope not in ("reading", "app") else {scope}
        keys = [
            (key, command.scope)
            for command in COMMANDS
            if command.scope in reach
            for key in command.keys.split(",")
            if key
        ]
        names = [key for key, _ in keys]
        assert len(set(names)) == len(names), scope


def test_every_binding_carries_the_id_of_its_command() -> None:
    bindings = [binding for binding in bindings_of("list") if isinstance(binding, Binding)]
    assert [binding.id for binding in bindings] == [
        command.id for command in COMMANDS if command.scope == "list"
    ]


def test_help_texts_are_sentences_without_markup() -> None:
    for command in COMMANDS:
        assert command.help.endswith(".")
        assert "[" not in command.help + command.label


def test_every_command_of_a_key_bar_has_a_key_to_show() -> None:
    for pane in ("list", "article", "strip", "filter"):
        shown = list(commands_of_bar(pane))
        assert shown
        assert all(key_names(command) for command in shown)
