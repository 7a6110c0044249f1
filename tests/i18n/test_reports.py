"""What came of a command is said in both languages, with all that the sentence needs."""

import ast
from pathlib import Path
from string import Formatter

import pytest

from reader.i18n.catalog import texts
from reader.text.relative_time import Language

_CLI = Path(__file__).parents[2] / "reader" / "cli"


def _said() -> dict[str, set[str]]:
    """Return the reports of the command line with the arguments that each is given."""
    found: dict[str, set[str]] = {}
    for path in sorted(_CLI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id == "report" and node.args and isinstance(node.args[0], ast.Constant):
                given = {keyword.arg or "" for keyword in node.keywords}
                found.setdefault(str(node.args[0].value), set()).update(given)
    return found


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_report_has_a_sentence_and_gives_what_that_needs(language: Language) -> None:
    kept = {
        key.removeprefix("report."): text
        for key, text in texts(language).items()
        if key.startswith("report.")
    }
    said = _said()
    assert set(kept) == set(said)
    for code, text in kept.items():
        needed = {name for _, name, _, _ in Formatter().parse(text) if name}
        assert needed <= said[code], code
