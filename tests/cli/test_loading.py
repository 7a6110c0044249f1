"""Every command of the command line has a module of its own that runs it."""

import inspect
from pathlib import Path

import pytest

from reader.cli import commands
from reader.cli.main import load_command
from reader.cli.parser import COMMANDS

# The actions that have a module of their own.
_ACTIONS = [("feeds", "add"), ("feeds", "import"), ("feeds", "export")]
_ALL = [(None, None), *((name, None) for name in COMMANDS), *_ACTIONS]


@pytest.mark.parametrize(("name", "action"), _ALL)
def test_a_command_is_found_by_its_name(name: str | None, action: str | None) -> None:
    assert list(inspect.signature(load_command(name, action)).parameters) != []


def test_no_module_of_a_command_is_without_a_command() -> None:
    folder = Path(inspect.getfile(commands)).parent
    loaded = {Path(inspect.getfile(load_command(*each))) for each in _ALL}
    assert loaded == set(folder.glob("*.py")) - {folder / "__init__.py"}
    assert len(loaded) == len(_ALL)
