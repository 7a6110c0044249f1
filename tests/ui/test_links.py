"""The links of an article: numbered in its text, opened in the reader or browser, or copied."""

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from reader.model import Block, Image, TextLink
from reader.text.article_links import ArticleLink, links_of
from reader.ui.app import ReaderApp
from reader.ui.state.linking import Linking, numbered
from reader.ui.widgets.article_lines import link_lines
from reader.ui.widgets.which_key import WhichKey

from .clock import Clock
from .conftest import MakeApp
from .fakes import SITE, FakeLibrary, edition
from .quiet import until
from .screens import lines_of, opened_id, reading, text_of, told
from .test_reading import press

OUTSIDE = "https://voorbeeld.test/programma"
IMAGE = "https://voorbeeld.test/foto.jpg"
SIZES = [(120, 40), (80, 24), (45, 20)]


def linked_edition() -> FakeLibrary:
    library = edition()
    links = (TextLink(4, 13, OUTSIDE), TextLink(17, 24, f"{SITE}bericht-2"))
    again = (TextLink(0, 3, OUTSIDE),)
    blocks = (
        Block("paragraph", "Zie programma en verslag.", links=links),
        Block("paragraph", "Dit ook.", links=again),
    )
    library.bodies[1] = replace(library.bodies[1], blocks=blocks, image=Image(IMAGE, "De haven"))
    return library


@pytest.fixture
def urls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(ReaderApp, "open_url", lambda _, url, **__: found.append(url))
    return found


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(ReaderApp, "copy_to_clipboard", lambda _, text: found.append(text))
    return found


@pytest.mark.parametrize("size", SIZES)
async def test_numbers_stand_beside_the_links_and_at_the_end(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app(linked_edition())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "enter", "L")
        assert "Zie programma[1] en verslag[2]." in text_of(app)
        assert "Dit[1] ook." in text_of(app)
        await press(pilot, "end")
        said = " ".join(text_of(app).split())
        assert "Links" in said
        assert "[1] programma" in said
        assert "voorbeeld.test" in said
        assert "[3] De haven" in said
        await press(pilot, "escape")
        assert reading(app).pane == "article"
        assert "[1]" not in text_of(app)
        await press(pilot, "home")
        assert "Zie programma en verslag." in text_of(app)


@pytest.mark.parametrize("width", [20, 41, 68])
def test_below_the_article_each_link_has_its_host_beside_or_below_it(width: int) -> None:
    links = (
        ArticleLink("programma van de competitie", "https://zwaakse-boys.test/a"),
        ArticleLink("\x1b[31mverslag", "https://voorbeeld.test/b"),
    )
    lines = link_lines(Linking(links), width)
    drawn = [f"{line.sign}{line.text}".rstrip() for line in lines]
    assert max(map(cell_len, drawn)) <= width
    assert not any("\x1b" in line for line in drawn)
    if width == 68:
        assert drawn[1] == "[1] programma van de competitie  zwaakse-boys.test"
    elif width == 41:
        assert drawn[1:3] == ["[1] programma van de competitie", "    zwaakse-boys.test"]
    assert {line.weight for line in lines if line.text} == {0}


async def test_the_keys_for_links_can_be_clicked(make_app: MakeApp, copied: list[str]) -> None:
    app = make_app(linked_edition())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "L")
        line = lines_of(app)[-2]
        await pilot.click(offset=(line.index("y Copy"), 22))
        await pilot.pause()
        await press(pilot, "1")
        assert len(copied) == 1
        assert copied[0].startswith("http")


@pytest.mark.parametrize("size", SIZES)
async def test_a_number_opens_a_link(
    make_app: MakeApp, urls: list[str], size: tuple[int, int]
) -> None:
    app = make_app(linked_edition())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "enter", "L", "1")
        assert urls == [OUTSIDE]
        await press(pilot, "3")
        assert urls == [OUTSIDE, IMAGE]
        await press(pilot, "2")
        assert opened_id(app) == 3
        assert not reading(app).linking
        await press(pilot, "b")
        assert opened_id(app) == 1
        assert len(urls) == 2


