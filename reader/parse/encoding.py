"""Decoding of pages: detects the encoding as browsers do, and refuses pages that are not text."""

import codecs
import re
from collections.abc import Iterator

from reader.errors import UnreadablePage

MAX_PAGE_BYTES = 5_000_000

_UTF_8 = "utf-8"
_ISO_2022 = "iso2022_jp_ext"
_FALLBACK = "cp1252"

# The labels of the WHATWG Encoding Standard, by the nearest Python codec. Only listed codecs are
# used, since some others of Python are extremely slow.
_LABELS = {
    _UTF_8: "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8",
    "utf-16-le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le",
    "utf-16-be": "unicodefffe utf-16be",
    "cp866": "866 cp866 csibm866 ibm866",
    "iso8859-2": "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2"
    " iso_8859-2:1987 l2 latin2",
    "iso8859-3": "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3"
    " iso_8859-3:1988 l3 latin3",
    "iso8859-4": "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4"
    " iso_8859-4:1988 l4 latin4",
    "iso8859-5": "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595"
    " iso_8859-5 iso_8859-5:1988",
    "iso8859-6": "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6"
    " iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987",
    "iso8859-7": "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7"
    " iso88597 iso_8859-7 iso_8859-7:1987 sun_eu_greek",
    "iso8859-8": "csiso88598e csiso88598i csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e"
    " iso-8859-8-i iso-ir-138 iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 logical visual",
    "iso8859-10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "iso8859-13": "iso-8859-13 iso8859-13 iso885913",
    "iso8859-14": "iso-8859-14 iso8859-14 iso885914",
    "iso8859-15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9",
    "iso8859-16": "iso-8859-16",
    "koi8-r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8-u": "koi8-ru koi8-u",
    "mac_roman": "csmacintosh mac macintosh x-mac-roman",
    "mac_cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "cp874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874",
    "cp1250": "cp1250 windows-1250 x-cp1250",
    "cp1251": "cp1251 windows-1251 x-cp1251",
    "cp1252": "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100"
    " iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252"
    " x-user-defined",
    "cp1253": "cp1253 windows-1253 x-cp1253",
    "cp1254": "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9"
    " iso_8859-9:1989 l5 latin5 windows-1254 x-cp1254",
    "cp1255": "cp1255 windows-1255 x-cp1255",
    "cp1256": "cp1256 windows-1256 x-cp1256",
    "cp1257": "cp1257 windows-1257 x-cp1257",
    "cp1258": "cp1258 windows-1258 x-cp1258",
    "gb18030": "chinese csgb2312 csiso58gb231280 gb18030 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58"
    " x-gbk",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "euc_jis_2004": "cseucpkdfmtjapanese euc-jp x-euc-jp",
    _ISO_2022: "csiso2022jp iso-2022-jp",
    "cp932": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis",
    "cp949": "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989"
    " ksc5601 ksc_5601 windows-949",
}
# Code pages of DOS and the Macintosh, which XML parsers know beside those of browsers.
_DOS = {
    "437": "cspc8codepage437",
    "737": "",
    "775": "cspc775baltic",
    "850": "cspc850multilingual",
    "852": "cspcp852",
    "855": "csibm855",
    "857": "csibm857",
    "858": "csibm858",
    "860": "csibm860",
    "861": "csibm861 cp-is",
    "862": "cspc862latinhebrew",
    "863": "csibm863",
    "864": "csibm864",
    "865": "csibm865",
    "1125": "",
}
_MACINTOSH = {
    "mac_roman": "macroman",
    "mac_cyrillic": "maccyrillic mac-cyrillic",
    "mac_latin2": "maclatin2 maccentraleurope",
    "mac_greek": "macgreek",
    "mac_iceland": "maciceland",
    "mac_turkish": "macturkish",
}
_CODECS = {
    label: codec
    for codec, labels in (
        *_LABELS.items(),
        *_MACINTOSH.items(),
        *((f"cp{page}", f"{page} cp{page} ibm{page} {more}") for page, more in _DOS.items()),
    )
    for label in labels.split()
}

