"""Pages are decoded as browsers decode them."""

import time

import pytest

from reader.errors import UnreadablePage
from reader.parse.encoding import MAX_PAGE_BYTES, decode_page, without_header

_DUTCH = "Eén café in Oostkapelle vraagt € 5 – “te veel”"
_SPOKEN = {
    "windows-1250": "Łódź otwiera most",
    "windows-1251": "Мост снова открыт",
    "windows-1253": "Η γέφυρα άνοιξε",
    "windows-1254": "Köprü açıldı, şimdi geçiş var",
    "windows-1255": "הגשר נפתח",
    "windows-1256": "فتح الجسر",
    "windows-1257": "Tiltas vėl atidarytas šiandien",
    "iso-8859-2": "Most znów otwarty, mówią w Łodzi",
    "iso-8859-7": "Η γέφυρα",
    "iso-8859-15": "De brug kost € 5",
    "koi8-r": "Мост снова открыт",
    "koi8-u": "Міст знову відкрито",
    "macintosh": "Le pont est rouvert à été",
    "ibm866": "Мост снова открыт",
    "tis-620": "สะพานเปิดแล้ว",
    "shift_jis": "橋が再び開通しました①",
    "euc-jp": "橋が再び開通しました",
    "iso-2022-jp": "橋が再び開通しました",
    "euc-kr": "다리가 다시 열렸습니다",
    "ks_c_5601-1987": "똠방각하 다리",
    "gb2312": "大桥重新开放",
    "gbk": "大橋重新開放",
    "gb18030": "大桥重新开放𠮷",
    "big5": "大橋重新開放",
}
_PYTHON = {
    "shift_jis": "cp932",
    "macintosh": "mac_roman",
    "ks_c_5601-1987": "cp949",
}


def _encoded(text: str, label: str) -> bytes:
    return text.encode(_PYTHON.get(label, label))


@pytest.mark.parametrize(("label", "text"), _SPOKEN.items())
def test_an_encoding_that_the_page_declares(label: str, text: str) -> None:
    page = f"<html><head><meta charset='{label}'></head><body><h1>{text}</h1></body></html>"
    assert decode_page(_encoded(page, label)) == page


@pytest.mark.parametrize(("label", "text"), _SPOKEN.items())
def test_an_encoding_that_only_the_header_declares(label: str, text: str) -> None:
    page = f"<html><body><h1>{text}</h1></body></html>"
    data = _encoded(page, label)
    assert decode_page(data, f" {label.upper()} ") == page
    assert decode_page(without_header(data, label)) == page


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="windows-1251">',
        "<META CHARSET = windows-1251 />",
        "<meta\ncharset='windows-1251'>",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        "<meta content='text/html;charset=windows-1251' http-equiv=content-type>",
        '<meta name="author" content="charset=koi8-r"><meta charset="cp1251">',
        '<!-- <meta charset="koi8-r"> --><meta charset="windows-1251">',
        '<meta charset="x-geen"><meta charset="windows-1251">',
        f"<style>{'p { margin: 0 } ' * 20_000}</style><meta charset='windows-1251'>",
    ],
    ids=lambda text: text[:60],
)
def test_the_ways_to_declare_it(declaration: str) -> None:
    page = f"<!doctype html><html><head>{declaration}</head><body>Мост открыт</body></html>"
    assert decode_page(page.encode("cp1251")) == page


def test_an_xml_declaration() -> None:
    page = '<?xml version="1.0" encoding="iso-8859-2"?><html><body>Łódź</body></html>'
    assert decode_page(page.encode("iso-8859-2")) == page


def test_what_stands_in_the_body_declares_nothing() -> None:
    page = f"<html><body><p>{_DUTCH}</p><meta charset='windows-1251'></body></html>"
    assert decode_page(page.encode("cp1252")) == page


@pytest.mark.parametrize(
    ("label", "codec"),
    [("437", "cp437"), ("IBM850", "cp850"), ("cp858", "cp858"), ("macroman", "mac_roman")],
)
def test_a_code_page_of_dos_or_the_macintosh(label: str, codec: str) -> None:
    feed = f"<?xml version='1.0' encoding='{label}'?><rss><title>Één coöperatie</title></rss>"
    assert decode_page(feed.encode(codec)) == feed


@pytest.mark.parametrize("label", ["latin1", "iso-8859-1", "ascii", "us-ascii", "ISO_8859-1"])
def test_latin_1_means_windows_1252(label: str) -> None:
    page = f"<html><head><meta charset={label}></head><body>{_DUTCH}</body></html>"
    assert decode_page(page.encode("cp1252")) == page


def test_without_any_word_of_it_windows_1252() -> None:
    assert decode_page(_DUTCH.encode("cp1252")) == _DUTCH


