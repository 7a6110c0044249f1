"""The section of an article."""

from tests.parse.small_pages import BODY, TITLE, article_of

_CRUMBS = (
    "<nav class='breadcrumb'><a href='/'>Voorpagina</a> <a href='/w'>Walcheren</a> "
    "<a href='/w/brug'>Brug</a></nav>"
)


def _section(body: str, head: str = "") -> str | None:
    return article_of(body, f"<title>{TITLE}</title>{head}").teaser.section


def test_a_label_by_the_headline_names_the_section_as_the_site_spells_it() -> None:
    assert _section(f"<p>BINNENLAND</p><h1>{TITLE}</h1>{BODY}") == "Binnenland"


def test_the_head_of_a_page_names_the_section_before_labels_do() -> None:
    head = "<meta property='article:section' content='Walcheren'>"
    assert _section(f"<p>Binnenland</p><h1>{TITLE}</h1>{BODY}", head) == "Walcheren"


def test_breadcrumbs_name_the_section_behind_the_front_page() -> None:
    assert _section(f"{_CRUMBS}<h1>{TITLE}</h1>{BODY}") == "Walcheren"


def test_a_menu_of_sections_is_no_label() -> None:
    menu = "<ul><li>Binnenland</li><li>Buitenland</li><li>Sport</li></ul>"
    assert _section(f"{menu}<h1>{TITLE}</h1>{BODY}") is None
