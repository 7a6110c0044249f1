"""Key names: how a user may write keys, and how they are printed.

A stroke is a printable character, `S` or `/`, or a name as in Textual, `ctrl+s` or `alt+left`.
A key is one stroke, or several in a row separated by spaces: `g g`.
"""

import unicodedata

_NAMED = frozenset(
    "up down left right home end pageup pagedown insert delete backspace enter escape tab".split()
) | {f"f{number}" for number in range(1, 25)}
_OTHER_NAMES = {
    "esc": "escape",
    "return": "enter",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "del": "delete",
    "ins": "insert",
    "slash": "/",
    "backslash": "\\",
    "minus": "-",
    "plus": "+",
    "underscore": "_",
    "at": "@",
}
# Keys in a list are separated by commas, and strokes in a row by spaces.
_SPELLED = {",": "comma", " ": "space"}
_MODIFIERS = ("alt", "ctrl", "shift")
# The keys other than letters for which a terminal has a code together with Ctrl.
_WITH_CTRL = {
    "@": "at",
    "\\": "backslash",
    "]": "right_square_bracket",
    "^": "circumflex_accent",
    "_": "underscore",
}
# Keys for which a terminal sends the same code.
_SAME = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+h": "backspace",
    "ctrl+[": "escape",
    "ctrl+space": "ctrl+at",
}
_LONGEST = 3

_PRINTED = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "enter": "↵",
    "escape": "Esc",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "backspace": "⌫",
    "comma": ",",
    "at": "Space",
    "backslash": "\\",
    "right_square_bracket": "]",
    "circumflex_accent": "^",
    "underscore": "_",
}
_PRINTED_MODIFIERS = {"alt": "Alt", "ctrl": "Ctrl", "shift": "⇧"}
# Used where signs are plain, for the keys that no plain sign would make clear.
_PRINTED_PLAINLY = {"enter": "Enter", "backspace": "Backspace", "shift": "Shift"}
_plainly: list[bool] = [False]


def key_of(written: str) -> str | None:
    """Return the key that a person wrote, None if there is no such key."""
    strokes = [_stroke(each) for each in written.split()]
    known = [stroke for stroke in strokes if stroke]
    if not known or len(known) < len(strokes) or len(known) > _LONGEST:
        return None
    return " ".join(known)


def stroke_of(name: str, character: str | None) -> str:
    """Return the stroke of a pressed key, from Textual's name for it and its character."""
    if character and len(character) == 1 and character.isprintable():
        return _SPELLED.get(character, character)
    return name


def is_typed(key: str) -> bool:
    """Tell whether a key begins with a character that an input takes as text."""
    first = key.split(" ", maxsplit=1)[0]
    return len(first) == 1 or first in _SPELLED.values()


def key_name(key: str) -> str:
    """Return a key as it is printed: `↓`, `Ctrl+F`, `Alt←`, `g g`."""
    return " ".join(_printed(stroke) for stroke in key.split(" "))


def print_plainly(is_plain: bool) -> None:
    """Print keys from here on with plain signs only, or with all signs."""
    _plainly[:] = [is_plain]


def _stroke(written: str) -> str | None:
    if len(written) == 1:
        return _SPELLED.get(written, written) if written.isprintable() else None
    name = written.casefold()
    if name in _SAME:
        return _SAME[name]
    *modifiers, base = [part for part in name.split("+") if part] or [""]
    if not set(modifiers) <= set(_MODIFIERS):
        return None
    base = _OTHER_NAMES.get(base, base)
    if not modifiers:
        return base if base in _NAMED else _by_its_name(base)
    return _modified(sorted(set(modifiers)), base)


def _by_its_name(base: str) -> str | None:
    """Return the character that has this name: `question_mark`, `comma`."""
    try:
        character = base if len(base) == 1 else unicodedata.lookup(base.replace("_", " "))
    except KeyError:
        return None
    return _SPELLED.get(character, character) if character.isprintable() else None


def _modified(modifiers: list[str], base: str) -> str | None:
    if base.isascii() and base.isalnum() and len(base) == 1:
        if modifiers == ["shift"]:
            return base.upper()
    elif modifiers == ["ctrl"] and base in _WITH_CTRL:
        base = _WITH_CTRL[base]
    elif base not in _NAMED:
        return None
    return "+".join([*modifiers, base])


def _printed(stroke: str) -> str:
    *modifiers, base = stroke.split("+") if len(stroke) > 1 else [stroke]
    plainly = _PRINTED_PLAINLY if _plainly[0] else {}
    name = plainly.get(base) or _PRINTED.get(base) or (base.title() if len(base) > 1 else base)
    if not modifiers:
        return name
    name = name.upper() if len(name) == 1 else name
    # No separator is needed before an arrow.
    sign = "+" if name.isascii() and (modifiers != ["shift"] or plainly) else ""
    shown = (plainly.get(each) or _PRINTED_MODIFIERS[each] for each in modifiers)
    return "+".join(shown) + sign + name
