"""The headline is the right line of a page."""

import time

import pytest

from tests.parse.small_pages import BODY, TITLE, article_of

_SHARED = f"<meta property='og:title' content='{TITLE}'>"

_LINKED = (
    f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{TITLE}"}}</script>'
)


def _title(body: str, head: str = f"<title>{TITLE}</title>") -> str | None:
    return article_of(body, head).teaser.title


@pytest.mark.parametrize("site", ["Kustnieuws", "Kust.test", "Nieuws uit de delta"])
@pytest.mark.parametrize("mark", [" - ", " | ", " – "])
def test_the_name_of_the_site_is_no_part_of_a_headline(site: str, mark: str) -> None:
    assert _title(f"<h1>{TITLE}</h1>{BODY}", f"<title>{TITLE}{mark}{site}</title>") == TITLE
    assert _title(f"<h2>{TITLE}</h2>{BODY}", f"<title>{TITLE}{mark}{site}</title>") == TITLE


def test_a_headline_below_the_body_is_another_article_s() -> None:
    below = "<aside><h1>Mijn account</h1></aside><h1>Veerpont krijgt nieuwe motor</h1>"
    assert _title(f"<article><h1>{TITLE}</h1>{BODY}</article>{below}") == TITLE


def test_a_kicker_in_the_headline_s_element_is_left_out() -> None:
    assert _title(f"<h1><span>Verkeer</span> <span>{TITLE}</span></h1>{BODY}", _SHARED) == TITLE


def test_a_headline_that_the_page_s_head_has_with_the_kicker_keeps_it_apart() -> None:
    head = f"<meta property='og:title' content='Verkeer / {TITLE}'>"
    body = f"<h1><span>Verkeer</span><span>{TITLE}</span></h1>{BODY}"
    assert _title(body, head) == f"Verkeer / {TITLE}"


def test_the_h1_of_breadcrumbs_is_the_headline_where_the_head_says_so() -> None:
    crumbs = f"<nav class='breadcrumb'><ol><li><a href='/'>Start</a></li><li><h1>{TITLE}</h1>"
    body = f"{crumbs}</li></ol></nav><header><h2>Zeven dagen omgereden</h2></header>{BODY}"
    assert _title(body, _SHARED + _LINKED) == TITLE


def test_the_name_of_the_site_is_no_headline_where_the_head_has_no_other_title() -> None:
    name = "Kustnieuws van vandaag"
    head = f"<title>{name}</title><meta property='og:title' content='{name}'>"
    body = f"<header><h1><a href='/'>{name}</a></h1></header><main><h2>{TITLE}</h2>{BODY}</main>"
    assert _title(body, head) == TITLE


def test_entities_that_were_left_in_json_ld_are_characters() -> None:
    script = (
        '<script type="application/ld+json">{"@type": "NewsArticle",'
        '"headline": "Brug &amp;amp; sluis bij Sloedam weer open"}</script>'
    )
    body = f"<h2>Brug &amp; sluis bij Sloedam weer open</h2>{BODY}"
    assert _title(body, script) == "Brug & sluis bij Sloedam weer open"


def test_a_kicker_in_a_heading_of_a_page_without_h1_is_left_out() -> None:
    head = f"<title>Sloedam: na zeven dagen rijdt alles weer</title>{_SHARED}"
    assert _title(f"<h2><span>Zeven dagen om</span> <span>{TITLE}</span></h2>{BODY}", head) == TITLE


def test_a_teaser_that_stands_in_two_menus_is_no_headline() -> None:
    menu = "<ul><li><a href='/column'><span>Onze column van de week</span></a></li></ul>"
    head = "<title>Sloedam: na zeven dagen rijdt alles weer</title>"
    assert _title(f"<div>{menu}</div><div>{menu}</div><h2>{TITLE}</h2>{BODY}", head) == TITLE


@pytest.mark.parametrize("endless", ["- ", '"', "a | ", "a: "])
def test_a_title_without_end_costs_little(endless: str) -> None:
    began = time.process_time()
    title = endless * 100_000
    assert _title(f"<h1>{TITLE}</h1>{BODY}", f"<title>{TITLE} {title}</title>") is not None
    assert time.process_time() - began < 5
