"""A canary: the private parts of Textual that are used, in one module, are unchanged."""

import ast
import hashlib
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual._compositor import Compositor
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Region
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widget import Widget
from textual.widgets import Input

from reader import ui
from reader.ui import textual_compat

# Those that classes of the reader inherit from.
_TEXTUAL = (App, Screen, ScrollView, Input, LinuxDriver)
_OWNERS = (XTermParser, Screen, LinuxDriver, Compositor, Widget, App)
# The methods that `textual_compat` calls or overrides, by the hash of their source.
_KNOWN = {
    "_compositor_refresh": "7a40efe563816a06",
    "_on_timer_update": "421401660de142c5",
    "_sigtstp_application": "26c3c19ce1817e66",
    "_sigcont_application": "1d7463a74df118a4",
    "start_application_mode": "7c41f5ba11a8ef05",
    "run_input_thread": "d796af6d69db337d",
    "parse": "a5834ad1def86544",
    "render_partial_update": "888dccc892d8ecc2",
    "_render_chops": "ca8c3359d7afd017",
    "_get_renders": "8ac93299aa5d3bef",
    "_regions_to_spans": "af3b73d8e34fb8b9",
    "vertical_scrollbar": "6b140a728f0b50e4",
    "_scroll_update": "edb9f6257285830d",
    "_check_refresh": "ad1c8196be9747bf",
    "_exchange_repaint_regions": "a2d797888f08a6a7",
    "_start_widget": "82b8c97aaa60e9f3",
    "stop_application_mode": "9a7e99c8d4bdbd3b",
}


def _hash(name: str) -> str:
    owner = next(each for each in _OWNERS if name in vars(each))
    found = vars(owner)[name]
    source = inspect.getsource(getattr(found, "fget", found))
    return hashlib.sha256(source.encode()).hexdigest()[:16]


@pytest.mark.parametrize("name", _KNOWN)
def test_textuals_private_methods_are_those_that_were_read(name: str) -> None:
    assert _hash(name) == _KNOWN[name], (
        f"Textual changed {name}: read it, see that reader/ui/textual_compat.py still holds"
    )


def test_a_screen_keeps_the_set_of_widgets_to_draw() -> None:
    assert isinstance(Screen()._dirty_widgets, set)


def test_no_other_module_uses_what_is_private_to_textual() -> None:
    private = {name for each in _TEXTUAL for name in vars(each) if _is_private(name)}
    private |= set(vars(App())) | set(vars(Screen())) | set(vars(ScrollView()))
    private = {name for name in private if _is_private(name)}
    used = {
        (path.name, name)
        for path in Path(ui.__file__).parent.rglob("*.py")
        if path.name != Path(textual_compat.__file__).name
        for name in _private_names(path)
        if name in private
    }
    assert not used


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def _private_names(path: Path) -> Iterator[str]:
    """Yield the private names that a module reads from an object or defines in a class."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and _is_private(node.attr):
            yield node.attr
        elif isinstance(node, ast.ClassDef):
            yield from (each.name for each in node.body if isinstance(each, ast.FunctionDef))


def test_the_results_of_few_calculations_with_regions_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    view, rows = Region(0, 40, 30, 20), [Region(0, y, 30, 2) for y in range(1_000)]
    before = [view.intersection(row) for row in rows], [view.contains_region(row) for row in rows]
    for name in ("overlaps", "contains_region", "translate", "__contains__", "intersection"):
        # Textual's own are put back after the test.
        monkeypatch.setattr(Region, name, vars(Region)[name])
    textual_compat.limit_caches()
    assert (
        [view.intersection(row) for row in rows],
        [view.contains_region(row) for row in rows],
    ) == before
    kept = (
        vars(Region)[name].cache_info().currsize for name in ("intersection", "contains_region")
    )
    assert max(kept) < len(rows) / 2
