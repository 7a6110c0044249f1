"""Program text as its lines."""

from reader.text.sanitize import clean_text

_TAB = 4


def code_lines(text: str) -> list[str]:
    """Return the lines of code, cleaned, tabs as spaces, without empty ones around them."""
    lines = [line.expandtabs(_TAB).rstrip() for line in clean_text(text).split("\n")]
    said = [number for number, line in enumerate(lines) if line]
    return lines[said[0] : said[-1] + 1] if said else []
