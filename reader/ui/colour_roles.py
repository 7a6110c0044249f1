"""The colours of the screen by role: the reader's own, or derived from any theme.

All are solid. `bar`, `ground`, `paper`, `band` and `card` are backgrounds; `here` and `there` are
those of the row at the cursor, in the pane with the focus and in others. `strong`, `ink` and
`quiet` are text colours, legible on all of them, and so are the accent `key` and the signs of
`warn`, `fault` and `good`; `rule` draws lines, which are never the only sign of anything.
"""

from collections.abc import Mapping

from textual.color import Color
from textual.theme import Theme

# Almost grey on purpose, so that terminals with 256 colours use greys for them.
_DARK = {
    "bar": "#0b0c0e",
    "ground": "#121417",
    "paper": "#191c20",
    "band": "#282d33",
    "card": "#25292e",
    "here": "#1d4254",
    "there": "#24282d",
    "rule": "#464d54",
    "strong": "#f6f9fb",
    "ink": "#cfd7df",
    "quiet": "#a7b3be",
    "key": "#7cc4dc",
    "warn": "#e0b46c",
    "fault": "#e8938c",
    "good": "#8fc79a",
}
_LIGHT = {
    "bar": "#e3e2df",
    "ground": "#f0efed",
    "paper": "#fbfbfa",
    "band": "#e6eaeb",
    "card": "#edecea",
    "here": "#c6dfe8",
    "there": "#dfdedb",
    "rule": "#c2bfb8",
    "strong": "#0b1217",
    "ink": "#2b3136",
    "quiet": "#4f5a64",
    "key": "#0b5876",
    "warn": "#6d4600",
    "fault": "#942620",
    "good": "#255d32",
}
OURS: Mapping[str, Mapping[str, str]] = {"zeeland-dark": _DARK, "zeeland-light": _LIGHT}
# With 256 colours the light one would be the same grey as that of other rows.
_LIGHT_HERE_OF_256 = "#afd7ff"
_TEXTS = ("strong", "ink", "quiet")
# The share of the text's colour in each background and line of another theme, and of its accent.
_SHARES = {"paper": 0.03, "band": 0.10, "card": 0.08, "there": 0.09, "rule": 0.30}
_ACCENT_SHARE = 0.22
_BAR_SHARE = 0.25
_INK, _QUIET = 0.92, 0.72
_STEP = 0.04
# The least contrast of a text with its background (WCAG), if a theme's own colours reach it.
_ENOUGH = 4.6


def roles_of(theme: Theme, *, few_colours: bool = False) -> dict[str, str]:
    """Return the colour of each role in a theme; `few_colours` for terminals with 256 of them."""
    if theme.ansi:
        # The terminal's own colours cannot be mixed.
        texts = dict.fromkeys((*_DARK,), "ansi_default")
        return texts | {"rule": "ansi_bright_black"}
    if theme.name in OURS:
        roles = dict(OURS[theme.name])
        if few_colours and not theme.dark:
            roles["here"] = _LIGHT_HERE_OF_256
        return roles
    return _mixed(theme)


def _mixed(theme: Theme) -> dict[str, str]:
    """Return roles mixed from a theme's background, text and accent."""
    system = theme.to_color_system().generate()
    ground, text, accent = (
        Color.parse(system[name]) for name in ("background", "foreground", "accent")
    )
    grounds = {name: ground.blend(text, share) for name, share in _SHARES.items()}
    edge = Color(0, 0, 0) if theme.dark else text
    grounds |= {
        "ground": ground,
        "bar": ground.blend(edge, _BAR_SHARE if theme.dark else _SHARES["paper"]),
        "here": ground.blend(accent, _ACCENT_SHARE),
    }
    under = [colour for name, colour in grounds.items() if name != "rule"]
    texts = {
        "strong": text,
        "ink": _legible(ground, text, _INK, under),
        "quiet": _legible(ground, text, _QUIET, under),
        "key": _legible(accent, text, 0, under),
    }
    signs = {"warn": "warning", "fault": "error", "good": "success"}
    texts |= {
        role: _legible(Color.parse(system[name]), text, 0, under) for role, name in signs.items()
    }
    return {name: colour.hex6 for name, colour in (grounds | texts).items()}


def _legible(tone: Color, text: Color, share: float, under: list[Color]) -> Color:
    """Return the text's colour toned down to `share`, or less if it would be hard to read."""
    while share < 1:
        mixed = tone.blend(text, share)
        if all(contrast(mixed, each) >= _ENOUGH for each in under):
            return mixed
        share += _STEP
    return text


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours by the formula of WCAG, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
