"""The results of commands have their sentences in both languages, with all arguments."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from reader.i18n import result
from reader.i18n.catalog import texts
from reader.text.relative_time import Language

_CLI = Path(__file__).parents[2] / "reader" / "cli"
# The functions that make a sentence of a code, and the prefix of the code in the catalog.
_SAYING = {"say": "", "remark": "", "sentence": "", "_text": "doctor."}
_TABLES = ("term", "unit")


def _codes(argument: ast.expr) -> Iterator[str]:
    """Yield the codes that an argument may be: a string, or one of two by a condition."""
    if isinstance(argument, ast.Constant):
        yield str(argument.value)
    elif isinstance(argument, ast.IfExp):
        yield from _codes(argument.body)
        yield from _codes(argument.orelse)


def _said() -> dict[str, set[str]]:
    """Return the reports of the command line with the arguments that each is given."""
    found: dict[str, set[str]] = {}
    for path in sorted(_CLI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr in _SAYING and node.args:
                given = {keyword.arg or "**" for keyword in node.keywords}
                for code in _codes(node.args[0]):
                    found.setdefault(_SAYING[node.func.attr] + code, set()).update(given)
    return found


def _kept(language: Language) -> dict[str, str]:
    return {
        key.removeprefix("result."): text
        for key, text in texts(language).items()
        if key.startswith("result.")
    }


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_report_has_a_sentence_and_gives_what_that_needs(language: Language) -> None:
    said = _said()
    assert len(said) > 50
    kept = {code: text for code, text in _kept(language).items() if "label-" not in code}
    assert {code.removesuffix("-one") for code in kept} == set(said)
    for code, text in kept.items():
        needed = {name for _, name, _, _ in Formatter().parse(text) if name}
        given = said[code.removesuffix("-one")]
        assert needed <= given or "**" in given, code


@pytest.mark.parametrize("language", ["nl", "en"])
def test_units_are_there_and_none_is_there_in_vain(language: Language) -> None:
    named = {
        spec
        for text in _kept(language).values()
        for _, _, spec, _ in Formatter().parse(text)
        if spec and spec[0].isalpha() and spec not in {"d", "term"}
    }
    units = {key.removeprefix("unit.") for key in texts(language) if key.startswith("unit.")}
    assert units == {f"{name}-{number}" for name in named for number in ("one", "many")}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "/x: 12.345 nieuwe berichten"),
        ("en", "/x: 12,345 new headlines"),
    ],
)
def test_a_report_counts_as_its_language_does(language: Language, said: str) -> None:
    assert result("export_imported", {"path": "/x", "headlines": 12_345}, language) == said


def test_one_of_a_thing_is_said_as_such() -> None:
    assert result("pruning_undone", {"count": 1}, "nl") == "1 bericht is terug"
    assert result("exported", {"path": "/x", "headlines": 1}, "en") == "/x: 1 headline"
    assert result("backed_up", {"path": "/x", "size": 1.25}, "nl").endswith("cache, 1,2 MB")
