"""The signs that the reader draws with, and plain ones for terminals that lack them.

The screen and the command line draw as if every sign were available; `plain` replaces them at the
end. Each replacement has the width of its sign, so that nothing moves.
"""

import os
import sys
from collections.abc import Mapping
from typing import Literal

from reader.model import Headline

UNREAD, HEADLINE_ONLY, FAILED, SAVED = "●", "○", "✕", "★"
Glyphs = Literal["auto", "unicode", "ascii"]

# Marks and bullets; cursor and bars; typography; keys; boxes and scrollbars.
_PLAIN = str.maketrans(
    "●○✕★≈•·"
    "▌│▰▱█░▸▾▲±↕⇄"
    "…‹›«»‘’‚‛“”„–—−→"
    "↑↓←↵⌫⇧"
    "─━┃╭╮╰╯┌┐└┘├┤╸╺▔▁▂▃▄▅▆▇▉▊▋▍▎▏▕▀▐",
    "*oxs~--"
    ">|#.#.+-^~=%"
    ".<><>''''\"\"\"--->"
    "^v<~<^"
    "-=|++++++++++--        ||||||| |",
) | {ord("🔎"): "> "}  # fmt: skip
# Terminals whose fonts hold few signs.
_POOR_TERMINALS = ("linux", "dumb")
# The values that Python itself sets LC_CTYPE to in the C locale.
_COERCED = ("C.UTF-8", "C.utf8", "UTF-8")


def wants_plain(glyphs: Glyphs, environment: Mapping[str, str]) -> bool:
    """Tell whether to draw plain signs: as the setting says, else as the terminal requires."""
    return glyphs == "ascii" or (glyphs == "auto" and lacks_signs(environment))


def lacks_signs(environment: Mapping[str, str]) -> bool:
    """Tell whether a terminal seems to lack signs, by its name and the locale's encoding."""
    # By name: whether the locale is installed here says nothing about the terminal.
    names = (environment.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next(filter(None, names), "C")
    is_unicode = "utf8" in locale.lower().replace("-", "")
    return environment.get("TERM", "") in _POOR_TERMINALS or not is_unicode


def own_environment() -> Mapping[str, str]:
    """Return the environment that the program was started in.

    If the locale is C or unset, Python itself sets LC_CTYPE to a UTF-8 locale.
    """
    if not sys.flags.utf8_mode or os.environ.get("LC_ALL"):
        return os.environ
    coerced = os.environ.get("LC_CTYPE") in _COERCED
    return {key: value for key, value in os.environ.items() if key != "LC_CTYPE" or not coerced}


def unread_sign(headline: Headline) -> str:
    """Return the sign for an unread or not fully offline headline, or a space."""
    if not headline.cached:
        return FAILED if headline.failure else HEADLINE_ONLY
    return " " if headline.read else UNREAD


def plain(text: str) -> str:
    """Return `text` with plain signs, as wide as before."""
    return text if text.isascii() else text.translate(_PLAIN)
