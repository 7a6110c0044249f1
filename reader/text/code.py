"""Program text as its lines."""

from reader.text.sanitize import clean_text

_TAB = 4


def code_lines(text: str) -> list[str]:
    """Return the cleaned lines of code, with tabs as spaces and no empty lines at either end."""
    lines = [line.expandtabs(_TAB).rstrip() for line in clean_text(text).split("\n")]
    filled = [number for number, line in enumerate(lines) if line]
    return lines[filled[0] : filled[-1] + 1] if filled else []