# UTF-32 first, since its byte order mark begins with that of UTF-16.
_BOMS = (
    (codecs.BOM_UTF8, _UTF_8),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NULS_WITHIN = 4096
# Bytes of markup at the beginning of every page, which are searched for NULs.
_NULS_FIRST = 48
_ESCAPE = b"\x1b"

# Real pages have heads of half a megabyte of styles and scripts.
_DECLARED_WITHIN = 1_000_000
_XML = re.compile(rb"\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([^\"'<>]{1,40})[\"']")
# Comments are skipped, since they declare nothing; also one that never ends.
_META = re.compile(rb"<!--(?:(?!-->).)*+(?:-->)?|<body[\s>]|<meta[\s/]([^<>]{1,1000})", re.I | re.S)
_ATTRIBUTE = re.compile(rb"""([^\s"'/=]{1,30})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))""")
_IN_CONTENT = re.compile(rb"""charset\s{0,9}=\s{0,9}["']?\s{0,9}([^\s"';]{1,40})""", re.I)

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


def decode_page(data: bytes, charset: str | None = None) -> str:
    """Return the text of a page of at most MAX_PAGE_BYTES bytes.

    `charset` is the encoding in the HTTP header. In order of precedence: a byte order mark, the
    pattern of NULs in UTF-16 and UTF-32, a declared ISO-2022-JP, UTF-8 if the bytes are valid,
    the header, the page's own declaration, UTF-8 with a few errors, windows-1252. Raises
    UnreadablePage if the page is not text.
    """
    if len(data) > MAX_PAGE_BYTES:
        raise UnreadablePage("page_too_large", most=MAX_PAGE_BYTES // 1_000_000)
    if not data.strip():
        raise UnreadablePage("empty_page")
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise UnreadablePage("not_text", kind=kind)
    text = _decode(data, charset)[0]
    start = text[:20_000]
    sample = start.encode("utf-8", "replace")
    # A few stray control characters are removed later; many mean that this is not text.
    if len(sample) - len(sample.translate(None, _CONTROL)) > max(8, len(start) // 50):
        raise UnreadablePage("not_text", kind="binary")
    # lxml ends the page at a NUL, or replaces it with a replacement character.
    return text.replace("\0", "")


def without_header(data: bytes, charset: str | None) -> bytes:
    """Return bytes that `decode_page` decodes to the same text without the header's `charset`.

    They are the page's own bytes, or UTF-8 with a byte order mark if only the header states their
    encoding.
    """
    if charset is None:
        return data
    text, codec = _decode(data, charset)
    if codec == _decode(data, None)[1]:
        return data
    return codecs.BOM_UTF8 + text.encode("utf-8", "replace")


def _decode(data: bytes, charset: str | None) -> tuple[str, str]:
    """Return the text and the codec that decoded it."""
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace"), codec
    if wide := _wide_codec(data[:_NULS_WITHIN]) or _wide_codec(data[:_NULS_FIRST]):
        return data.decode(wide, "replace"), wide
    # ISO-2022-JP uses seven bits, so it is also valid UTF-8.
    if _ESCAPE in data and _ISO_2022 in _declared(data, charset):
        return data.decode(_ISO_2022, "replace"), _ISO_2022
    if (text := _valid_utf_8(data)) is not None:
        return text, _UTF_8
    # Without a declaration too, a text may be cut off within a character by a program.
    for codec in (*_declared(data, charset), _UTF_8):
        if codec != _UTF_8:
            return data.decode(codec, "replace"), codec
        text = data.decode(_UTF_8, "replace")
        if _is_mostly_text(text):
            return text, codec
    return data.decode(_FALLBACK, "replace"), _FALLBACK


def _wide_codec(sample: bytes) -> str | None:
    """Return the codec of UTF-16 or UTF-32 if every second byte, or three of four, is NUL."""
    quarter = len(sample) // 4
    if quarter == 0:
        return None
    # The share of NULs at each of four positions; markup is ASCII in any language.
    shares = [sample[place::4].count(0) / quarter for place in range(4)]
    few, most, many = 0.05, 0.9, 0.4
    if shares[0] < few and min(shares[1:]) > most:
        return "utf-32-le"
    if shares[3] < few and min(shares[:3]) > most:
        return "utf-32-be"
    if max(shares[0::2]) < few and min(shares[1::2]) > many:
        return "utf-16-le"
    if max(shares[1::2]) < few and min(shares[0::2]) > many:
        return "utf-16-be"
    return None


def _valid_utf_8(data: bytes) -> str | None:
    """Return the text if all of it is UTF-8, except for a last character that is cut off."""
    try:
        text, read = codecs.utf_8_decode(data, "strict", False)
    except UnicodeDecodeError:
        return None
    # A single accented letter at the end of an ASCII page is not an incomplete UTF-8 character.
    return None if read < len(data) and text.isascii() else text


def _is_mostly_text(text: str) -> bool:
    """Tell whether a page that is not valid UTF-8 has more UTF-8 letters than errors."""
    faults = text.count("\ufffd")
    return sum(not char.isascii() for char in text) > 2 * faults


def _declared(data: bytes, charset: str | None) -> list[str]:
    """Return the codecs that the header and the page declare, without those unknown to browsers."""
    header = _CODECS.get(charset.strip().lower()) if charset else None
    # A page whose declaration is in ASCII is not UTF-16.
    own = (_UTF_8 if codec.startswith("utf-16") else codec for codec in _own_codecs(data))
    return [codec for codec in (header, next(own, None)) if codec]


def _own_codecs(data: bytes) -> Iterator[str]:
    """Yield the codecs in the page's XML declaration and `meta` elements, in order."""
    if xml := _XML.match(data):
        yield from _codecs_of(xml[1])
    for found in _META.finditer(data, 0, _DECLARED_WITHIN):
        if found[0][:5].lower() == b"<body":
            return
        if found[1] is not None:
            yield from _codecs_of(_charset_of_meta(found[1]))


def _charset_of_meta(tag: bytes) -> bytes:
    """Return the charset that the attributes of a `meta` element declare, b"" for none."""
    attributes: dict[bytes, bytes] = {}
    for name, *values in _ATTRIBUTE.findall(tag):
        attributes.setdefault(name.lower(), b"".join(values))
    if own := attributes.get(b"charset"):
        return own
    if attributes.get(b"http-equiv", b"").strip().lower() != b"content-type":
        return b""
    inside = _IN_CONTENT.search(attributes.get(b"content", b""))
    return inside[1] if inside else b""


def _codecs_of(label: bytes) -> Iterator[str]:
    codec = _CODECS.get(label.strip().lower().decode("ascii", "replace"))
    if codec:
        yield codec