@pytest.mark.parametrize("declared", ["windows-1252", "shift_jis", "utf-16", "koi8-r"])
def test_valid_utf_8_is_utf_8_whatever_is_declared(declared: str) -> None:
    page = f"<html><head><meta charset='{declared}'></head><body>{_DUTCH}</body></html>"
    assert decode_page(page.encode(), declared) == page


def test_the_header_comes_before_the_page() -> None:
    page = "<html><head><meta charset='windows-1252'></head><body>Мост</body></html>"
    assert decode_page(page.encode("koi8-r"), "koi8-r") == page


def test_a_header_that_says_utf_8_of_another_page_is_passed_over() -> None:
    page = "<html><head><meta charset='windows-1251'></head><body>Мост открыт</body></html>"
    assert decode_page(page.encode("cp1251"), "utf-8") == page


def test_utf_8_with_a_fault_or_two_stays_utf_8() -> None:
    page = f"<html><head><meta charset='utf-8'></head><body>{_DUTCH * 3}"
    assert decode_page(page.encode() + b"\xff</body>").startswith(page)


def test_utf_8_that_was_cut_off_within_a_letter() -> None:
    assert decode_page(f"<p>{_DUTCH} é".encode()[:-1]) == f"<p>{_DUTCH} "


def test_one_accent_at_the_end_is_no_cut_off_letter() -> None:
    assert decode_page("<p>Het café".encode("cp1252")) == "<p>Het café"


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(codec: str) -> None:
    page = f"<html><head><meta charset='koi8-r'></head><body>{_DUTCH}</body></html>"
    assert decode_page(page.encode(codec), "windows-1251") == page


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [_DUTCH, "大橋重新開放"])
def test_utf_16_and_utf_32_are_known_by_their_nuls(codec: str, text: str) -> None:
    page = f"<html><head><meta charset='utf-16'></head><body>{text}</body></html>"
    assert decode_page(page.encode(codec)) == page


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_the_nuls_of_markup_tell_it_where_the_text_has_none(codec: str) -> None:
    page = f"<!doctype html><html><head><title>大橋</title></head><body>{'大橋重新開放' * 300}"
    assert decode_page(page.encode(codec), "shift_jis") == page


def test_iso_2022_that_the_page_declares_comes_before_what_the_header_says() -> None:
    page = "<html><head><meta charset='iso-2022-jp'></head><body>橋が再び開通しました</body></html>"
    assert decode_page(page.encode("iso-2022-jp"), "utf-8") == page


def test_a_stray_nul_makes_no_utf_16() -> None:
    assert decode_page(f"<p>{_DUTCH}\0</p>".encode()) == f"<p>{_DUTCH}</p>"


@pytest.mark.parametrize(
    "label", ["", " ", "geen", "utf-7", "punycode", "idna", "hex", "rot13", "zip", "unicode_escape",
              "iso-2022-kr", "hz-gb-2312", "a" * 5000, "\0", "é", "../../x"],
)  # fmt: skip
def test_a_label_that_browsers_do_not_know_is_none(label: str) -> None:
    page = f"<html><head><meta charset='{label}'></head><body>{_DUTCH}</body></html>"
    assert _DUTCH in decode_page(page.encode("cp1252", "replace"), label)


@pytest.mark.parametrize(
    "begin",
    ["<meta ", "<meta x", "<!--", "<?xml ",
     "<meta http-equiv=content-type content=charset",
     "\x1b$B", "<meta " + "a" * 990 + ">",
     "<meta " + "a =" * 330 + ">", "<meta a" + " " * 990 + ">"],
    ids=lambda text: text[:20],
)  # fmt: skip
@pytest.mark.parametrize("charset", [None, "euc-jp", "iso-2022-jp", "utf-8", "iso-8859-7"])
def test_a_hostile_page_is_decoded_in_reasonable_time(begin: str, charset: str | None) -> None:
    data = (begin.encode() * (MAX_PAGE_BYTES // len(begin)))[: MAX_PAGE_BYTES - 1] + b"\xff"
    started = time.process_time()
    decode_page(data, charset)
    # A bound against runaway work, not a measure of speed.
    assert time.process_time() - started < 10


@pytest.mark.parametrize("data", [b"\0" * 4000, b"%PDF-1.7", bytes(range(256)) * 20])
def test_what_is_no_text_is_refused_whatever_the_header_says(data: bytes) -> None:
    with pytest.raises(UnreadablePage):
        decode_page(data, "windows-1252")


def test_bytes_that_need_no_header_are_kept_as_they_are() -> None:
    data = f"<html><body>{_DUTCH}</body></html>".encode()
    assert without_header(data, "utf-8") is data
    assert without_header(data, None) is data
