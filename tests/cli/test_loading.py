"""Every command of the command line has a module of its own that runs it."""

import inspect

import pytest

from reader.cli import commands
from reader.cli.main import load_command
from reader.cli.parser import COMMANDS


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_a_command_is_found_by_its_name(name: str | None) -> None:
    assert list(inspect.signature(load_command(name)).parameters) != []


def test_no_module_of_a_command_is_without_a_command() -> None:
    folder = inspect.getfile(commands).rpartition("/")[0]
    loaded = {inspect.getfile(load_command(name)) for name in (None, *COMMANDS)}
    assert {path.rpartition("/")[0] for path in loaded} == {folder}
    assert len(loaded) == len(COMMANDS) + 1
