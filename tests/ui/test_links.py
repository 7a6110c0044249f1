"""The links of an article: numbered, opened in the reader or in the browser."""

import pytest
from msgspec.structs import replace

from reader.model import Block, Image, TextLink
from reader.ui.app import ReaderApp

from .conftest import MakeApp
from .fakes import SITE, FakeLibrary, edition
from .screens import opened_id, text_of, told
from .test_reading import press

OUTSIDE = "https://voorbeeld.test/programma"


def linked_edition() -> FakeLibrary:
    library = edition()
    links = (TextLink(4, 13, OUTSIDE), TextLink(17, 24, f"{SITE}bericht-2"))
    block = Block("paragraph", "Zie programma en verslag.", links=links)
    image = Image("https://voorbeeld.test/foto.jpg", "De haven")
    library.bodies[1] = replace(library.bodies[1], blocks=(block,), image=image)
    return library


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (45, 20)])
async def test_a_number_opens_a_link(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    urls: list[str] = []
    monkeypatch.setattr(ReaderApp, "open_url", lambda _, url, **__: urls.append(url))
    app = make_app(linked_edition())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "enter", "L")
        assert "[1] programma" in text_of(app)
        assert "[3] De haven" in text_of(app)
        await press(pilot, "1", "enter")
        assert urls == [OUTSIDE]
        await press(pilot, "L", "3", "enter")
        assert urls == [OUTSIDE, "https://voorbeeld.test/foto.jpg"]
        await press(pilot, "L", "2", "enter")
        assert opened_id(app) == 3
        assert len(urls) == 2
        await press(pilot, "b")
        assert opened_id(app) == 1


async def test_escape_opens_nothing_and_without_links_that_is_said(make_app: MakeApp) -> None:
    app = make_app(linked_edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "L", "escape")
        assert opened_id(app) == 1
        await press(pilot, "n", "L")
        assert told(app) == "This article has no links."