async def test_another_key_copies_a_link_and_says_so(make_app: MakeApp, copied: list[str]) -> None:
    app = make_app(linked_edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "L")
        assert "y Copy" in told(app)
        await press(pilot, "y", "3")
        assert copied == [IMAGE]
        assert told(app) == "Link copied."
        assert not reading(app).linking
        await press(pilot, "y")
        assert copied == [IMAGE, f"{SITE}bericht-0"]


async def test_of_many_links_a_number_waits_for_its_last_digit(
    make_app: MakeApp, urls: list[str]
) -> None:
    library = edition()
    words = [f"w{n}" for n in range(1, 13)]
    text, links = " ".join(words), []
    for n, word in enumerate(words, 1):
        start = text.index(word)
        links.append(TextLink(start, start + len(word), f"https://voorbeeld.test/{n}"))
    block = Block("paragraph", text, links=tuple(links))
    library.bodies[1] = replace(library.bodies[1], blocks=(block,))
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "L", "1")
        assert told(app) == "Link 1: another digit, or Enter"
        assert not urls
        await press(pilot, "enter")
        await press(pilot, "1", "2")
        await press(pilot, "2")
        assert urls == [f"https://voorbeeld.test/{n}" for n in (1, 12, 2)]
        await press(pilot, "1", "escape")
        assert reading(app).linking
        await press(pilot, "1", "9")
        assert told(app) == "There is no link 19."
        await press(pilot, "escape")
        assert not reading(app).linking
        assert len(urls) == 3


@pytest.mark.parametrize("digits", [["1"], ["3"], ["9"]])
async def test_what_a_number_did_is_not_covered_by_the_digits_that_were_typed(
    make_app: MakeApp, clock: Clock, urls: list[str], digits: list[str]
) -> None:
    app = make_app(linked_edition())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "L", *digits)
        said = told(app)
        clock.passes(0.7)
        await pilot.pause()
        assert not app.screen.query_one(WhichKey).display
        assert told(app) == said
        await press(pilot, "escape", *digits)
        clock.passes(0.7)
        assert app.screen.query_one(WhichKey).display


async def test_the_reading_place_stays(make_app: MakeApp, clock: Clock) -> None:
    library = linked_edition()
    first = library.bodies[1].blocks
    more = tuple(Block("paragraph", f"Alinea {n} van het verslag.") for n in range(60))
    library.bodies[1] = replace(library.bodies[1], blocks=first + more)
    app = make_app(library)
    async with app.run_test(size=(120, 20)) as pilot:
        await press(pilot, "enter", *("j" * 30))
        view = reading(app).article
        await until(pilot, lambda: view.seen)
        place = view.place
        await press(pilot, "L")
        assert view.place == place
        clock.passes(3)
        await press(pilot, "escape")
        assert view.place == place
        clock.passes(3)
        assert library.kept_places == {1: place}


async def test_without_links_that_is_said_and_a_preview_is_opened_for_them(
    make_app: MakeApp, clock: Clock
) -> None:
    app = make_app(linked_edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "enter", "L")
        assert told(app) == "This article has no links."
        await press(pilot, "h", "k")
        clock.passes(0.15)
        await press(pilot, "L")
        assert opened_id(app) == 1
        assert "programma[1]" in text_of(app)


def test_only_web_addresses_have_a_number_and_each_one_alone() -> None:
    text = "een twee drie"
    links = (
        TextLink(9, 13, OUTSIDE),
        TextLink(0, 3, "javascript:alert(1)"),
        TextLink(4, 8, OUTSIDE),
        TextLink(4, 900, IMAGE),
    )
    block = Block("paragraph", text, links=links)
    library = edition()
    found = links_of(replace(library.bodies[1], blocks=(block,)), "Image")
    assert [link.url for link in found] == [OUTSIDE, IMAGE]
    (shown,) = numbered((block,), {OUTSIDE: 1, IMAGE: 2})
    assert shown.text == "een twee[1] drie[1]"
    assert {shown.text[link.start : link.end] for link in shown.links} == {"twee", "drie", "[1]"}
