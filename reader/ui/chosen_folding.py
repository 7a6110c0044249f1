"""Whether the list shows the reports of a story apart, per the last choice."""

from contextlib import suppress

from reader.config import Settings
from reader.files import read_beginning, written_whole

_APART, _TOGETHER = "apart", "together"
_MAX_WORD = 20


def shows_apart(settings: Settings) -> bool:
    """Tell whether reports are shown apart: per the last choice, else per the settings."""
    path = settings.cache_path.with_name("stories")
    try:
        chosen = read_beginning(path, _MAX_WORD).decode().strip()
    except (OSError, UnicodeDecodeError):
        chosen = ""
    return (chosen if chosen in (_APART, _TOGETHER) else settings.stories) == _APART


def remember_apart(settings: Settings, *, apart: bool) -> None:
    """Save for the next start whether reports are shown apart."""
    path = settings.cache_path.with_name("stories")
    # A failure to save the choice is not worth an error.
    with suppress(OSError), written_whole(path) as part:
        part.write_text(f"{_APART if apart else _TOGETHER}\n", encoding="utf-8")
