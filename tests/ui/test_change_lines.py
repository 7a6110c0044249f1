"""The changes of an article and the offer in its head: words, signs, and drawing."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from reader.model import Block
from reader.stories.changes import changes_between
from reader.ui.app import ReaderApp
from reader.ui.state.comparison import Comparison
from reader.ui.widgets.article_lines import ArticleLine
from reader.ui.widgets.change_lines import change_lines
from reader.ui.widgets.spanned_lines import wrap_pieces

from .clock import Clock
from .conftest import MakeApp
from .fakes import NOW, FakeLibrary, article, edition, teaser
from .quiet import until
from .screens import lines_of, opened_id, reading, text_of, told
from .test_reading import press

_OLD = (
    "De brandweer is met negen wagens ter plaatse. De weg is dicht. Niemand raakte gewond. "
    "Het vuur werd rond vier uur ontdekt door een voorbijganger."
)
_NEW = (
    "Het vuur werd rond vier uur ontdekt door een voorbijganger. "
    "De brandweer was met negen wagens ter plaatse. De haven is sinds acht uur open. "
    "Niemand raakte gewond."
)


def changed(width: int) -> list[ArticleLine]:
    old = replace(article(teaser(0)), blocks=(Block("paragraph", _OLD),))
    new = replace(old, blocks=(Block("paragraph", _NEW),))
    of = replace(old, teaser=replace(old.teaser, title="Storing duurt drie uur"))
    into = replace(new, teaser=replace(new.teaser, title="Kortsluiting duurde drie uur"))
    comparison = Comparison(1, changes_between(of, into), 2, 2, (NOW, NOW), 0, since_read=True)
    return list(change_lines(comparison, width, NOW))


def drawn(lines: list[ArticleLine]) -> list[str]:
    return [f"{line.sign}{line.text}".rstrip() for line in lines]


def spans(lines: list[ArticleLine], part: str) -> list[str]:
    return [
        line.text[span.start : span.end]
        for line in lines
        for span in line.spans
        if span.part == part
    ]


def test_each_change_has_a_sign_and_a_word_and_its_words_are_told_apart() -> None:
    lines = changed(72)
    shown = drawn(lines)
    assert shown[:3] == [
        "± Changed since you read it, version 2 of 2  v back to the text",
        "title, 1 changed, 1 new, 1 gone, 1 moved",
        "+ new   - gone   ~ [old → new]   ↕ moved",
    ]
    assert shown[4] == "~  title: [Storing duurt → Kortsluiting duurde] drie uur"
    assert "~  De brandweer [is → was] met negen wagens ter plaatse." in shown
    assert "+  new: De haven is sinds acht uur open." in shown
    assert "-  gone: De weg is dicht." in shown
    assert any(line.startswith("↕  moved: ") for line in shown)
    assert spans(lines, "words-old") == ["Storing duurt", "is", "De weg is dicht."]
    assert spans(lines, "words-new") == [
        "Kortsluiting duurde",
        "was",
        "De haven is sinds acht uur open.",
    ]
    assert spans(lines, "key") == ["v"]


@pytest.mark.parametrize("width", [20, 41, 72])
def test_a_short_change_is_never_broken_and_no_line_is_too_wide(width: int) -> None:
    shown = drawn(changed(width))
    assert any("[is → was]" in line for line in shown)
    assert max(map(cell_len, shown)) <= width


@given(
    st.lists(st.tuples(st.text("ab éж漢 \xa0", max_size=9), st.sampled_from(["", "one", "two"]))),
    st.integers(2, 30),
)
def test_wrapped_pieces_keep_every_character_and_its_part(
    pieces: list[tuple[str, str]], width: int
) -> None:
    lines = wrap_pieces(pieces, width)
    wanted = [(char, part) for text, part in pieces for char in text if not char.isspace()]
    found = []
    for line, of_line in lines:
        assert cell_len(line.text) <= width
        for place, char in enumerate(line.text):
            parts = [span.part for span in of_line if span.start <= place < span.end]
            if not char.isspace():
                found.append((char, parts[0] if parts else ""))
    assert found == wanted


def styles_of(app: ReaderApp, text: str) -> list[tuple[str, str, str]]:
    """Return the foreground, the background and the bold state of a piece of the article."""
    view = reading(app).article
    return [
        (str(style.color.name), str(style.bgcolor.name), str(bool(style.bold)))
        for y in range(view.size.height)
        for segment in view.render_line(y)
        if segment.text == text and (style := segment.style) and style.color and style.bgcolor
    ]


@pytest.mark.parametrize(
    ("theme", "accent", "warning", "band"),
    [
        ("zeeland-dark", "#7cc4dc", "#e0b46c", "#282d33"),
        ("zeeland-light", "#0b5876", "#6d4600", "#e6eaeb"),
    ],
)
async def test_the_head_names_a_key_in_its_colour_on_the_band(
    make_app: MakeApp, theme: str, accent: str, warning: str, band: str
) -> None:
    library = edition()
    new = library.bodies[1]
    library.older[1] = replace(new, blocks=(Block("paragraph", "Eerst iets."), *new.blocks))
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        app.theme = theme
        await press(pilot, "enter")
        assert styles_of(app, "v") == [(accent, band, "True")]
        assert styles_of(app, "± ") == [(warning, band, "False")]
        assert not lines_of(app)[1][50:60].strip(" ─━")
        await press(pilot, "v")
        assert " Changes " in lines_of(app)[1]
        assert sum("Changed since you read it" in line for line in lines_of(app)) == 1
        await press(pilot, "v")
        assert " Changes " not in lines_of(app)[1]


async def test_in_a_low_terminal_the_line_ends_at_the_key(make_app: MakeApp) -> None:
    library = edition()
    new = library.bodies[1]
    library.older[1] = replace(new, blocks=(Block("paragraph", "Eerst iets."), *new.blocks))
    app = make_app(library)
    async with app.run_test(size=(45, 20)) as pilot:
        await press(pilot, "enter")
        (line,) = [line for line in lines_of(app) if "±" in line]
        assert line.rstrip(" ▁▂▃▄▅▆▇").endswith("Changed: 1 sentence  v")


def with_versions(*sentences: str) -> FakeLibrary:
    """Return an edition whose first article has these versions, the oldest first."""
    library = edition()
    texts = [
        replace(
            library.bodies[1],
            blocks=(Block("paragraph", f"De brug is {sentence} open."),),
            fetched=NOW - (len(sentences) - place) * timedelta(hours=1),
        )
        for place, sentence in enumerate(sentences)
    ]
    *older, library.bodies[1] = texts
    library.texts[1] = older[::-1]
    return library


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (45, 20)])
async def test_the_versions_of_a_text_are_walked_through(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    library = with_versions("maandag", "dinsdag", "woensdag")
    app = make_app(library)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "enter", "v")
        assert "Version 3 of 3: changed between " in shown(app)
        assert "[dinsdag → woensdag]" in shown(app)
        assert "‹ 1 earlier change ( show" in shown(app)
        assert "later change" not in shown(app)
        await press(pilot, ")")
        assert "This is the latest change." in told(app)
        await press(pilot, "(")
        assert "Version 2 of 3: " in shown(app)
        assert "[maandag → dinsdag]" in shown(app)
        assert "› 1 later change ) show" in shown(app)
        assert "earlier change" not in shown(app)
        await press(pilot, "(")
        assert "This is the first change." in told(app)
        await press(pilot, ")")
        assert "Version 3 of 3: " in shown(app)
        await press(pilot, "escape")
        assert "Version" not in shown(app)
        assert "De brug is woensdag open." in shown(app)
        await press(pilot, "(")
        assert "Version 3 of 3: " in shown(app)


@pytest.mark.parametrize(
    ("read", "first", "next_one"),
    [(1, "[dinsdag → woensdag]", "[maandag → dinsdag]"),
     (2, "[maandag → woensdag]", "[dinsdag → woensdag]")],
)  # fmt: skip
async def test_from_what_was_read_the_way_is_to_each_version(
    make_app: MakeApp, read: int, first: str, next_one: str
) -> None:
    library = with_versions("maandag", "dinsdag", "woensdag")
    library.older[1] = library.texts[1][read - 1]
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "v")
        assert "Changed since you read it, version 3 of 3" in shown(app)
        assert first in shown(app)
        await press(pilot, "(")
        assert next_one in shown(app)


async def test_a_count_goes_as_many_versions_as_there_are(make_app: MakeApp) -> None:
    app = make_app(with_versions("maandag", "dinsdag", "woensdag", "donderdag"))
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "v", "2", "(")
        assert "Version 2 of 4: " in shown(app)
        await press(pilot, "9", ")")
        assert "Version 4 of 4: " in shown(app)
        await press(pilot, "9", "(")
        assert "Version 2 of 4: " in shown(app)


async def test_a_click_on_an_earlier_change_shows_it(make_app: MakeApp) -> None:
    app = make_app(with_versions("maandag", "dinsdag", "woensdag"))
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "v")
        y = next(y for y, line in enumerate(lines_of(app)) if "1 earlier change" in line)
        await pilot.click(offset=(lines_of(app)[y].index("earlier"), y))
        await until(pilot, lambda: "Version 2 of 3: " in shown(app))


async def test_an_article_of_one_version_has_no_changes(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        for key in "v()":
            await press(pilot, "enter", key)
            assert "Nothing has changed in this article" in told(app)
            assert " Changes " not in lines_of(app)[1]


async def test_the_changes_of_a_preview_open_it(make_app: MakeApp, clock: Clock) -> None:
    app = make_app(with_versions("maandag", "dinsdag", "woensdag"))
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "v")
        assert "Choose a headline" in told(app)
        await press(pilot, "j", "enter", "h", "k")
        clock.passes(0.15)
        await press(pilot, "v")
        assert opened_id(app) == 1
        assert "Version 3 of 3: " in shown(app)


def shown(app: ReaderApp) -> str:
    """Return the text of the screen on one line."""
    return " ".join(text_of(app).split())
