"""Opening, reading on and marks, the most frequent actions of a reader."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from reader.errors import CacheError
from reader.model import Headline
from reader.ui import app as app_module
from reader.ui.widgets.headline_list import HeadlineList

from .conftest import MakeApp
from .fakes import FakeHeadlines, FakeLibrary, edition
from .screens import opened_id, reading, text_of


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


async def test_the_list_shows_headline_section_place_and_age(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)):
        shown = text_of(app)
    assert "● Doden en tientallen gewonden" in shown
    assert "Politiek · 22 min" in shown
    assert "27 unread of 36" in shown


async def test_opening_shows_the_article_with_its_dateline_age_and_length(
    make_app: MakeApp,
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        shown = text_of(app)
    assert "BUITENLAND" in shown
    assert "MILAAN (ANP/AFP) · 4 minutes ago · 1 min read" in shown
    assert "▎ ‘Je hoorde het gieren" in shown
    assert "•  Bussen vervangen de trams." in shown


async def test_a_paragraph_without_a_letter_or_digit_is_not_shown(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 60)) as pilot:
        await press(pilot, "enter")
        assert not [line for line in text_of(app).splitlines() if line.strip() == "."]


async def test_opening_marks_read_on_disk_before_the_article_shows(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library, mark_read="open")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        assert library.written == [("read", 1, True)]
        assert "26 unread of 36" in text_of(app)


async def test_only_the_headline_is_shown_with_its_summary_and_says_so(make_app: MakeApp) -> None:
    app = make_app(edition(), offline=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "j", "j", "j", "enter")
        shown = text_of(app)
    assert "Bij de ontsporing zijn donderdagmiddag" in shown
    assert "The whole article is not available offline yet." in shown


async def test_an_article_without_a_title_goes_by_the_first_sentence_of_its_summary(
    make_app: MakeApp,
) -> None:
    library = edition()
    first = library.kept[1]
    nameless = replace(first.teaser, title=None, summary="De pont vaart niet. Er is storm.")
    library.kept[1] = replace(first, teaser=nameless)
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        assert "● De pont vaart niet. " in text_of(app)
        await press(pilot, "enter")
        assert "Er is storm" not in text_of(app).split("min read")[0]


async def test_n_and_p_open_the_next_and_previous_unread(make_app: MakeApp) -> None:
    app = make_app(edition(), mark_read="open")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "n", "n", "n")
        assert opened_id(app) == 3
        await press(pilot, "n")  # 4 is read already
        assert opened_id(app) == 5
        await press(pilot, "p")
        assert opened_id(app) == 5  # all before it are read by now
        await press(pilot, "k", "k", "u", "p")
        assert opened_id(app) == 3


async def test_space_pages_and_at_the_end_opens_the_next_unread(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "space")
        assert opened_id(app) == 1
        pages = 0
        while opened_id(app) == 1:
            pages += 1
            await press(pilot, "space")
        assert pages > 1
        assert opened_id(app) == 2
        assert reading(app).article.scroll_offset.y == 0


async def test_the_end_of_the_edition_is_said_and_nothing_changes(make_app: MakeApp) -> None:
    library = edition(2)
    app = make_app(library)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "n", "n", "n")
        assert opened_id(app) == 2
        assert "Nothing unread further down." in text_of(app)


async def test_s_saves_and_u_marks_unread_and_both_undo_themselves(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library, mark_read="open")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "s")
        assert "★ saved" in text_of(app)
        await press(pilot, "u", "s", "u")
        assert "★ saved" not in text_of(app)
    assert library.written[1:] == [
        ("saved", 1, True),
        ("read", 1, False),
        ("saved", 1, False),
        ("read", 1, True),
    ]


async def test_in_the_list_marks_are_for_the_headline_at_the_cursor(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "escape", "j", "s")
    assert library.kept[2].saved
    assert not library.kept[1].saved


async def test_a_click_opens_the_headline_under_the_mouse(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.click(HeadlineList, offset=(10, 5))
        await pilot.pause()
        assert opened_id(app) == 2


async def test_a_library_that_fails_is_told_once_and_the_reader_goes_on(
    make_app: MakeApp,
) -> None:
    class Broken(FakeHeadlines):
        def load(self, _ids: Sequence[int]) -> list[Headline]:
            raise CacheError("text", text="the cache cannot be read; run znreader doctor")

    library = FakeLibrary(list(edition().kept.values()))
    library.headlines = Broken(library)
    app = make_app(library)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "j", "enter", "n", "s")
        assert text_of(app).count("run znreader doctor") == 1


async def test_only_web_addresses_go_to_the_browser(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = edition()
    for number, url in (
        (1, "https://www.zeelandnet.nl/nieuws/a"),
        (2, "file:///etc/passwd"),
        (3, "javascript:alert(1)"),
        (4, "https://x\x1b]52;c;"),
        (5, None),
    ):
        kept = library.kept[number]
        library.kept[number] = replace(kept, teaser=replace(kept.teaser, url=url))
    app = make_app(library)
    asked: list[str] = []

    async def note(url: str, _lend: object) -> None:
        asked.append(url)

    monkeypatch.setattr(app_module, "open_page", note)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "o", "j", "o", "j", "o", "j", "o", "j", "o")
        app.open_url("file:///etc/passwd")
        await pilot.pause()
    assert asked == ["https://www.zeelandnet.nl/nieuws/a"]
