"""Lines on standard output: wrapped at the terminal's width, coloured only on a terminal."""

import os
import shutil
import sys
import textwrap
from typing import TextIO

from reader.cli.printer import Printer
from reader.text.sanitize import clean_line

BOLD, DIM, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
INDENT = "  "
_MAX_WIDTH = 80
_MIN_WIDTH = 20


def dotted(*parts: str | None) -> str:
    """Return the non-empty parts, with a dot between them."""
    return " · ".join(part for part in parts if part)


def print_wrapped(
    printer: Printer, text: str, first: str = "", rest: str = "", style: str = ""
) -> None:
    """Print clean text on as many lines as needed, the first begun by `first`, others by `rest`."""
    lines = textwrap.wrap(
        clean_line(text), shown_width(), initial_indent=first, subsequent_indent=rest
    )
    for line in lines:
        print_line(printer, line, style)


def print_line(printer: Printer, line: str, style: str = "") -> None:
    """Print one line, in a style if the output is coloured."""
    print(
        f"{style}{printer.signs(line)}{PLAIN}" if style and is_coloured() else printer.signs(line)
    )


def width_of(stream: TextIO) -> int:
    """Return the width of a stream's terminal; an exported width applies only to a pipe."""
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        columns = 0
    return columns or shutil.get_terminal_size().columns


def shown_width() -> int:
    """Return the width of lines on standard output, in characters: 20 to 80."""
    return max(_MIN_WIDTH, min(width_of(sys.stdout), _MAX_WIDTH))


def is_coloured() -> bool:
    """Tell whether styles are shown on standard output."""
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )
