"""All patterns that are applied to untrusted text take linear time."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType

import pytest
from msgspec import Struct
from msgspec.structs import fields

import reader.parse
import reader.text
from tests.backtracking import growth

_ANYWHERE = frozenset(["search", "sub", "subn", "split", "findall", "finditer", "occurs"])
_ASKING = _ANYWHERE | {"match", "fullmatch"}
_Pattern = tuple[str, str, int]


def _modules() -> Iterator[ModuleType]:
    for package in (reader.parse, reader.text):
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(found.name)


def _patterns_in(name: str, value: object) -> Iterator[_Pattern]:
    """Yield the compiled patterns in a value, each with the names that lead to it."""
    if isinstance(value, re.Pattern):
        pattern, flags = value.pattern, value.flags
        if isinstance(pattern, bytes):
            pattern, flags = pattern.decode("latin-1"), flags & ~re.UNICODE
        yield name, pattern, flags
    elif isinstance(value, tuple) and hasattr(value, "_fields"):
        for key, each in zip(value._fields, value, strict=True):
            yield from _patterns_in(f"{name}.{key}", each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _patterns_in(name, each)
    elif isinstance(value, dict):
        yield from _patterns_in(name, tuple(value.values()))
    elif isinstance(value, Struct):
        for each in fields(value):
            yield from _patterns_in(f"{name}.{each.name}", getattr(value, each.name))


def _questions(module: ModuleType) -> Iterator[tuple[str, str, bool]]:
    """Yield how a module asks: the function, the name that is asked, whether by way of `re`."""
    nodes = list(ast.walk(ast.parse(inspect.getsource(module))))
    aliases: dict[str, list[str]] = {}
    for loop in nodes:
        if isinstance(loop, ast.For | ast.comprehension) and isinstance(loop.target, ast.Name):
            items = loop.iter.elts if isinstance(loop.iter, ast.Tuple) else []
            names = [item.id for item in items if isinstance(item, ast.Name)]
            aliases.setdefault(loop.target.id, []).extend(names)
    for call in nodes:
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
            continue
        asked, by_re = call.func.value, False
        # The words of a text are asked for without an argument.
        if call.func.attr not in _ASKING or not call.args:
            continue
        if isinstance(asked, ast.Name) and asked.id == "re":
            asked, by_re = call.args[0], True
        if isinstance(asked, ast.Name):
            for name in (asked.id, *aliases.get(asked.id, ())):
                yield call.func.attr, name, by_re
        elif isinstance(asked, ast.Attribute) and ast.unparse(asked.value) != "self":
            yield call.func.attr, asked.attr, by_re


def _all_patterns() -> dict[_Pattern, bool]:
    """Return all patterns, and whether each is looked for anywhere in a text."""
    modules = list(_modules())
    questions = {module: list(_questions(module)) for module in modules}
    anywhere = {name for asked in questions.values() for how, name, _ in asked if how in _ANYWHERE}
    found: dict[_Pattern, bool] = {}
    for module in modules:
        for key, value in vars(module).items():
            for name, pattern, flags in _patterns_in(key, value):
                searched = not anywhere.isdisjoint(name.split("."))
                label = f"{module.__name__}.{name}"
                found.setdefault((label, pattern, flags), searched)
        # Those that are left to `re` to compile.
        for how, name, by_re in questions[module]:
            text = vars(module).get(name)
            if by_re and isinstance(text, str):
                left = (f"{module.__name__}.{name}", text, 0)
                found[left] = found.get(left, False) or how in _ANYWHERE
    once = {(pattern, flags): name for name, pattern, flags in found}
    return {each: searched for each, searched in found.items() if once[each[1:]] == each[0]}


_ALL = _all_patterns()


def test_the_patterns_are_found() -> None:
    names = {name for name, _, _ in _ALL}
    assert "reader.parse.classify.phrases.NOTICE" in names
    assert "reader.parse.classify.page_kind._KINDS.body" in names
    assert "reader.text.dateline._PLACES_ONLY" in names
    assert "reader.text.relative_time._WHOLE" in names
    assert any(_ALL.values())


@pytest.mark.parametrize(("pattern", "searched"), _ALL.items(), ids=[name for name, _, _ in _ALL])
def test_no_pattern_grows_faster_than_its_text(pattern: _Pattern, searched: bool) -> None:
    _, text, flags = pattern
    assert growth(text, flags, searched=searched) is None


@pytest.mark.parametrize(
    ("pattern", "searched", "expected"),
    [
        (r"a*b", False, None),
        (r"a*b", True, "quadratic"),
        (r"a{0,40}b", True, None),
        (r"a+", True, None),
        (r"a+$", True, "quadratic"),
        (r"\s*:?\s*x", False, "quadratic"),
        (r"\s*+:?\s*x", False, None),
        (r"\s*(?::\s*)?x", False, None),
        (r"\w+\s+\w+", False, None),
        (r".*foo.*bar", False, "quadratic"),
        (r"(a|b)*c", False, None),
        (r"(a+)*c", False, "exponential"),
        (r"(ab|a|b)*c", False, "exponential"),
        (r"(a| a)*c", False, None),
        (r"[a-z]+[0-9]*[a-z]+x", False, "quadratic"),
        (r"(?i)a*A*x", False, "quadratic"),
    ],
)
def test_growth_is_told_by_the_structure(
    pattern: str, searched: bool, expected: str | None
) -> None:
    assert growth(pattern, 0, searched=searched) == expected
