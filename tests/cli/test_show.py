"""`show` prints everything about an article, as text, JSON and Markdown."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from reader.config import load_settings
from reader.model import Article, Block, PageOrigin
from reader.parse import parse_page
from reader.store import Store
from tests.cli.conftest import Call
from tests.store.builders import rich

_PAGE = rich("Krab wint")
_URL = str(_PAGE.teaser.url)


@pytest.fixture(autouse=True)
def stored(monkeypatch: pytest.MonkeyPatch) -> None:
    """Store an article with byline, list, table, code, links, image and tags."""
    monkeypatch.setenv("COLUMNS", "80")
    with Store(load_settings(offline=True).cache_path) as library:
        library.pages.add(_PAGE)


def test_text_has_byline_list_table_code_image_and_tags(znreader: Call) -> None:
    out = znreader("show", _URL).out
    assert out.startswith(
        "Krab wint\nDoor Jannie de Visser en Ko Wielemaker\nZeeland · bijgewerkt 2"
    )
    for part in (
        "\n3. Vang een krab.\n",
        "\n4. Laat hem weer los.\n",
        "\nNaam      Tijd\n───────   ────\nKnijper   12,5\n",
        "\nals (krab) {\n    wint\n}\n",
        "\nBeeld: Een krab op de kade. (Foto: Wim Kodde)\n",
        "\nTrefwoorden: schaaldieren, Goese wedstrijden\n",
    ):
        assert part in out


def test_a_table_that_is_too_wide_is_printed_as_records(
    znreader: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    rows = (("Naam", "Woonplaats"), ("Ko Wielemaker", "Vrouwenpolder bij zee"))
    with Store(load_settings(offline=True).cache_path) as library:
        library.pages.add(replace(_PAGE, blocks=(Block("table", "tabel", rows=rows),)))
    out = znreader("show", _URL).out
    assert "\nNaam: Ko Wielemaker\nWoonplaats:\n  Vrouwenpolder bij\n  zee\n" in out


def test_json_has_all_of_it(znreader: Call) -> None:
    told = znreader("show", _URL, "--json").json
    assert told["authors"] == ["Jannie de Visser", "Ko Wielemaker"]
    assert told["modified"] == "2026-03-14T13:00:00Z"
    assert told["image"]["credit"] == "Foto: Wim Kodde"
    assert told["tags"] == ["schaaldieren", "Goese wedstrijden"]
    assert (told["description"], told["language"]) == ("Verslag van de race.", "nl-NL")
    assert told["blocks"][0]["links"] == [[18, 22, "https://www.zeelandnet.nl/nieuws/goes"]]
    assert told["blocks"][1]["number"] == 3
    assert told["blocks"][3]["rows"] == [["Naam", "Tijd"], ["Knijper", "12,5"]]


def test_markdown_has_links_and_a_table(znreader: Call) -> None:
    out = znreader("show", _URL, "--markdown").out
    assert "in [Goes](https://www.zeelandnet.nl/nieuws/goes) trok" in out
    assert "| Naam | Tijd |\n| --- | ---: |\n| Knijper | 12,5 |" in out


_HTML = """<html lang="nl"><head><meta charset="utf-8"><title>Veerpont vaart weer</title>
<meta name="author" content="Jannie de Visser"></head><body><article>
<h1>Veerpont vaart weer</h1>
<p>BRESKENS (ANP) - De veerpont vaart sinds zaterdagochtend weer volgens de
<a href="https://pont.example/dienst">nieuwe dienstregeling</a> van de rederij.</p>
<p>De storing in de motor is verholpen, meldt de rederij. Omrijden hoeft niet meer.</p>
<ol><li>Koop vooraf een kaartje bij de kiosk op de kade.</li>
<li>Wees een kwartier voor vertrek aanwezig.</li></ol>
<table><tr><th>Vertrek</th><th>Aankomst</th></tr><tr><td>9.05</td><td>9.25</td></tr></table>
</article></body></html>"""


def test_reparse_brings_to_a_kept_page_all_that_the_parser_now_finds(znreader: Call) -> None:
    url, at = "https://www.zeelandnet.nl/nieuws/veerpont-vaart-weer", _PAGE.fetched
    page = parse_page(_HTML.encode(), at, url)
    assert isinstance(page, Article)
    older = Article(page.teaser, tuple(Block(b.kind, b.text) for b in page.blocks), (), at)
    with Store(load_settings(offline=True).cache_path) as library:
        library.pages.add(older, origin=PageOrigin(url, data=_HTML.encode()))
        assert znreader("reparse", "--since", f"{at + timedelta(seconds=1):%FT%TZ}").status == 0
        number = library.headlines.find(url)
        assert number is not None
        before = library.articles.load(number)
        assert before
        assert before.blocks == older.blocks
        assert znreader("reparse", "--since", f"{at:%FT%TZ}").status == 0
        number = library.headlines.find(url)
        assert number is not None
        found = library.articles.load(number)
    assert found is not None
    assert (found.blocks, found.authors, found.tags) == (page.blocks, page.authors, page.tags)
    assert (found.image, found.language) == (page.image, page.language)
