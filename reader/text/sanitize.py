"""Cleaning of untrusted text; every string of a page passes through here once."""

import re
import unicodedata

# C0 except tab and newline, DEL, C1, soft hyphen, zero-width and bidi controls, invisible
# operators, interlinear marks, tags, lone surrogates, code points that XML forbids; and, because
# terminals disagree on their width, emoji variation selectors and skin tones.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)
# Whole terminal sequences, so that no letters of them are left: CSI, OSC and similar, others.
_SEQUENCES = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]"
    "|(?:\x1b[]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90\x98\x9c-\x9f\n]{0,4096}(?:\x07|\x1b\\\\|\x9c)"
    "|\x1b[ -/]{0,4}[0-~]"
)
_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\u2028\u2029]")
_STACKED_MARKS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{3})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)
# All characters but Latin letters, punctuation and white space; text without any needs no cleaning.
_STRANGE = re.compile("[^\t-\r -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u20ac]")
# Characters of windows-1252 that were converted as if they were Latin-1, as browsers mend `&#146;`:
# quotes, dashes, the euro sign. Five codes have no character there either.
_WINDOWS_1252 = re.compile("[\x80-\x9f]")
# White space at which a line can break.
_SPACES = str.maketrans("\t\n\v\f\r", "     ")


def clean_text(text: str) -> str:
    """Return `text` in NFC without control, bidi or zero-width characters; keeps its lines."""
    text = _SEQUENCES.sub("", text)
    text = _WINDOWS_1252.sub(_of_windows_1252, _LINE_BREAKS.sub("\n", text))
    text = _UNWANTED.sub("", text)
    # Composed last, since removing characters creates new neighbours.
    return _STACKED_MARKS.sub(r"\1", unicodedata.normalize("NFC", text))


def clean_line(text: str) -> str:
    """Return cleaned `text` on one line, with every run of white space as a single space."""
    plain = text.isprintable()
    if plain and text.isascii():
        # Of all white space only the space counts as printable.
        return text.strip(" ") if "  " not in text else " ".join(text.split())
    if not (text.isascii() and text.translate(_SPACES).isprintable()) and _STRANGE.search(text):
        text = clean_text(text)
    return " ".join(text.split())


def _of_windows_1252(code: re.Match[str]) -> str:
    return code[0].encode("latin-1").decode("cp1252", "ignore")
