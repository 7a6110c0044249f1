"""Broken and unusual markup, and the user's selectors."""

from datetime import UTC, datetime

import pytest

from reader.errors import UnreadablePage, UsageError
from reader.model import Article, Listing
from reader.parse import parse_page

_AT = datetime(2026, 3, 14, 15, 20, tzinfo=UTC)
_TITLE = "Brug bij Sloedam weer open"
_LEAD = "<p>GOES (ANP) - De brug is sinds vanochtend weer open voor alle verkeer.</p>"
_MORE = "<p>Het herstel duurde volgens de provincie twee dagen langer dan gedacht.</p>"


def _read(body: str, **selectors: str) -> Article | Listing:
    page = f"<!doctype html><html><head><title>{_TITLE}</title></head><body>{body}</body></html>"
    return parse_page(page.encode(), _AT, selectors=selectors)


def _body(body: str, **selectors: str) -> list[str]:
    page = _read(body, **selectors)
    assert isinstance(page, Article)
    assert page.teaser.title == _TITLE
    return [block.text.split(" ", 1)[0] for block in page.blocks]


@pytest.mark.parametrize(
    "between",
    [
        "</body></html>",
        "</div></p></article></table>",
        "<!-- een <p>opmerking</p> -->",
        '<script>document.write("<!-- <p>");</script>',
        "<style>p > a { color: red }</style>",
        "<noscript><p>Zet JavaScript aan.</p></noscript>",
        '<p style="display: none">Dit staat er niet voor lezers, maar wel in de bron.</p>',
        "<template><p>Dit is een sjabloon en geen zin die een lezer ziet.</p></template>",
        "<b><i>" * 200,
    ],
)
def test_what_is_broken_or_hidden_between_paragraphs_costs_none_of_them(between: str) -> None:
    assert _body(f"<h1>{_TITLE}</h1>{_LEAD}{between}{_MORE}") == ["De", "Het"]


def test_elements_in_elements_without_end_are_refused_with_the_reason() -> None:
    with pytest.raises(UnreadablePage, match="nested"):
        _read(f"<h1>{_TITLE}</h1>{'<div>' * 5_000}{_LEAD}")


def test_selectors_say_what_no_tag_does() -> None:
    body = (
        '<div class="x1">Weer en wind</div><div class="x2" hidden>Brug bij Sloedam weer open</div>'
        f'<div class="x3"><h2>Kort</h2><p>Een zin van een ander bericht, lang genoeg.</p></div>'
        f"{_LEAD}{_MORE}"
    )
    page = _read(body, headline=".x2", ignore=".x1, .x3")
    assert isinstance(page, Article)
    assert page.teaser.title == _TITLE
    assert [block.text.split(" ", 1)[0] for block in page.blocks] == ["De", "Het"]


def test_a_page_cannot_name_its_elements_as_selectors_do() -> None:
    odd = '<p data-znreader-tag="scr ipt">Hier staat nog een gewone zin van het artikel zelf.</p>'
    assert _body(f"<h1>{_TITLE}</h1>{_LEAD}{odd}{_MORE}", ignore=".weg") == ["De", "Hier", "Het"]


def test_a_selector_that_is_no_css_is_named() -> None:
    with pytest.raises(UsageError, match="role=ignore"):
        _read(_LEAD, ignore="p:[")
