"""Rubbish soon gives a page or one of our own errors."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import NotNews, PageError, UnreadablePage
from reader.model import Article
from reader.parse import MAX_PAGE_BYTES, parse_page

_AT = datetime(2026, 3, 14, 15, 20, tzinfo=UTC)
_BITS = st.sampled_from(
    [
        "<html>",
        "<body>",
        "<div>",
        "</div>",
        "<p>",
        "<br>",
        "<br><br>",
        "<h1>",
        "</h1>",
        "<h2>",
        "<a href='/nieuws/brug-open'>",
        "</a>",
        "<span>",
        "<li>",
        "<ul>",
        "<td>",
        "<table>",
        "<time datetime='x'>",
        "Meer uit Sport",
        "2 uur geleden",
        "GOES (ANP) - De brug is weer open voor alle verkeer.",
        "Brug weer open",
        "Advertentie",
        "Net binnen",
        "Sport 9:05 Brug open",
        "\n",
        "\n\n",
        " ",
        "\x00",
        "&#27;[31m",
        "\u202e",
        "<script>",
        "<!--",
        "<article>",
        "<aside>",
        "<footer>",
        "<nav>",
        "-",
        "(",
        "/",
        "Een gewone zin die lang genoeg is om als lopende tekst te gelden.",
        "Update",
        ".",
        "DOOR EEN VERSLAGGEVER",
    ]
)


@given(st.lists(_BITS, max_size=60).map("".join))
@settings(max_examples=300)
def test_no_jumble_of_news_raises_anything_but_a_page_error(text: str) -> None:
    try:
        page = parse_page(text.encode(), _AT)
    except PageError as error:
        assert str(error)
    else:
        assert "\x1b" not in repr(page)


@given(st.binary(max_size=2000))
def test_no_bytes_raise_anything_but_a_page_error(data: bytes) -> None:
    try:
        parse_page(data, _AT)
    except PageError as error:
        assert str(error)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \n",
        b"\x00" * 4000,
        b"%PDF-1.7 ...",
        b"\x89PNG\r\n\x1a\n",
        b"PK\x03\x04zip",
        bytes(range(256)) * 20,
        b"x" * (MAX_PAGE_BYTES + 1),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data: bytes) -> None:
    with pytest.raises(UnreadablePage):
        parse_page(data, _AT)


@pytest.mark.parametrize(
    "text",
    [
        "melk\nbrood\nkaas",
        '{"naam": "waarde"}',
        "naam,leeftijd\nA,3\nB,4\n",
        "<html><body><h1>Niet gevonden</h1></body></html>",
        "<html><body><div><p></p></div></body></html>",
    ],
)
def test_what_is_no_news_is_refused(text: str) -> None:
    with pytest.raises(NotNews):
        parse_page(text.encode(), _AT)


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 50_000,
        "<!--" * 50_000,
        "<script>" * 50_000,
        "<svg>" * 20_000,
        "<b><p>" * 5_000,
        "<a href=x>" * 10_000,
        "<br>" * 50_000,
        "A/" * 200_000,
        "A " * 200_000,
        "- " * 200_000,
        "2 uur geleden" * 20_000,
        "Meer uit Sport\n" * 20_000,
        "<h1>" + "A-" * 100_000,
        "(" * 300_000,
        "\x90" * 100_000,
        "\x9d x" * 100_000,
    ],
    ids=lambda text: text[:16],
)
def test_a_hostile_page_ends_in_reasonable_time(hostile: str) -> None:
    started = time.process_time()
    with pytest.raises(PageError):
        parse_page(f"<html><body><p>{hostile}".encode()[:MAX_PAGE_BYTES], _AT)
    # A bound against runaway work, not a measure of speed.
    assert time.process_time() - started < 20


@pytest.mark.parametrize("name", ["punycode", "idna", "utf-7", "unicode_escape", "hex", "geen"])
def test_an_odd_charset_is_read_as_windows_1252_and_in_time(name: str) -> None:
    text = (
        f"<html><head><meta charset='{name}'></head><body><h1>Café open</h1><p>GOES (ANP) - De"
        f" gevel van het café is weer schoon.</p><!-- {'é-' * 100_000} --></body></html>"
    )
    page = parse_page(text.encode("cp1252"), _AT)
    assert isinstance(page, Article)
    assert page.teaser.title == "Café open"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252", "iso-8859-15"]
)
def test_a_page_is_read_in_its_own_encoding(encoding: str) -> None:
    text = (
        f"<html><head><meta charset='{encoding}'></head><body><h1>Café betaalt € 5</h1>"
        "<p>MALMÖ (ANP) - De coöperatie is blij met de gunstige uitkomst.</p></body></html>"
    )
    page = parse_page(text.encode(encoding), _AT)
    assert isinstance(page, Article)
    assert page.teaser.title == "Café betaalt € 5"
    assert page.teaser.dateline is not None
    assert page.teaser.dateline.places == ("MALMÖ",)


@pytest.mark.parametrize(
    "inner", ["\u0301", "\u0301\u0302 x", "\u200b", "x", " x ", "\x1b[3", "1m x"]
)
def test_links_lie_within_their_text(inner: str) -> None:
    text = (
        "<html><body><h1>Brug open</h1><p>GOES (ANP) - De brug is weer open voor het verkeer.</p>"
        f"<p>De gemeente is blij met de uitkomst van het plan<a href='/nieuws/x'>{inner}</a></p>"
        f"<p>De <a href='/nieuws/x'>gemeente e</a><a href='/y'>{inner}</a> is blij ermee.</p>"
        "</body></html>"
    )
    page = parse_page(text.encode(), _AT, "https://www.zeelandnet.nl/nieuws/brug-open")
    assert isinstance(page, Article)
    links = [(block.text, link) for block in page.blocks for link in block.links]
    assert links
    assert all(0 <= link.start < link.end <= len(text) for text, link in links)


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://[", ""]
)
def test_only_web_addresses_become_links(href: str) -> None:
    text = (
        f"<html><body><h1>Brug open</h1><p>GOES (ANP) - De brug is weer open voor verkeer.</p>"
        f"<h2>Meer uit Sport</h2><div><h3><a href='{href}'>Roeiers winnen alles</a></h3>"
        "<p>GOES (ANP) - De roeiers wonnen.</p><span>2 uur geleden</span></div></body></html>"
    )
    page = parse_page(text.encode(), _AT, "https://www.zeelandnet.nl/nieuws/brug-open")
    assert isinstance(page, Article)
    (teaser,) = page.related
    assert teaser.title == "Roeiers winnen alles"
    assert teaser.url is None or teaser.url == "https://www.zeelandnet.nl/nieuws/brug-open"
