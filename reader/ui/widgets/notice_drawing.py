"""Pure drawing of a notice: a rule, the sentence, and the keys of its offers."""

from collections.abc import Sequence

from rich.cells import cell_len

from reader.text.sanitize import clean_line
from reader.ui import wording
from reader.ui.state.values import Notice, Offer, Severity
from reader.ui.typeset.text import fit
from reader.ui.typeset.wrapping import wrap_text
from reader.ui.widgets.headline_lines import Line, line_width
from reader.ui.widgets.rule_line import HEAVY

# The limit for sentence and keys together.
_MOST_LINES = 3
_TEXT_AT, _KEYS_AT, _BETWEEN = 1, 3, 3
# Before the sentence, for terminals without colours.
_SIGNS: dict[Severity, str] = {"information": "", "warning": "! ", "error": "✕ "}
# A line of pieces, each with the command that it runs.
Pieces = list[tuple[str | None, Line]]


def notice_lines(notice: Notice, width: int) -> list[Pieces]:
    """Return the lines of a notice, each of `width` cells, in pieces that may run a command.

    The keys follow the sentence if there is room, else they are below it, and are never cut; a
    sentence that is too long loses its middle.
    """
    sign = _SIGNS[notice.severity]
    text = f"{sign}{clean_line(notice.text)}"
    keys = [_key(offer, width) for offer in notice.offers]
    room = width - 2 * _TEXT_AT
    lines: list[Pieces] = [[(None, [(HEAVY * width, f"{notice.severity}-rule")])]]
    beside = sum(line_width(line) + _BETWEEN for _, line in keys)
    if cell_len(text) + beside <= room:
        lines.append([(None, _text(text, sign, notice.severity)), *_spaced(keys, _BETWEEN)])
    else:
        below = _rows(keys, width)
        texts = _cut_middle([each.text for each in wrap_text(text, max(room, 2))], room, below)
        for number, each in enumerate(texts):
            lines.append([(None, _text(each, "" if number else sign, notice.severity))])
        lines += below
    return [_filled(line, width) for line in lines]


def _text(text: str, sign: str, severity: Severity) -> Line:
    return [(" " * _TEXT_AT, severity), (sign, f"{severity}-sign"), (text[len(sign) :], severity)]


def _key(offer: Offer, width: int) -> tuple[str, Line]:
    """Return an offer as a piece that fits in a line; only its label is cut."""
    key = wording.key_of_command(offer.command)
    room = max(width - _KEYS_AT - cell_len(key) - 2, 0)
    label = clean_line(offer.label)
    label = label if cell_len(label) <= room else fit(label, room)
    return offer.command, [(key, "key"), (f" {label}", "label")]


def _spaced(keys: Sequence[tuple[str, Line]], gap: int) -> Pieces:
    """Return keys with a gap before each, of `_BETWEEN` after the first."""
    pieces: Pieces = []
    for key in keys:
        pieces += [(None, [(" " * gap, "label")]), key]
        gap = _BETWEEN
    return pieces


def _rows(keys: Sequence[tuple[str, Line]], width: int) -> list[Pieces]:
    """Return the keys on as few lines as possible."""
    rows: list[list[tuple[str, Line]]] = []
    room = 0
    for key in keys:
        needed = line_width(key[1]) + _BETWEEN
        if needed > room:
            rows.append([])
            room = width - _KEYS_AT + _BETWEEN - 1
        rows[-1].append(key)
        room -= needed
    return [_spaced(row, _KEYS_AT) for row in rows]


def _cut_middle(lines: list[str], room: int, below: Sequence[Pieces]) -> list[str]:
    """Return the lines of a sentence that fit, without its middle if necessary."""
    most = max(_MOST_LINES - len(below), 1)
    if len(lines) <= most:
        return lines
    if most == 1:
        return [fit(f"{lines[0]} …", room)]
    cut = fit(f"{lines[most - 2]} …", room)
    last = lines[-1] if cell_len(lines[-1]) > room // 2 else f"{lines[-2]} {lines[-1]}"
    return [*lines[: most - 2], cut, _end_of(last, room)]


def _end_of(text: str, room: int) -> str:
    """Return the last words of a text that fit into `room` cells."""
    parts = text.split(" ")
    while len(parts) > 1 and cell_len(" ".join(parts)) > room:
        parts.pop(0)
    return " ".join(parts)


def _filled(pieces: Pieces, width: int) -> Pieces:
    rest = width - sum(line_width(line) for _, line in pieces)
    return [*pieces, (None, [(" " * max(rest, 0), "label")])]
