"""Keeps what Textual makes of stylesheets for all applications of a run.

Each application parses the same sheets anew, and looks among all rules for those of each widget and
of each part that a widget draws: a third of the time of a short test.
"""

from collections.abc import Iterable
from typing import Any

import pytest
from msgspec import Struct
from textual.css.model import CombinatorType, RuleSet, Selector
from textual.css.styles import RenderStyles, RulesMap, Styles
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

_FLAGS = ("_has_hover_style", "_has_focus_within", "_has_order_style", "_has_odd_or_even")
_parse, _parse_rules = Stylesheet.parse, Stylesheet._parse_rules
_apply, _replace = Stylesheet.apply, Stylesheet.replace_rules
_process_parts = Stylesheet._process_component_classes

_Key = tuple[object, ...]
_parsed_sheets: dict[_Key, list[RuleSet]] = {}
_parsed: dict[_Key, list[RuleSet]] = {}
_known: dict[int, "_Known"] = {}


class _Asked(Struct, frozen=True):
    """The pseudo-classes that the rules for a node name for itself and for those around it."""

    itself: tuple[str, ...]
    around: tuple[str, ...]


class _Found(Struct, frozen=True):
    """What Textual found for a node: its rules, if any, and what it notes about all of them."""

    rules: RulesMap | None
    flags: tuple[bool, ...]


class _Known:
    """What has followed from the rules of a stylesheet, by all that its selectors can ask."""

    def __init__(self, rules: list[RuleSet]) -> None:
        # Kept, as what is known is found by their identity.
        self._rules = rules
        self._asked: dict[frozenset[str], _Asked] = {}
        self.nodes: dict[_Key, _Found] = {}
        self.parts: dict[_Key, RulesMap] = {}

    def asked(self, names: frozenset[str]) -> _Asked:
        """Return what the rules for a node with these names ask."""
        if names not in self._asked:
            rules = [rule for rule in self._rules if not names.isdisjoint(rule.selector_names)]
            chains = [each.selectors for rule in rules for each in rule.selector_set]
            self._asked[names] = _Asked(
                _states(each for chain in chains for each in chain[_last(chain) :]),
                _states(each for chain in chains for each in chain[: _last(chain)]),
            )
        return self._asked[names]


def _last(chain: list[Selector]) -> int:
    """Return where in a chain the selectors of its last node begin."""
    place = len(chain) - 1
    while place and chain[place].combinator == CombinatorType.SAME:
        place -= 1
    return place


def _states(selectors: Iterable[Selector]) -> tuple[str, ...]:
    return tuple({state for each in selectors for state in each.pseudo_classes})


def _known_of(sheet: Stylesheet) -> _Known:
    key = id(sheet.rules)
    if key not in _known:
        _known[key] = _Known(sheet.rules)
    return _known[key]


def _names(path: list[DOMNode]) -> _Key:
    return tuple((type(each), each._id, frozenset(each._classes)) for each in path)


def _is(path: list[DOMNode], states: tuple[str, ...]) -> _Key:
    return tuple(each.has_pseudo_class(state) for state in states for each in path)


class _Part(DOMNode):
    """A part of a widget with only what its styles need, for it is never in the tree."""

    def __init__(self, node: DOMNode, rules: RulesMap) -> None:
        self._parent = node
        self._css_styles, self._inline_styles = Styles(self), Styles(self)
        self._css_styles.merge_rules(rules)
        self.styles = RenderStyles(self, self._css_styles, self._inline_styles)


def _style(sheet: Stylesheet, node: DOMNode, *, animate: bool = False, **_: object) -> None:
    """Style a node, as Textual does, with what is known."""
    known = _known_of(sheet)
    asked = known.asked(frozenset(node._selector_names))
    path = node.css_path_nodes
    key = (_names(path), _is([node], asked.itself), _is(path[:-1], asked.around))
    if found := known.nodes.get(key):
        for flag, value in zip(_FLAGS, found.flags, strict=True):
            setattr(node, flag, value)
        if found.rules is not None:
            sheet.replace_rules(node, found.rules, animate=animate)
        sheet._process_component_classes(node)
        return
    noted: dict[DOMNode, RulesMap] = {}

    def note(node: DOMNode, rules: RulesMap, animate: bool = False) -> None:
        noted[node] = rules
        _replace(node, rules, animate)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheet, "replace_rules", note)
        _apply(sheet, node, animate=animate)
    flags = tuple(getattr(node, flag) for flag in _FLAGS)
    known.nodes[key] = _Found(noted.get(node), flags)


def _style_parts(sheet: Stylesheet, node: DOMNode) -> None:
    """Style the parts that a node draws, as Textual does, with what is known."""
    parts = sorted(node._get_component_classes())
    if not parts:
        return
    known = _known_of(sheet)
    path = node.css_path_nodes
    names = _names(path)
    before, node._component_styles = node._component_styles, {}
    for name in parts:
        asked = known.asked(frozenset(("*", "DOMNode", f".{name}")))
        key = (name, names, _is(path, asked.around))
        rules = known.parts.get(key)
        if rules is None:
            part = DOMNode(classes=name)
            part._attach(node)
            _apply(sheet, part)
            known.parts[key] = part.styles.base.get_rules()
            node._component_styles[name] = part.styles
        elif name in before and before[name].base.get_rules() == rules:
            node._component_styles[name] = before[name]
        else:
            node._component_styles[name] = _Part(node, rules).styles
    if before != node._component_styles:
        node.refresh()


def _parse_sheet(sheet: Stylesheet) -> None:
    if sheet._invalid_css:
        _parse(sheet)
        return
    key = (tuple(sheet._variables.items()), tuple(sheet.source.items()))
    if key not in _parsed_sheets:
        _parse(sheet)
        _parsed_sheets[key] = sheet._rules
    sheet._rules, sheet._rules_map = _parsed_sheets[key], None
    sheet._require_parse = False


def _parse_source(sheet: Stylesheet, *arguments: Any, **named: Any) -> list[RuleSet]:
    key = (tuple(sheet._variables.items()), arguments, tuple(named.items()))
    if key not in _parsed:
        _parsed[key] = _parse_rules(sheet, *arguments, **named)
    return _parsed[key]


def apply_as_textual(sheet: Stylesheet, node: DOMNode) -> None:
    """Style a node with nothing but what Textual finds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_process_component_classes", _process_parts)
        _apply(sheet, node)


def keep_parsed_styles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a stylesheet take what others with the same variables have parsed and found."""
    monkeypatch.setattr(Stylesheet, "parse", _parse_sheet)
    monkeypatch.setattr(Stylesheet, "_parse_rules", _parse_source)
    monkeypatch.setattr(Stylesheet, "apply", _style)
    monkeypatch.setattr(Stylesheet, "_process_component_classes", _style_parts)
