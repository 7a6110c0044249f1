"""Checks of settings that need other parts of the program: selectors, keys, theme.

Those parts are slow to import, so each is imported only if there is something for it to check.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from reader.config import Settings
from reader.errors import Reason, reason


def examined(settings: Settings) -> Settings:
    """Return the settings with the problems that these checks find."""
    settings = _with_known_theme(_with_fitting_keys(without_wrong_selectors(settings)))
    return _with_hyphenation(settings)


def theme_in_force(settings: Settings) -> str | None:
    """Return the theme that the reader starts with, or None if Textual cannot be imported."""
    try:
        from reader.ui.themes import first_theme
    except ImportError:
        return None
    return first_theme(settings)


def without_wrong_selectors(settings: Settings) -> Settings:
    """Return the settings without selectors that are not CSS, which become problems."""
    if not settings.selectors:
        return settings
    from reader.parse.html.selectors import selector_flaw

    flaws = {name: selector_flaw(each) for name, each in settings.selectors.items()}
    return replace(
        settings,
        selectors={name: each for name, each in settings.selectors.items() if not flaws[name]},
        problems=(*settings.problems, *_wrong_selectors(settings, flaws)),
    )


def _wrong_selectors(settings: Settings, flaws: dict[str, str | None]) -> Iterator[Reason]:
    for name, flaw in flaws.items():
        if flaw:
            place = settings.config_path
            yield reason("selector_wrong", role=name, detail=flaw, place=place)


def _with_fitting_keys(settings: Settings) -> Settings:
    if not (settings.keys or settings.commands):
        return settings
    from reader.ui import wording
    from reader.ui.commands.key_map import keymap_with

    wording.set_language(settings.language)
    _, found = keymap_with(settings.keys, settings.commands)
    flaws = (flaw.at(settings.config_path) for flaw in found.problems)
    return replace(settings, problems=(*settings.problems, *flaws))


def _with_known_theme(settings: Settings) -> Settings:
    if not settings.theme:
        return settings
    from reader.ui.themes import theme_flaw

    flaw = theme_flaw(settings)
    return replace(settings, problems=(*settings.problems, flaw)) if flaw else settings


def _with_hyphenation(settings: Settings) -> Settings:
    if not settings.hyphenate:
        return settings
    from reader.ui.typeset.hyphens import hyphenation_flaw

    flaw = hyphenation_flaw(settings)
    return replace(settings, problems=(*settings.problems, flaw)) if flaw else settings
