"""Links as pages write them are encoded, never cut."""

from datetime import UTC, datetime

import pytest

from reader.model import Article, Listing
from reader.parse import parse_page
from reader.parse.html.links import own_address, resolve

_PAGE = "https://www.zeelandnet.nl/nieuws/pont"


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/nieuws/een twee", "https://www.zeelandnet.nl/nieuws/een%20twee"),
        (" \n/nieuws/een\n-twee\t ", "https://www.zeelandnet.nl/nieuws/een-twee"),
        ("café?q=a b", "https://www.zeelandnet.nl/nieuws/caf%C3%A9?q=a%20b"),
        ("/a\u200bb\x1b[2J", "https://www.zeelandnet.nl/a%E2%80%8Bb%1B[2J"),
        ('/a"b<c>', "https://www.zeelandnet.nl/a%22b%3Cc%3E"),
        ("/a%20b", "https://www.zeelandnet.nl/a%20b"),
        ("HTTPS://zeeländ.nl/ü", "https://xn--zeelnd-eua.nl/%C3%BC"),
        ("http://[::1]:8017/a b", "http://[::1]:8017/a%20b"),
        ("/\ud800", "https://www.zeelandnet.nl/%EF%BF%BD"),
    ],
)
def test_a_link_is_encoded_as_browsers_do(href: str, url: str) -> None:
    assert resolve(href, _PAGE) == url


@pytest.mark.parametrize(
    "href",
    ["javascript:alert( 1)", "mailto:a b", "https://\x1bx.nl/", "https://x y.nl/", "http://"],
)
def test_what_is_no_web_address_is_no_link(href: str) -> None:
    assert resolve(href, _PAGE) is None


@pytest.mark.parametrize(
    ("named", "own"),
    [
        ("https://zeelandnet.nl/nieuws/pont-2", "https://zeelandnet.nl/nieuws/pont-2"),
        ("/nieuws/pont-2", "https://www.zeelandnet.nl/nieuws/pont-2"),
        ("https://elders.invalid/nieuws/pont", None),
        ("/", None),
        ("https://zeelandnet.nl", None),
        ("javascript:1", None),
    ],
)
def test_the_address_that_a_page_names_counts_on_its_own_site(named: str, own: str | None) -> None:
    assert own_address(named, _PAGE) == own


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="/nieuws/pont-vaart-weer">',
        '<meta property="og:url" content="https://zeelandnet.nl/nieuws/pont-vaart-weer">',
    ],
)
def test_an_article_knows_what_its_page_calls_its_address(head: str) -> None:
    html = f"""<!doctype html><html><head><meta charset="utf-8">{head}</head><body><article>
    <h1>Pont vaart weer</h1><p>BRESKENS (ANP) - De pont vaart sinds maandag weer op tijd.</p>
    <p>De storing in de motor is verholpen, meldt de rederij aan de reizigers.</p>
    </article></body></html>"""
    page = parse_page(html.encode(), datetime(2026, 3, 14, tzinfo=UTC), f"{_PAGE}?id=1")
    assert isinstance(page, Article)
    assert page.teaser.url == f"{_PAGE}?id=1"
    assert page.canonical is not None
    assert page.canonical.endswith("zeelandnet.nl/nieuws/pont-vaart-weer")


def test_a_date_to_come_is_no_date() -> None:
    at = datetime(2026, 3, 14, 12, tzinfo=UTC)
    told = [
        ("Pont", "2026-03-14T11:00:00Z", "14 maart 2026"),
        ("Boot", "2031-01-01T11:00:00Z", "1 januari 2031"),
        ("Veer", "2026-03-13T10:00:00Z", "13 maart 2026"),
    ]
    teasers = "".join(
        f"<article><h2><a href='/nieuws/{name}-vaart-weer'>{name} vaart weer uit</a></h2><p>GOES -"
        f" De {name} vaart.</p><time datetime='{moment}'>{day}</time></article>"
        for name, moment, day in told
    )
    html = f"<!doctype html><html><body><main><h1>Nieuws</h1>{teasers}</main></body></html>"
    page = parse_page(html.encode(), at, "https://www.zeelandnet.nl/nieuws")
    assert isinstance(page, Listing)
    assert [teaser.published is not None for teaser in page.teasers] == [True, False, True]
