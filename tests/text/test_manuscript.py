"""An article as text to keep: what it holds, and that Markdown makes nothing else of it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reader.model import Block, Dateline, Sighting, Teaser
from reader.text.clean import clean_line
from reader.text.manuscript import as_text, file_name, form_of

_AT = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
_TEASER = Teaser(
    "https://www.zeelandnet.nl/nieuws/storm",
    "Storm houdt *veerpont* aan de kant",
    "Binnenland",
    Dateline(("BRESKENS",), ("ANP",)),
    "Er vaart niets.",
    Sighting(_AT, _AT + timedelta(minutes=1)),
)
_BLOCKS = (
    Block("paragraph", "De pont vaart niet. 1 < 2 & meer."),
    Block("heading", "Onderzoek"),
    Block("item", "- Lijn 9"),
    Block("item", "Lijn 10"),
    Block("quote", "‘Stil’, zegt een schipper."),
)


def test_plain_text_has_title_origin_blocks_and_address() -> None:
    assert as_text(_TEASER, _BLOCKS, "plain") == (
        "Storm houdt *veerpont* aan de kant\n\n"
        "Binnenland · BRESKENS (ANP) · 2026-03-02 23:30\n\n"
        "De pont vaart niet. 1 < 2 & meer.\n\nOnderzoek\n\n- - Lijn 9\n- Lijn 10\n\n"
        "> ‘Stil’, zegt een schipper.\n\nhttps://www.zeelandnet.nl/nieuws/storm\n"
    )


def test_markdown_has_headings_lists_and_a_link_and_escapes_the_rest() -> None:
    assert as_text(_TEASER, _BLOCKS, "markdown") == (
        "# Storm houdt \\*veerpont\\* aan de kant\n\n"
        "*Binnenland · BRESKENS (ANP) · 2026-03-02 23:30*\n\n"
        "De pont vaart niet. 1 \\< 2 \\& meer.\n\n## Onderzoek\n\n- \\- Lijn 9\n- Lijn 10\n\n"
        "> ‘Stil’, zegt een schipper.\n\n<https://www.zeelandnet.nl/nieuws/storm>\n"
    )


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "https://x/a> b", None]
)
def test_only_a_clean_web_address_becomes_a_link(url: str | None) -> None:
    teaser = Teaser(url, "Kop")
    assert as_text(teaser, (), "markdown") == "# Kop\n"


@pytest.mark.parametrize(
    "text",
    [
        "# kop", "1. een", "12) twaalf", "- punt", "+ plus", "=====", "---", "> citaat", "***",
        "[klik](javascript:alert(1))", "<script>alert(1)</script>", "&lt;b&gt;", "`code`", "a|b",
        "![beeld](http://x/y)", "~~weg~~", "http://x.nl en www.x.nl", "    ingesprongen", "$x$",
        "[naar]: http://x.nl", "regel  \nregel", "\\", "een \\* twee", ": definitie", "~~~", "_a_",
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["paragraph", "item", "quote", "heading"])
def test_markdown_shows_each_text_as_it_stands(text: str, kind: str) -> None:
    check_block(text, kind)


@settings(max_examples=150, deadline=None)
@given(st.text("#*_-+=[]()<>&`\\!|~$1.) \n:/wht@aé", max_size=30))
def test_no_text_becomes_markup(text: str) -> None:
    check_block(text, "paragraph")


def check_block(text: str, kind: str) -> None:
    made = as_text(Teaser(None, None), (Block(kind, text),), "markdown")  # type: ignore[arg-type]
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(made)
    allowed = {"paragraph", "heading", "bullet_list", "list_item", "blockquote", "inline"}
    assert {token.type.removesuffix("_open").removesuffix("_close") for token in tokens} <= allowed
    assert sum(token.type == "inline" for token in tokens) <= 1
    children = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in children} <= {"text", "text_special", "hardbreak"}
    assert clean_line(shown(children)) == clean_line(text)


def shown(children: list[Token]) -> str:
    return "".join("\n" if child.type == "hardbreak" else child.content for child in children)


def test_a_file_is_named_by_day_and_title_and_is_never_long_or_odd() -> None:
    assert file_name(_TEASER, "markdown") == "2026-03-02-storm-houdt-veerpont-aan-de-kant.md"
    long = Teaser(None, "../../etc: " + "woord " * 40)
    assert file_name(long, "plain").startswith("etc-woord")
    assert len(file_name(long, "plain")) < 70
    assert file_name(Teaser(None, "東京"), "plain") == "artikel.txt"


def test_the_ending_of_a_name_tells_its_form() -> None:
    assert [form_of(name) for name in ("a.md", "A.TXT", "a.html", "a")] == [
        "markdown", "plain", None, None,
    ]  # fmt: skip
