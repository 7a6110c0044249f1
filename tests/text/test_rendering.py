"""An article as plain text and Markdown: its contents, and no unintended markup."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec.structs import replace

from reader.model import Article, Block, Dateline, Image, Sighting, Teaser, TextLink
from reader.text.code import code_lines
from reader.text.rendering import as_text, file_name, form_of
from reader.text.sanitize import clean_line
from reader.text.tables import clean_rows

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


def article(teaser: Teaser, *blocks: Block) -> Article:
    return Article(teaser, blocks, (), _AT)


def test_plain_text_has_title_origin_blocks_and_address() -> None:
    assert as_text(article(_TEASER, *_BLOCKS), "plain") == (
        "Storm houdt *veerpont* aan de kant\n\n"
        "Binnenland · BRESKENS (ANP) · 2026-03-02 23:30\n\n"
        "De pont vaart niet. 1 < 2 & meer.\n\nOnderzoek\n\n- - Lijn 9\n- Lijn 10\n\n"
        "> ‘Stil’, zegt een schipper.\n\nhttps://www.zeelandnet.nl/nieuws/storm\n"
    )


def test_markdown_has_headings_lists_and_a_link_and_escapes_the_rest() -> None:
    assert as_text(article(_TEASER, *_BLOCKS), "markdown") == (
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
    assert as_text(article(teaser), "markdown") == "# Kop\n"


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
    made = as_text(article(Teaser(None, None), Block(kind, text)), "markdown")  # type: ignore[arg-type]
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
    # In the night the day of the site's place is another than that in UTC.
    night = Sighting(*(datetime(2026, 3, 2, 23, 30, tzinfo=UTC),) * 2)
    late = Teaser(None, "Storm", published=night)
    assert file_name(late, "plain") == "2026-03-03-storm.txt"
    long = Teaser(None, "../../etc: " + "woord " * 40)
    assert file_name(long, "plain").startswith("etc-woord")
    assert len(file_name(long, "plain")) < 70
    assert file_name(Teaser(None, "東京"), "plain") == "artikel.txt"


def test_the_ending_of_a_name_tells_its_form() -> None:
    assert [form_of(name) for name in ("a.md", "A.TXT", "a.html", "a")] == [
        "markdown", "plain", None, None,
    ]  # fmt: skip


_RICH = replace(
    article(
        Teaser("https://www.zeelandnet.nl/nieuws/race", "Krabbenrace", "Zeeland"),
        Block("paragraph", "Zie de uitslag op de site!", links=(TextLink(7, 14, "https://x.example/a_(b)?c=1&amp;d"),)),
        Block("item", "Vang een krab.", number=3),
        Block("item", "Laat hem los.", number=4),
        Block("item", "Klaar."),
        Block("table", "Naam | Tijd\nKnijper | 9\nJan|Piet | 12,5",
              rows=(("Naam", "Tijd"), ("Knijper", "9"), ("Jan|Piet", "12,5"))),
        Block("code", "\nals krab:\n\twint ```\n"),
    ),
    authors=("Jannie de Visser", "Ko_Wielemaker"),
    modified=_AT,
    image=Image("https://beeld.example/krab.jpg", "Een krab.", "Foto: *Wim*"),
    tags=("krabben", "races"),
)  # fmt: skip


def test_plain_text_has_byline_columns_numbers_code_image_and_tags() -> None:
    assert as_text(_RICH, "plain") == (
        "Krabbenrace\n\nDoor Jannie de Visser en Ko_Wielemaker\n\n"
        "Zeeland · bijgewerkt 2026-03-02 23:30\n\nZie de uitslag op de site!\n\n"
        "3. Vang een krab.\n4. Laat hem los.\n\n- Klaar.\n\n"
        "Naam       Tijd\n────────   ────\nKnijper       9\nJan|Piet   12,5\n\n"
        "als krab:\n    wint ```\n\nBeeld: Een krab. (Foto: *Wim*)\n\n"
        "Trefwoorden: krabben, races\n\nhttps://www.zeelandnet.nl/nieuws/race\n"
    )


def test_markdown_has_links_a_table_numbers_fenced_code_and_the_image_as_a_link() -> None:
    made = as_text(_RICH, "markdown", "en")
    assert made == (
        "# Krabbenrace\n\nBy Jannie de Visser and Ko\\_Wielemaker\n\n"
        "*Zeeland · updated 2026-03-02 23:30*\n\n"
        "Zie de [uitslag](https://x.example/a_%28b%29?c=1&amp;amp;d) op de site!\n\n"
        "3. Vang een krab.\n\n4. Laat hem los.\n\n- Klaar.\n\n"
        "| Naam | Tijd |\n| --- | ---: |\n| Knijper | 9 |\n| Jan\\|Piet | 12,5 |\n\n"
        "````\nals krab:\n    wint ```\n````\n\n"
        "[Image](https://beeld.example/krab.jpg): *Een krab. (Foto: \\*Wim\\*)*\n\n"
        "*Tags: krabben, races*\n\n<https://www.zeelandnet.nl/nieuws/race>\n"
    )
    tokens = MarkdownIt("commonmark").enable("table").parse(made)
    assert [token.attrGet("start") for token in tokens if token.type == "ordered_list_open"] == [3]
    assert [token.content for token in tokens if token.type == "fence"] == [
        "als krab:\n    wint ```\n"
    ]


_NASTY = st.text("#*_-+=[]()<>&`\\!|~$1.) \n:/wht@a\t", max_size=20)
_URLS = st.one_of(
    _NASTY.map(lambda text: "https://x.example/" + text),
    st.sampled_from(["javascript:alert(1)", "https://x/\x1b[31m", "https://x/a b", "data:,a"]),
)


@settings(max_examples=200, deadline=None)
@given(_NASTY, _NASTY, _NASTY, _URLS)
def test_a_link_is_one_link_to_its_own_address_whatever_its_words(
    before: str, words: str, after: str, url: str
) -> None:
    text = before + words + after
    span = TextLink(len(before), len(before + words), url)
    block = Block("paragraph", text, links=(span,) if words else ())
    tokens = MarkdownIt("commonmark").parse(as_text(article(Teaser(None, None), block), "markdown"))
    children = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in children} <= {
        "text", "text_special", "hardbreak", "link_open", "link_close"
    }  # fmt: skip
    assert clean_line(shown(children)) == clean_line(text)
    targets = {child.attrGet("href") for child in children if child.type == "link_open"}
    plain = url.startswith("https://") and not re.search(r"[\s\x1b]", url)
    assert {unquote(str(target)) for target in targets} <= ({unquote(url)} if plain else set())
    assert bool(targets) == (plain and bool(words.strip()))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(_NASTY, min_size=2, max_size=3), min_size=2, max_size=4))
def test_a_table_stays_one_table_whatever_its_cells(rows: list[list[str]]) -> None:
    cells = tuple(map(tuple, rows))
    text = "\n".join(" | ".join(row) for row in rows)
    made = as_text(article(Teaser(None, None), Block("table", text, rows=cells)), "markdown")
    tokens = MarkdownIt("commonmark").enable("table").parse(made)
    wanted = clean_rows(cells)
    if not wanted or not clean_line(text):
        return
    inline = [token for token in tokens if token.type == "inline"]
    assert [shown(token.children or []) for token in inline] == [
        cell for row in wanted for cell in row
    ]
    assert sum(token.type == "table_open" for token in tokens) == 1


@settings(max_examples=100, deadline=None)
@given(st.text("`~ \na#", max_size=40))
def test_code_stays_one_fence_whatever_it_says(code: str) -> None:
    made = as_text(article(Teaser(None, None), Block("code", code)), "markdown")
    tokens = MarkdownIt("commonmark").parse(made)
    assert [token.content for token in tokens] == [
        "".join(line + "\n" for line in code_lines(code))
    ] * bool(code.strip())


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(_NASTY, st.none() | st.integers(0, 99)), max_size=4))
def test_items_stay_items_whatever_they_say(items: list[tuple[str, int | None]]) -> None:
    blocks = [Block("item", text, number=number) for text, number in items]
    made = as_text(article(Teaser(None, None), *blocks), "markdown")
    tokens = MarkdownIt("commonmark").parse(made)
    said = [text for text, _ in items if clean_line(text)]
    assert sum(token.type == "list_item_open" for token in tokens) == len(said)
    inline = [token for token in tokens if token.type == "inline"]
    assert [clean_line(shown(token.children or [])) for token in inline] == list(
        map(clean_line, said)
    )
