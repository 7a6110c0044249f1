"""Every language has all that the program says in it, also outside of the catalog."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.resources import STRINGS
from reader.text.relative_time import LANGUAGES

_READER = Path(__file__).parents[2] / "reader"


def _tables() -> Iterator[tuple[str, ast.Dict]]:
    """Yield the tables in the code that have an entry for each language."""
    for path in sorted(_READER.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        # Parsing them all would take much of the time in which tests are collected.
        for node in ast.parse(text).body if "[Language," in text else ():
            if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict):
                annotation = ast.unparse(node.annotation)
                if annotation.startswith(("dict[Language,", "Mapping[Language,")):
                    yield f"{path.name} {ast.unparse(node.target)}", node.value


def test_each_language_has_a_file_of_texts() -> None:
    assert {path.stem for path in STRINGS.glob("*.json")} == set(LANGUAGES)


@pytest.mark.parametrize(("name", "table"), _tables())
def test_a_table_of_languages_has_all_of_them(name: str, table: ast.Dict) -> None:
    found = {key.value for key in table.keys if isinstance(key, ast.Constant)}
    assert found == set(LANGUAGES), name
