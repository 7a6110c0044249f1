"""The colours of the first frame, in a file beside the cache.

The application determines them once it has drawn, so that the next start can paint the frame
in them before Textual, which knows stylesheets and themes, is ready.
"""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal

from reader.files import read_beginning, written_whole

# The codes between `ESC [` and `m`, for each part of the frame.
Styles = Mapping[str, str]
Depth = Literal["truecolor", "256"]

_CODE = re.compile(r"[0-9;]{0,80}")
# The number of themes that are remembered, and a size above that of our file (bytes).
_MOST_THEMES = 8
_MOST_BYTES = 100_000


def colours_path(cache: Path) -> Path:
    """Return the path of the file that remembers the colours, beside the cache."""
    return cache.with_name("first_frame.json")


def depth_of(environment: Mapping[str, str]) -> Depth | None:
    """Return the colour depth of the terminal, by the same rules as Textual.

    None for few or no colours, and if the environment makes Textual draw in another way.
    """
    others = {name for name in environment if name.startswith("TEXTUAL")} - {"TEXTUAL_THEME"}
    if others or "NO_COLOR" in environment:
        return None
    terminal = environment.get("TERM", "").strip().lower()
    if terminal in ("", "dumb", "unknown"):
        return None
    if environment.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return "truecolor"
    return "256" if terminal.rpartition("-")[2] in ("256color", "kitty") else None


def load_colours(path: Path, theme: str, depth: Depth) -> Styles:
    """Return the styles of a theme; none if the file lacks them or is not ours."""
    return _load_all(path).get(_key(theme, depth), {})


def save_colours(path: Path, theme: str, depth: Depth, styles: Styles) -> None:
    """Save the styles of a theme; if that fails, the next start has none."""
    known = _load_all(path)
    key = _key(theme, depth)
    # A part that was not drawn this time keeps its last style.
    merged = {**known.get(key, {}), **styles}
    if merged == known.get(key):
        return
    known.pop(key, None)
    known[key] = merged
    last = dict(list(known.items())[-_MOST_THEMES:])
    with suppress(OSError), written_whole(path) as part:
        part.write_text(json.dumps(last), encoding="utf-8")


def _key(theme: str, depth: Depth) -> str:
    return f"{theme} {depth}"


def _load_all(path: Path) -> dict[str, dict[str, str]]:
    try:
        found = json.loads(read_beginning(path, _MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {key: styles for key, styles in found.items() if _are_styles(styles)}


def _are_styles(styles: object) -> bool:
    """Tell whether a value from the file maps parts to codes that only set colours."""
    return isinstance(styles, dict) and all(
        isinstance(code, str) and _CODE.fullmatch(code) for code in styles.values()
    )
