"""A body is found whole wherever a page has it, and nothing else instead."""

import json

import pytest

from reader.errors import NotNews
from tests.parse.small_pages import BODY, TEXTS, TITLE, article_of


def _texts(body: str, head: str = f"<title>{TITLE}</title>") -> list[str]:
    return [block.text for block in article_of(body, head).blocks]


@pytest.mark.parametrize(
    "around",
    [
        ("<div hidden id='S:0'>", "</div>"),
        ("<dialog open>", "</dialog>"),
        ("<button type='button'>", "</button>"),
    ],
    ids=["hidden", "dialog", "button"],
)
def test_an_element_that_holds_most_of_the_words_holds_the_body(around: tuple[str, str]) -> None:
    begin, end = around
    assert _texts(f"{begin}<h1>{TITLE}</h1>{BODY}{end}") == [*TEXTS]


def test_a_long_head_hides_no_body() -> None:
    style = f"<style>{'.a{color:red}' * 20_000}</style>"
    assert _texts(f"<h1>{TITLE}</h1>{BODY}", f"{style}<title>{TITLE}</title>") == [*TEXTS]


def test_inline_elements_split_no_paragraph() -> None:
    broken = TEXTS[0].replace(
        "sinds vanochtend", "<span>sinds <span><b>van</b>ochtend</span></span>"
    )
    assert _texts(f"<h1>{TITLE}</h1><p>{broken}</p><p>{TEXTS[1]}</p>") == [*TEXTS[:2]]


def test_sentences_of_a_script_without_full_stops_are_running_text() -> None:
    first = (
        "橋は今朝からすべての車両に再び開放されたと県が発表した。修理には予定より二日長くかかった。"
    )
    second = "自転車の利用者はその間も毎日七時から十一時までバスで渡ることができたという。"
    body = f"<h1>橋が再び開通</h1><p>{first}</p><p>{second}</p>"
    assert _texts(body, "<title>橋が再び開通</title>") == [first, second]


def test_a_standfirst_and_a_short_first_paragraph_are_part_of_the_body() -> None:
    stand = "Twee dagen langer dan gedacht stond alles stil"
    body = f"<h1>{TITLE}</h1><h2>{stand}</h2><p>Dat viel tegen.</p>{BODY}"
    assert _texts(body) == [stand, "Dat viel tegen.", *TEXTS]


def test_another_text_than_the_page_says_is_the_article_is_refused() -> None:
    said = "Op het eiland is een nieuwe school geopend, met plaats voor tachtig leerlingen. " * 12
    node = {"@type": "NewsArticle", "headline": TITLE, "articleBody": said}
    head = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    with pytest.raises(NotNews) as refused:
        article_of(f"<h1>{TITLE}</h1>{BODY}", head)
    assert refused.value.code == "body_elsewhere"
