"""Determines by its structure whether a regular expression can take more than linear time.

A pattern is read into an automaton of the characters that it may take. It takes quadratic time on
some text where one of its loops leads to another one and a text exists that the first can take,
that leads from the first to the second, and that the second can take; for then each way to part a
long run of that text between the two is tried. A pattern that is looked for anywhere in a text has
one more loop, before its beginning. It takes exponential time where a loop takes one text in two
ways. Repetitions that have a bound count as few, for they multiply the time by a constant.
"""

import importlib
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Any

from msgspec import Struct

_parser: Any = importlib.import_module("re._parser")
_codes: Any = importlib.import_module("re._constants")

# One character of each sort that patterns tell apart; what else a pattern names is added to them.
_SAMPLE = frozenset(
    {chr(code) for code in range(0x20, 0x7F)} | set("\n\t\x1b\x9b\xa0\u2028éÉж日²–—−’“”„…©·•›»→。")
)
_OTHER = "\0"
_SEVERAL = 2
# A bound from this number on counts as unbounded, since lines of a page may be that long.
_UNBOUNDED = 5_000
_MAX_STATES = 200_000


@dataclass(eq=False, slots=True)
class _State:
    """A place in a pattern: what follows without a character, and with one of a set.

    What follows on a condition, such as the end of a line, is `guarded`.
    """

    free: list["_State"] = field(default_factory=list)
    guarded: list["_State"] = field(default_factory=list)
    taking: list[tuple[frozenset[str], "_State"]] = field(default_factory=list)


class _Loop(Struct, frozen=True):
    """An unbounded repetition: where it begins anew, and the places behind characters in it.

    One that gives nothing back is never parted anew.
    """

    head: _State
    inside: Sequence[_State]
    gives_back: bool = True


@dataclass(slots=True)
class _Automaton:
    """The states of a pattern, those behind a character, its loops."""

    start: _State = field(default_factory=_State)
    end: _State = field(default_factory=_State)
    taken: list[_State] = field(default_factory=list)
    loops: list[_Loop] = field(default_factory=list)


def growth(pattern: str, flags: int, *, searched: bool) -> str | None:
    """Return "exponential" or "quadratic" for how a pattern's time may grow, None for linear.

    `searched` tells that it is looked for anywhere in a text, rather than at its beginning.
    """
    parsed = _parser.parse(pattern, flags)
    automaton = _Automaton()
    _steps.cache_clear()
    begin = _after(automaton.start)
    _read(parsed, parsed.state.flags, begin, automaton).free.append(automaton.end)
    loops = list(automaton.loops)
    if any(loop.gives_back and _is_ambiguous(loop.head) for loop in loops):
        return "exponential"
    if searched:
        automaton.start.taking.append((_SAMPLE | {_OTHER}, automaton.start))
        _steps.cache_clear()
        loops.append(_Loop(automaton.start, [automaton.start]))
    for first, second in product(loops, loops):
        # A search ends at once where the pattern may end with the second loop.
        ends = first.head is automaton.start and automaton.end in _free(second.head)
        if ends or not first.gives_back:
            continue
        pairs = product(first.inside, second.inside)
        if any(one is not two and _share_a_text(one, two) for one, two in pairs):
            return "quadratic"
    return None


def _read(parts: Any, flags: int, state: _State, automaton: _Automaton) -> _State:
    """Add a sequence of parts behind `state`; return the state that it ends in."""
    for code, value in parts:
        state = _read_part(code, value, flags, state, automaton)
    return state


def _read_part(code: Any, value: Any, flags: int, state: _State, automaton: _Automaton) -> _State:
    if code is _codes.BRANCH:
        end = _State()
        for alternative in value[1]:
            _read(alternative, flags, _after(state), automaton).free.append(end)
        return end
    if code is _codes.SUBPATTERN:
        _, added, removed, inner = value
        return _read(inner, (flags | added) & ~removed, state, automaton)
    if code is _codes.ATOMIC_GROUP:
        return _read(value, flags, state, automaton)
    if code in (_codes.MAX_REPEAT, _codes.MIN_REPEAT, _codes.POSSESSIVE_REPEAT):
        return _read_repeat(code, value, flags, state, automaton)
    following = _State()
    if code in (_codes.AT, _codes.ASSERT, _codes.ASSERT_NOT):
        state.guarded.append(following)
    else:
        taken = _SAMPLE if code is _codes.GROUPREF else _characters(code, value, flags)
        state.taking.append((taken, following))
        automaton.taken.append(following)
    return following


