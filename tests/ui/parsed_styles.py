"""Caches Textual's parsed stylesheets for all applications of a run.

Each application parses the same sheets anew, which takes a tenth of the time of a short test.
"""

from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

_parsed: dict[tuple[object, ...], list[RuleSet]] = {}


def keep_parsed_styles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a stylesheet take the rules that another one has parsed with the same variables."""
    parse = Stylesheet._parse_rules

    def parse_once(self: Stylesheet, *arguments: Any, **named: Any) -> list[RuleSet]:
        variables = tuple(self._variables.items())
        key = (variables, arguments, tuple(named.items()))
        if key not in _parsed:
            _parsed[key] = parse(self, *arguments, **named)
        return _parsed[key]

    monkeypatch.setattr(Stylesheet, "_parse_rules", parse_once)
