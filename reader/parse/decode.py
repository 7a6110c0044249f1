"""Bytes to text: what a page is encoded in, and whether it is a text page at all."""

import codecs
import re

from reader.errors import UnreadablePage

MAX_PAGE_BYTES = 5_000_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""")
_PLAIN_CODEC = re.compile(r"iso8859-(?!1$)\d+|cp125\d|koi8-[ru]|mac-roman")
_DECLARED_WITHIN = 4096
_MAGIC = {
    b"%PDF": "pdf",
    b"\x89PNG": "png",
    b"\xff\xd8\xff": "jpeg",
    b"GIF8": "gif",
    b"PK\x03\x04": "zip",
    b"\x1f\x8b": "gzip",
    b"\x7fELF": "program",
    b"SQLite format 3": "database",
}
_CONTROL = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)])


def decode_page(data: bytes) -> str:
    """Return the text of a page of at most MAX_PAGE_BYTES bytes.

    A byte order mark decides; then what is valid UTF-8 is UTF-8, whatever the page declares; then
    the declared encoding; then windows-1252. Raises UnreadablePage for what is no text.
    """
    if len(data) > MAX_PAGE_BYTES:
        raise UnreadablePage("page_too_large", most=MAX_PAGE_BYTES // 1_000_000)
    if not data.strip():
        raise UnreadablePage("empty_page")
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise UnreadablePage("not_text", kind=kind)
    text = _decode(data)
    start = text[:20_000]
    sample = start.encode("utf-8", "replace")
    # A few stray control characters are cleaned away later; many mean that this is no text.
    if len(sample) - len(sample.translate(None, _CONTROL)) > max(8, len(start) // 50):
        raise UnreadablePage("not_text", kind="binary")
    # lxml would end the page at a NUL, or show it as a replacement character.
    return text.replace("\0", "")


def _decode(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    name = declared[1].decode("ascii").lower() if declared else "windows-1252"
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        codec = "cp1252"
    if codec == "utf-8" and _is_mostly_utf8(data):
        return data.decode("utf-8", "replace")
    # Browsers read Latin-1 as windows-1252, and so do the pages that declare it. Other codecs are
    # no page's, and some of them take for ever.
    return data.decode(codec if _PLAIN_CODEC.fullmatch(codec) else "cp1252", "replace")


def _is_mostly_utf8(data: bytes) -> bool:
    """Tell whether a page that is not wholly UTF-8 has more letters in it than faults."""
    text = data.decode("utf-8", "replace")
    faults = text.count("\ufffd")
    return sum(not char.isascii() for char in text) > 2 * faults
