"""Whether the reports of a story stand apart in the list, as it was chosen last."""

from contextlib import suppress

from reader.config import Settings
from reader.files import read_beginning, written_whole

_APART, _TOGETHER = "apart", "together"
_MAX_WORD = 20


def stand_apart(settings: Settings) -> bool:
    """Tell whether reports stand apart: as it was chosen last, else as the settings say."""
    path = settings.cache_path.with_name("stories")
    try:
        chosen = read_beginning(path, _MAX_WORD).decode().strip()
    except (OSError, UnicodeDecodeError):
        chosen = ""
    return (chosen if chosen in (_APART, _TOGETHER) else settings.stories) == _APART


def remember_apart(settings: Settings, *, apart: bool) -> None:
    """Save whether reports stand apart for the next start."""
    path = settings.cache_path.with_name("stories")
    # A choice that cannot be saved is no reason to report an error.
    with suppress(OSError), written_whole(path) as part:
        part.write_text(f"{_APART if apart else _TOGETHER}\n", encoding="utf-8")
