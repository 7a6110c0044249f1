"""The reader's own two themes; every other Textual theme works too.

Their accents, warnings and errors are legible as text as they are; Textual tints those of
other themes to make them legible.
"""

from difflib import get_close_matches

from textual import constants
from textual.theme import BUILTIN_THEMES, Theme

from reader.config import Settings
from reader.errors import Reason, reason
from reader.ui.chosen_theme import chosen_theme

DARK = Theme(
    name="zeeland-dark",
    primary="#7fb9cf",
    secondary="#5d7f92",
    accent="#7cc4dc",
    warning="#e0b46c",
    error="#e8938c",
    success="#8fc79a",
    foreground="#cfd7df",
    background="#121417",
    surface="#191c20",
    panel="#25292e",
    dark=True,
    variables={
        "text-accent": "#7cc4dc",
        "text-warning": "#e0b46c",
        "text-error": "#e8938c",
        "text-success": "#8fc79a",
    },
)
LIGHT = Theme(
    name="zeeland-light",
    primary="#1d6a83",
    secondary="#4d6f80",
    accent="#0b5876",
    warning="#6d4600",
    error="#942620",
    success="#255d32",
    foreground="#2b3136",
    background="#f0efed",
    surface="#fbfbfa",
    panel="#edecea",
    dark=False,
    variables={
        "text-accent": "#0b5876",
        "text-warning": "#6d4600",
        "text-error": "#942620",
        "text-success": "#255d32",
    },
)
OURS = {theme.name: theme for theme in (DARK, LIGHT)}
# A theme named by the environment is the user's choice.
FIRST = constants.DEFAULT_THEME if constants.DEFAULT_THEME != "textual-dark" else DARK.name


def first_theme(settings: Settings) -> str:
    """Return the theme to start with: the settings', else the one chosen last, if it exists."""
    chosen = chosen_theme(settings)
    return chosen if chosen in names() else FIRST


def theme_flaw(settings: Settings) -> Reason | None:
    """Return what is wrong with the settings' theme, namely that no theme has this name."""
    if not settings.theme or settings.theme in names():
        return None
    close, known = get_close_matches(settings.theme, names(), n=1), names()
    flaw = reason("theme_unknown", theme=settings.theme, known=known, used=FIRST)
    if close:
        flaw = reason(
            "theme_unknown_near", theme=settings.theme, near=close[0], known=known, used=FIRST
        )
    return flaw.at(settings.config_path)


def names() -> list[str]:
    """Return the names of all themes, the reader's own first."""
    return [*OURS, *BUILTIN_THEMES]
