"""The authors of an article: people only, from the page's head or its byline."""

import json

import pytest

from tests.parse.small_pages import BODY, TITLE, article_of


def _linked(author: object, **more: object) -> str:
    node = {"@type": "NewsArticle", "headline": TITLE, "author": author, **more}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def _person(name: str) -> dict[str, str]:
    return {"@type": "Person", "name": name}


@pytest.mark.parametrize(
    "name",
    [
        "Het Kustblad", "De Kustbode", "Kustnieuws Delta", "Redactie Walcheren", "Persbureau Delta",
        "Delta Press", "www.kust.test", "Van onze verslaggever", "Omroep Delta",
    ],
)  # fmt: skip
def test_a_paper_or_an_agency_that_is_given_as_a_person_is_no_author(name: str) -> None:
    head = _linked(_person(name), publisher={"@type": "Organization", "name": "Kustnieuws Delta"})
    assert article_of(f"<h1>{TITLE}</h1>{BODY}", head).authors == ()


def test_each_of_several_people_is_an_author_and_another_name_of_the_data_is_none() -> None:
    node = _linked([_person("Loes Verhage"), _person("Pim Dekker")])
    other = '<script type="application/ld+json">{"@type":"Person","name":"Een Ander"}</script>'
    names = article_of(f"<h1>{TITLE}</h1>{BODY}", node + other).authors
    assert names == ("Loes Verhage", "Pim Dekker")


def test_an_author_who_is_referred_to_is_named() -> None:
    node = _linked({"@id": "#loes"})
    named = {"@type": "Person", "@id": "#loes", "name": "Loes Verhage"}
    other = f'<script type="application/ld+json">{json.dumps(named)}</script>'
    assert article_of(f"<h1>{TITLE}</h1>{BODY}", node + other).authors == ("Loes Verhage",)


def test_microdata_tells_who_wrote_it_but_not_who_commented() -> None:
    line = (
        "<p>28.11.2026 <span itemprop=author><span itemprop=name>Loes Verhage en Pim Dekker</span>"
        "</span> Beveland</p>"
    )
    comment = "<div itemprop=comment><span itemprop=author>Kees Maas</span><p>Mooi!</p></div>"
    names = article_of(f"<h1>{TITLE}</h1>{line}{BODY}{comment}").authors
    assert names == ("Loes Verhage", "Pim Dekker")


def test_the_site_s_own_name_is_no_author() -> None:
    head = f"<meta property='og:site_name' content='Kust Vandaag'>{_linked('Kust Vandaag')}"
    assert article_of(f"<h1>{TITLE}</h1>{BODY}", head).authors == ()


def test_where_the_head_names_the_paper_the_byline_tells_who_wrote_it() -> None:
    body = f"<h1>{TITLE}</h1><p class='byline'>Door Katrien Maas</p>{BODY}"
    assert article_of(body, _linked(_person("Het Kustblad"))).authors == ("Katrien Maas",)


@pytest.mark.parametrize(
    "name", ["Ad de Witte", "Jo van der Heuvel-Kok", "Nienke 't Hart", "De Wit Jan"]
)
def test_names_of_people_are_kept_as_they_are_written(name: str) -> None:
    assert article_of(f"<h1>{TITLE}</h1>{BODY}", _linked(_person(name))).authors == (name,)


def test_the_word_before_a_name_is_no_part_of_it() -> None:
    assert article_of(f"<h1>{TITLE}</h1>{BODY}", _linked("By Ad Witte")).authors == ("Ad Witte",)
    shouted = article_of(f"<h1>{TITLE}</h1>{BODY}", _linked("Door AD WITTE en JO KOK"))
    assert shouted.authors == ("Ad Witte", "Jo Kok")


def test_one_whom_the_headline_names_did_not_write_it() -> None:
    title = "Brug is van Katrien Maas, zegt de provincie"
    body = f"<h1>{title}</h1><div class='byline'><span>Katrien Maas</span></div>{BODY}"
    assert article_of(body, f"<title>{title}</title>").authors == ()


def test_who_else_worked_on_it_is_no_part_of_the_body() -> None:
    texts = [
        block.text
        for block in article_of(
            f"<h1>{TITLE}</h1>{BODY}<p>Met medewerking van Jo Kok.</p><p>Additional reporting by "
            "Ad Witte.</p>"
        ).blocks
    ]
    assert len(texts) == 3
