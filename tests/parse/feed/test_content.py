"""The text of an entry as blocks: nothing of it is lost, and whether it is the whole article."""

import pytest

from reader.model import Entry, Teaser
from reader.parse.feed.content import end_of_entry, read_content
from reader.text.full_text import is_whole

URL = "https://haven.test/boot"
THREE = "<p>De boot vaart weer.</p><p>De schipper is er blij mee.</p><p>De haven is weer open.</p>"


def texts(source: str) -> list[str]:
    return [block.text for block in read_content(source, URL)]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Prio 1 brand Havenstraat</p><p>Prio 2 Kade</p>",
         ["Prio 1 brand Havenstraat", "Prio 2 Kade"]),
        ("Zuid 4<br><br>West 5<br><br>Noord 6", ["Zuid 4", "West 5", "Noord 6"]),
        ("<p>Dit lazen wij.</p><ul><li><a href='/a'>Over boten</a></li>"
         "<li><a href='/b'>Over bruggen</a></li></ul>",
         ["Dit lazen wij.", "Over boten", "Over bruggen"]),
        ("<p>Eerst dit.</p><h3><a href='/a'>Over boten</a></h3><p>Een lang stuk.</p>",
         ["Eerst dit.", "Over boten", "Een lang stuk."]),
    ],
)  # fmt: skip
def test_lines_that_are_no_sentences_are_part_of_a_text(source: str, found: list[str]) -> None:
    assert texts(source) == found


@pytest.mark.parametrize(
    "end",
    [
        "<p><a href='/f'>Deel op Facebook</a> <a href='/x'>Deel op X</a></p>",
        "<p><a href='/f'>Facebook</a> | <a href='/w'>WhatsApp</a> | <a href='/m'>E-mail</a></p>",
        "<ul><li><a href='/f'>Facebook</a></li><li><a href='/l'>LinkedIn</a></li></ul>",
        "<p>The post <a href='/boot'>Boot vaart</a> appeared first on <a href='/'>Log</a>.</p>",
        "<p>Het bericht <a href='/boot'>Boot vaart</a> verscheen eerst op <a href='/'>Log</a>.</p>",
    ],
)
def test_what_offers_to_share_a_text_or_tells_its_origin_is_no_part_of_it(end: str) -> None:
    assert texts(THREE + end) == texts(THREE)
    assert "Over bruggen" in texts(f"{THREE}<ul><li><a href='/b'>Over bruggen</a></li></ul>{end}")


@pytest.mark.parametrize(
    "end",
    [
        "<p><a href='/boot'>Lees verder</a></p>",
        "<p><a href='/boot'>Lees meer »</a></p>",
        "<p>[&#8230;]</p>",
        "<p><a href='/boot'>Lees dit artikel verder op haven.test</a></p>",
        "<p>Maar toen [&hellip;]</p><p>Het bericht <a href='/boot'>Boot vaart</a> verscheen eerst"
        " op <a href='/'>Havenlog</a>.</p>",
        "<p>Maar toen [&hellip;]</p>\n<p>The post <a href='/boot'>Boot vaart</a> appeared first on"
        " <a href='/'>haven.test</a>.</p>",
    ],
)
def test_a_text_that_leads_to_its_rest_is_not_whole(end: str) -> None:
    def judged(source: str) -> bool:
        entry = Entry(None, Teaser(URL, "Boot vaart"), source, "")
        return is_whole(read_content(source, URL), "", end_of_entry(entry))

    assert judged(THREE)
    assert not judged(THREE + end)
