"""The signs that the reader draws with, and plain ones for terminals that lack them.

The screen and the command line draw as if all signs were there; `plain` exchanges them at the end.
Each has one of one cell in its place, so that nothing moves.
"""

from collections.abc import Mapping
from typing import Literal

Glyphs = Literal["auto", "unicode", "ascii"]

# Marks and bullets; cursor, bars and wheel; typography; keys; boxes and scrollbars.
_PLAIN = str.maketrans(
    "●○✕★≈•·"
    "▌│▰▱█░◐◓◑◒"
    "…‹›«»‘’‚‛“”„–—−→"
    "↑↓←↵⌫⇧"
    "─━┃╭╮╰╯┌┐└┘├┤╸╺▔▁▂▃▄▅▆▇▉▊▋▍▎▏▕▀▐",
    "*ox+~*-"
    ">|#.#.|/-\\"
    ".<><>''''\"\"\"--->"
    "^v<~<^"
    "--|++++++++++--        ||||||| |",
) | {ord("🔎"): "> "}  # fmt: skip
# Terminals whose fonts hold few signs.
_POOR_TERMINALS = ("linux", "dumb")


def wants_plain(glyphs: Glyphs, environment: Mapping[str, str]) -> bool:
    """Tell whether plain signs are to be drawn, by the setting and else by the terminal."""
    return glyphs == "ascii" or (glyphs == "auto" and lacks(environment))


def lacks(environment: Mapping[str, str]) -> bool:
    """Tell whether a terminal seems to lack signs, by its name and the locale's encoding."""
    # Named rather than asked for: a locale that is not installed says nothing of the terminal.
    names = (environment.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next(filter(None, names), "UTF-8")
    is_unicode = "utf8" in locale.lower().replace("-", "")
    return environment.get("TERM", "") in _POOR_TERMINALS or not is_unicode


def plain(text: str) -> str:
    """Return `text` with plain signs, as wide as before."""
    return text if text.isascii() else text.translate(_PLAIN)
