"""The reader's own two themes; every other Textual theme works too.

Their accents, warnings and errors are legible as text as they are; Textual tints those of other
themes towards it.
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
    error="#e08a84",
    success="#8fc79a",
    foreground="#d5dce3",
    background="#11171d",
    surface="#161d25",
    panel="#202a34",
    dark=True,
    variables={"text-accent": "#7cc4dc", "text-warning": "#e0b46c", "text-error": "#e08a84"},
)
LIGHT = Theme(
    name="zeeland-light",
    primary="#1d6a83",
    secondary="#4d6f80",
    accent="#0b6380",
    warning="#8a5a00",
    error="#a3322b",
    success="#2f6b3c",
    foreground="#1f2830",
    background="#f8f7f3",
    surface="#f0eee8",
    panel="#e2dfd6",
    dark=False,
    variables={"text-accent": "#0b6380", "text-warning": "#8a5a00", "text-error": "#a3322b"},
)
OURS = {theme.name: theme for theme in (DARK, LIGHT)}
# A theme that the environment names is the user's choice.
FIRST = constants.DEFAULT_THEME if constants.DEFAULT_THEME != "textual-dark" else DARK.name


def first_theme(settings: Settings) -> str:
    """Return the theme to start with: the settings', else the one chosen last, if there is such."""
    chosen = chosen_theme(settings)
    return chosen if chosen in _names() else FIRST


def theme_flaw(settings: Settings) -> Reason | None:
    """Return what is wrong with the settings' theme: that there is none of this name."""
    if not settings.theme or settings.theme in _names():
        return None
    close, known = get_close_matches(settings.theme, _names(), n=1), _names()
    flaw = reason("theme_unknown", theme=settings.theme, known=known, used=FIRST)
    if close:
        flaw = reason(
            "theme_unknown_near", theme=settings.theme, near=close[0], known=known, used=FIRST
        )
    return flaw.at(settings.config_path)


def _names() -> list[str]:
    return [*OURS, *BUILTIN_THEMES]
