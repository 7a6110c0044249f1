"""The parser of the command line: it builds no more than what is given needs."""

from functools import partial

import pytest

from reader.cli import parser


def _note(names: list[str], name: str, _commands: object) -> None:
    names.append(name)


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list to which the name of each command is added as it is built."""
    names: list[str] = []
    for name in parser.COMMANDS:
        monkeypatch.setitem(parser.COMMANDS, name, partial(_note, names, name))
    return names


@pytest.mark.parametrize(
    ("given", "needed"),
    [
        ("", []),
        ("--offline", []),
        ("--config x --site y", []),
        ("list --limit 3", ["list"]),
        ("--online --site list sync", ["sync"]),
    ],
)
def test_only_the_given_command_is_built(given: str, needed: list[str], built: list[str]) -> None:
    parser.build_parser(given.split())
    assert built == needed


@pytest.mark.parametrize("given", ["--help", "nothing", "--offline nothing"])
def test_help_and_an_unknown_command_know_all_commands(given: str, built: list[str]) -> None:
    parser.build_parser(given.split())
    assert built == list(parser.COMMANDS)
