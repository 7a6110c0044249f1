"""Pages that are not news are refused by their kind, and news is not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.errors import NotNews
from reader.model import Article, Listing
from reader.parse import explain_page, parse_page

_AT = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)
_PAGES = Path(__file__).parent.parent / "pages"
# The name of each page says what it is: `not-found.some-skeleton.html`.
_REFUSED = sorted((_PAGES / "refused").glob("*.html"))
_ABOUT = sorted(_PAGES.glob("about-*.html"))
_KINDS = {
    "access_denied", "captive_portal", "challenge", "consent_wall", "contact_page", "empty_search",
    "login_wall", "maintenance", "not_found", "paywall", "site_error", "sitemap", "tv_guide",
}  # fmt: skip


def _kind_of(path: Path) -> str:
    return path.name.split(".")[0].replace("-", "_")


@pytest.mark.parametrize("path", _REFUSED, ids=lambda path: path.stem)
def test_a_page_in_place_of_news_is_refused_as_what_it_is(path: Path) -> None:
    with pytest.raises(NotNews) as refused:
        parse_page(path.read_bytes(), _AT, "https://www.zeelandnet.nl/nieuws/een-bericht")
    assert refused.value.code == _kind_of(path)
    explanation = explain_page(path.read_bytes(), _AT)
    assert explanation.refusal == str(refused.value)


def test_there_is_a_page_of_each_kind() -> None:
    assert {_kind_of(path) for path in _REFUSED} == _KINDS


@pytest.mark.parametrize("path", _ABOUT, ids=lambda path: path.stem)
def test_an_article_about_such_a_page_is_one(path: Path) -> None:
    page = parse_page(path.read_bytes(), _AT, "https://www.zeelandnet.nl/nieuws/een-bericht")
    assert isinstance(page, Article)
    assert sum(block.kind == "paragraph" for block in page.blocks) > 2


def _page(title: str, *paragraphs: str, more: str = "") -> bytes:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f"<!doctype html><html><head><title>{title}</title></head>"
        f"<body><h1>{title}</h1>{body}{more}</body></html>"
    ).encode()


def test_what_speaks_to_its_visitor_of_the_site_is_no_news() -> None:
    page = _page(
        "Goedemorgen, Zeeland!",
        "Elke ochtend sturen wij je het nieuws uit je streek, als je hier je e-mailadres vult.",
        "Afmelden kan altijd via de link onder aan de mail die je van ons krijgt.",
    )
    with pytest.raises(NotNews) as refused:
        parse_page(page, _AT, "https://www.zeelandnet.nl/nieuws/goedemorgen")
    assert refused.value.code == "not_news"


def test_news_of_the_same_words_is_an_article_without_a_byline_too() -> None:
    page = _page(
        "Goedemorgen, Zeeland!",
        "Een inwoner van Kats stuurt zijn dorp al tien jaar elke dag een bericht over het weer.",
        "Hij begon ermee toen de krant niet meer op tijd kwam. Nu lezen er vierhonderd mensen mee.",
        "De man gebruikt er een oude computer voor, die hij van de bibliotheek heeft gekregen.",
    )
    article = parse_page(page, _AT, "https://www.zeelandnet.nl/nieuws/goedemorgen")
    assert isinstance(article, Article)
    assert len(article.blocks) == 3


def test_the_frame_of_the_site_does_not_make_a_page_of_tiles_speak_to_its_visitor() -> None:
    frame = (
        "<div>Omdat ZeelandNet ook DELTA webmail aanbiedt, vragen we je eenmalig je voorkeur op te "
        "geven.</div>"
    )
    tiles = "".join(
        f"<a href='/nieuws/bericht-{i}'><img src='/{i}.jpg' alt=''>"
        f"<div>Bericht nummer {i} van vandaag</div></a>"
        for i in range(8)
    )
    page = f"<html><head><title>Nieuws</title></head><body>{frame}<div>{tiles}</div></body></html>"
    listing = parse_page(page.encode(), _AT, "https://www.zeelandnet.nl/nieuws")
    assert isinstance(listing, Listing)
    assert len(listing.teasers) == 8


def test_a_notice_that_somebody_is_quoted_with_is_news() -> None:
    page = _page(
        "Ijsclub laat alleen leden op de baan",
        "GOES - De ijsclub laat dit jaar alleen leden toe op de baan aan de rand van het dorp.",
        "Word lid voor vier euro, zegt het bord bij de ingang, en neem je eigen stoel mee.",
        "Vorig jaar zakten er drie mensen door het ijs, omdat het veel te druk was geworden.",
    )
    article = parse_page(page, _AT, "https://www.zeelandnet.nl/nieuws/ijsclub")
    assert isinstance(article, Article)
    assert [block.text.split()[0] for block in article.blocks] == ["De", "Word", "Vorig"]


def test_what_a_short_article_tells_of_a_subscription_is_no_wall() -> None:
    page = _page(
        "Dorpsblad laat lezers zelf kiezen",
        "Het dorpsblad van Nisse laat lezers voortaan zelf kiezen wat zij betalen.",
        "Wie wil verder lezen na drie berichten, kan een abonnement nemen voor een tientje.",
        "“Dit verhaal lezen? Word abonnee”, staat er nu onder, en dat doet een op de vier.",
        "De uitgever is tevreden, want het blad hoeft niet te stoppen.",
    )
    article = parse_page(page, _AT, "https://www.zeelandnet.nl/nieuws/dorpsblad")
    assert isinstance(article, Article)
    assert len(article.blocks) == 4


def test_each_piece_of_a_page_is_explained() -> None:
    explanation = explain_page((_PAGES / "semantic.html").read_bytes(), _AT)
    assert explanation.refusal is None
    assert {"title", "prose"} <= {line.use for line in explanation.lines}
    assert all(line.label and line.reason and line.use for line in explanation.lines)


def _blocks(body: str) -> list[tuple[str, str]]:
    text = f"<!doctype html><html><head><title>Brug open</title></head><body>{body}</body></html>"
    page = parse_page(text.encode(), _AT, "https://www.zeelandnet.nl/nieuws/brug-open")
    assert isinstance(page, Article)
    return [(block.kind, block.text) for block in page.blocks]


_LEAD = "GOES (ANP) - De brug over het kanaal is sinds vanochtend weer open voor alle verkeer."
_MORE = "Het herstel duurde volgens de provincie twee dagen langer dan gedacht, door de vorst."


def test_a_table_of_data_is_one_block_and_a_table_of_layout_is_none() -> None:
    data = "<table><tr><th>Jaar</th><th>Auto's</th></tr><tr><td>2025</td><td>310</td></tr></table>"
    found = _blocks(f"<h1>Brug open</h1><p>{_LEAD}</p>{data}<p>{_MORE}</p>")
    assert ("table", "Jaar | Auto's\n2025 | 310") in found
    layout = f"<table><tr><td><h1>Brug open</h1></td></tr><tr><td><p>{_LEAD}</p><p>{_MORE}</p>"
    assert [kind for kind, _ in _blocks(layout + "</td></tr></table>")] == ["paragraph"] * 2


def test_code_keeps_its_lines_and_indents() -> None:
    code = "<pre><code>als open:\n    rijd()</code></pre>"
    found = _blocks(f"<h1>Brug open</h1><p>{_LEAD}</p>{code}<p>{_MORE}</p>")
    assert ("code", "als open:\n    rijd()") in found


def test_a_sentence_that_an_article_quotes_is_no_notice() -> None:
    quote = "“Klik hier om cookies te accepteren”, stond er de hele dag op het bord bij de brug."
    found = _blocks(f"<h1>Brug open</h1><p>{_LEAD}</p><p>{quote}</p><p>{_MORE}</p>")
    assert ("paragraph", quote) in found


@pytest.mark.parametrize("size", [50_000])
def test_a_page_of_tiny_tags_ends(size: int) -> None:
    body = f"<h1>Brug open</h1><p>{_LEAD}</p>" + "<b>a</b>" * size + f"<p>{_MORE}</p>"
    assert _blocks(body)


def test_the_page_of_an_author_is_a_listing() -> None:
    stories = "".join(
        f"<article><h2><a href='/nieuws/bericht-{i}'>Haven van Veere krijgt steiger nummer {i}</a>"
        "</h2><p>De steiger is er voor kleine boten, en er komt ook een kraan.</p></article>"
        for i in range(5)
    )
    bio = "<p>Loes Verhage schrijft sinds 2011 over havens en de mensen die er wonen.</p>"
    page = (
        "<!doctype html><html><head><title>Loes Verhage</title></head><body><h1>Loes Verhage</h1>"
        f"{bio}{stories}</body></html>"
    )
    listing = parse_page(page.encode(), _AT, "https://www.zeelandnet.nl/auteur/loes-verhage")
    assert isinstance(listing, Listing)
    assert len(listing.teasers) == 5
