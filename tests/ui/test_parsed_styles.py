"""The styles that tests keep for all applications of a run are those that Textual finds."""

import pytest
from textual.css.styles import RulesMap
from textual.dom import DOMNode

from reader.ui.app import ReaderApp

from .conftest import MakeApp
from .fakes import edition
from .parsed_styles import apply_as_textual
from .test_reading import press


def _rules(node: DOMNode) -> tuple[RulesMap, dict[str, RulesMap]]:
    parts = {name: styles.base.get_rules() for name, styles in node._component_styles.items()}
    return node.styles.base.get_rules(), parts


def _require_alike(app: ReaderApp) -> None:
    nodes = [app.screen, *app.screen.walk_children(with_self=False)]
    kept = [_rules(node) for node in nodes]
    for node in nodes:
        apply_as_textual(app.stylesheet, node)
    assert kept == [_rules(node) for node in nodes]


@pytest.mark.parametrize("times", [1, 2])
async def test_kept_styles_are_those_that_textual_finds(make_app: MakeApp, times: int) -> None:
    # The second time all of them are kept.
    for _ in range(times):
        app = make_app(edition())
        async with app.run_test(size=(120, 40)) as pilot:
            for key in ("j", "enter", "tab", "F", "escape", "question_mark", "escape", "backslash",
                        "b", "escape", "T", "g", "d"):  # fmt: skip
                await press(pilot, key)
                _require_alike(app)
