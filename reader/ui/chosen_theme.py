"""The theme chosen last, kept as a name in a file beside the cache."""

from contextlib import suppress
from pathlib import Path

from reader.config import Settings
from reader.files import read_beginning, written_whole

_MAX_NAME = 100


def chosen_theme(settings: Settings) -> str:
    """Return the name of the settings' theme, else of the one chosen last, else an empty string."""
    if settings.theme:
        return settings.theme
    try:
        return read_beginning(_file(settings), _MAX_NAME).decode().strip()
    except (OSError, UnicodeDecodeError):
        return ""


def remember_theme(settings: Settings, name: str) -> None:
    """Save the name of a theme for the next start."""
    # A failure to save the theme is not worth an error.
    with suppress(OSError), written_whole(_file(settings)) as part:
        part.write_text(f"{name}\n", encoding="utf-8")


def _file(settings: Settings) -> Path:
    return settings.cache_path.with_name("theme")