def _read_repeat(code: Any, value: Any, flags: int, state: _State, automaton: _Automaton) -> _State:
    least, most, inner = value
    for _ in range(min(least, _SEVERAL)):
        state = _read(inner, flags, state, automaton)
    if most is _codes.MAXREPEAT or most > _UNBOUNDED:
        head, before = _after(state), len(automaton.taken)
        _read(inner, flags, head, automaton).free.append(head)
        inside = automaton.taken[before:]
        automaton.loops.append(_Loop(head, inside, code is not _codes.POSSESSIVE_REPEAT))
        return _after(head)
    end = _State()
    state.free.append(end)
    for _ in range(min(most - least, _SEVERAL)):
        state = _read(inner, flags, state, automaton)
        state.free.append(end)
    return end


def _after(state: _State) -> _State:
    following = _State()
    state.free.append(following)
    return following


def _characters(code: Any, value: Any, flags: int) -> frozenset[str]:
    """Return the characters of the sample that a part takes."""
    if code is _codes.ANY:
        return _SAMPLE if flags & re.DOTALL else _SAMPLE - {"\n"}
    if code is _codes.NOT_LITERAL:
        return _SAMPLE - _same(value, flags)
    if code is _codes.LITERAL:
        return _same(value, flags) or frozenset([chr(value)])
    if code is not _codes.IN:
        raise NotImplementedError(str(code))
    taken: set[str] = set()
    for inner, each in value:
        if inner is _codes.LITERAL:
            taken |= _same(each, flags)
        elif inner is _codes.RANGE:
            low, high = each
            taken |= {char for char in _SAMPLE if _is_within(char, low, high, flags)}
        elif inner is _codes.CATEGORY:
            taken |= {char for char in _SAMPLE if _is_of(each, char)}
    negated = value[0][0] is _codes.NEGATE
    return frozenset(_SAMPLE - taken if negated else taken or {_OTHER})


def _same(code: int, flags: int) -> frozenset[str]:
    char = chr(code)
    forms = {char, char.lower(), char.upper()} if flags & re.IGNORECASE else {char}
    return _SAMPLE & forms


def _is_within(char: str, low: int, high: int, flags: int) -> bool:
    forms = {char, char.lower(), char.upper()} if flags & re.IGNORECASE else {char}
    return any(len(form) == 1 and low <= ord(form) <= high for form in forms)


def _is_of(category: Any, char: str) -> bool:
    name = str(category).removeprefix("CATEGORY_")
    found = {
        "DIGIT": char.isdecimal(),
        "SPACE": char.isspace(),
        "WORD": char.isalnum() or char == "_",
    }[name.removeprefix("NOT_")]
    return found is not name.startswith("NOT_")


def _free(state: _State) -> set[_State]:
    """Return the states that follow without a character and without a condition."""
    found, waiting = {state}, [state]
    while waiting:
        new = [each for each in waiting.pop().free if each not in found]
        found.update(new)
        waiting.extend(new)
    return found


def _closure(state: _State) -> set[_State]:
    """Return the states that follow without a character."""
    found, waiting = {state}, [state]
    while waiting:
        last = waiting.pop()
        new = [each for each in (*last.free, *last.guarded) if each not in found]
        found.update(new)
        waiting.extend(new)
    return found


@cache
def _steps(state: _State) -> list[tuple[frozenset[str], _State]]:
    return [step for each in _closure(state) for step in each.taking]


def _together(states: Sequence[_State]) -> Iterator[tuple[_State, ...]]:
    """Yield where several states may lead with one and the same character."""
    first, *rest = states
    for taken, following in _steps(first):
        ways: list[tuple[frozenset[str], tuple[_State, ...]]] = [(taken, (following,))]
        for state in rest:
            ways = [
                (both, (*reached, each))
                for common, reached in ways
                for other, each in _steps(state)
                if (both := common & other)
            ]
        for _, reached in ways:
            yield reached


def _share_a_text(first: _State, second: _State) -> bool:
    """Tell whether one text leads from `first` to itself and to `second`, and from there back."""
    seen: set[tuple[_State, ...]] = {(first, first, second)}
    waiting = deque(seen)
    while waiting:
        for reached in _together(waiting.popleft()):
            if reached == (first, second, second):
                return True
            if reached not in seen and len(seen) < _MAX_STATES:
                seen.add(reached)
                waiting.append(reached)
    return False


def _is_ambiguous(head: _State) -> bool:
    """Tell whether a loop can take one text in two ways."""
    seen = {(head, head, False)}
    waiting = deque(seen)
    while waiting:
        left, right, apart = waiting.popleft()
        for one, two in _together((left, right)):
            parted = apart or one is not two
            if parted and head in _closure(one) and head in _closure(two):
                return True
            if (one, two, parted) not in seen and len(seen) < _MAX_STATES:
                seen.add((one, two, parted))
                waiting.append((one, two, parted))
    return False
