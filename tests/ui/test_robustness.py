"""Sizes, numbers, other processes and hostile text."""

import re
from collections.abc import Sequence

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.content import Content
from textual.widgets import Static

from reader.errors import ReaderError
from reader.model import Article, Block, Counts, Dateline, Headline, Teaser
from reader.ui.terminal.filters import HarmlessFilter, PlainSigns

from .clock import Clock
from .conftest import MakeApp
from .fake_child import FakeChild
from .fakes import NOW, FakeHeadlines, FakeLibrary, edition, teaser
from .screens import lines_of, opened_id, reading, text_of
from .test_reading import press

SIZES = (
    (40, 12),
    (45, 20),
    (60, 17),
    (60, 18),
    (80, 24),
    (89, 31),
    (90, 32),
    (91, 12),
    (120, 40),
    (250, 80),
    (250, 12),
    (40, 80),
    (30, 8),
    (12, 5),
    (3, 2),
    (1, 1),
)
_HOSTILE = (
    "[/] [@click=app.quit]quit[/] [bold]b[/bold] [link=file:///x]l[/link] \x1b]52;c;eA==\x07"
    "\x1b[31mred \x9b31m \u202eevil\u2066 \u200f \x00 \x7f \ud800 \u2028 end"
)
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


async def test_every_size_from_tiny_to_vast_shows_whole_lines(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        for number, (width, height) in enumerate(SIZES):
            await pilot.resize_terminal(width, height)
            await press(pilot, ("enter", "tab", "escape", "j", "n", "space")[number % 6])
            lines = lines_of(app)
            assert len(lines) == height
            assert {cell_len(line) for line in lines} == {width}, (width, height)


async def test_wide_characters_do_not_break_a_row(make_app: MakeApp) -> None:
    titles = ("東京で地震" * 12, "🌊" * 50, "e\u0301" * 90, "👩‍👩‍👧 familie " * 9, "a" * 300)
    library = FakeLibrary(
        [Headline(n + 1, replace(teaser(n), title=title), NOW) for n, title in enumerate(titles)]
    )
    app = make_app(library)
    for width in (40, 41, 79, 120):
        async with app.run_test(size=(width, 30)) as pilot:
            await press(pilot, "j")
            assert {cell_len(line) for line in lines_of(app)} == {width}
        app = make_app(library)


async def test_a_hundred_thousand_headlines_load_only_what_is_in_view(
    make_app: MakeApp, clock: Clock
) -> None:
    class Vast(FakeHeadlines):
        def load(self, ids: Sequence[int]) -> list[Headline]:
            library.loads.append(list(ids))
            return [Headline(number, teaser(number % 500), NOW) for number in ids]

        def ids(self, _selection: object = None, limit: int | None = None) -> list[int]:
            return list(range(100_000))[:limit]

        def counts(self, _selection: object = None) -> Counts:
            return Counts(100_000, 100_000)

    library = FakeLibrary()
    library.headlines = Vast(library)
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "j", "pagedown")
        clock.passes(0.2)
        assert sum(map(len, library.loads)) < 200
        await press(pilot, "G")
        assert reading(app).headlines.cursor == 99_999
        assert sum(map(len, library.loads)) < 400
        await press(pilot, "enter")
        assert opened_id(app) == 99_999


async def test_what_another_process_stored_appears_without_moving_the_cursor(
    make_app: MakeApp,
) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *["j"] * 15)
        before = reading(app).headlines.place
        shown = lines_of(app)[2:38]
        fresh = Headline(900, replace(teaser(0), title="Vers van de pers"), NOW)
        library.kept = {900: fresh, **library.kept}
        library.other_process_wrote = True
        reading(app).poll()
        await pilot.pause()
        assert reading(app).headlines.place == before
        assert [line[:40] for line in lines_of(app)[2:38]] == [line[:40] for line in shown]
        assert "28 unread of 37" in text_of(app)


async def test_an_opened_article_that_another_process_fetched_appears(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library, offline=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "j", "j", "j", "enter")
        assert "not available offline yet" in text_of(app)
        of = library.kept[5].teaser
        library.bodies[5] = Article(of, (Block("paragraph", "Hier."),), (), NOW)
        library.other_process_wrote = True
        reading(app).poll()
        await pilot.pause()
        assert "Hier." in text_of(app)


async def test_the_bundled_edition_is_laid_out_and_labelled(make_app: MakeApp) -> None:
    library = FakeLibrary()

    async def load() -> None:
        assert "is being prepared" in app.reading_screen.notice
        library.kept = edition().kept
        library.sample = True

    app = make_app(library, FakeChild(load), empty=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "sample edition" in text_of(app)
        assert "27 unread of 36" in text_of(app)


async def test_a_bundled_edition_that_fails_is_one_notice(make_app: MakeApp) -> None:
    async def load() -> None:
        raise ReaderError("the sample edition [b]could not be read")

    app = make_app(FakeLibrary(), FakeChild(load), empty=True)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert text_of(app).count("edition [b]could") == 1
        assert "There are no headlines yet." in text_of(app)


@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
async def test_hostile_text_is_shown_and_does_nothing(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    hostile = Teaser(
        "https://x/\x1b]52;c;",
        _HOSTILE,
        _HOSTILE,
        Dateline((_HOSTILE,), (_HOSTILE,)),
        _HOSTILE,
        teaser(0).published,
    )
    blocks = (
        Block("paragraph", _HOSTILE),
        Block("heading", _HOSTILE),
        Block("item", _HOSTILE),
        Block("quote", _HOSTILE),
    )
    library = FakeLibrary(
        [Headline(n, hostile, NOW, cached=True) for n in (1, 2, 3)],
        {1: Article(hostile, blocks, (), NOW)},
        {1: [2, 3]},
    )
    app = make_app(library)
    async with app.run_test(size=size, notifications=True) as pilot:
        for keys in ((), ("enter",), ("tab", "right"), ("o",), ("escape", "escape", "]", "]", "]")):
            await press(pilot, *keys)
            shown = text_of(app)
            assert not _CONTROL.search(shown.replace("\n", ""))
            assert "[@click=app" in shown or "[/]" in shown
        await press(pilot, "enter")
        for x, y in ((8, 3), (30, 4), (size[0] // 2 + 10, 5), (size[0] - 9, 6)):
            await pilot.click(offset=(x, y))
        assert app.is_running
        assert not app._exit


def test_the_net_replaces_control_characters_and_drops_their_links() -> None:
    net = HarmlessFilter()
    link = Style(link="https://x/\x1b]52;")
    [first, second] = net.apply(
        [Segment("a\x1b[31m\u202eb", link), Segment("ok", Style(link="https://x/"))],
        Color(0, 0, 0),
    )
    assert first.text == "a\ufffd[31m\ufffdb"
    assert first.style is not None
    assert first.style.link is None
    assert second.style is not None
    assert second.style.link == "https://x/"


async def test_the_net_is_under_everything_drawn(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await app.screen.mount(Static(Content("x\x1b]0;title\x07y")))
        await pilot.pause()
        assert "\x1b" not in text_of(app)
        assert "x\ufffd]0;title" in text_of(app)


async def test_with_plain_signs_no_other_is_drawn(make_app: MakeApp) -> None:
    app = make_app(edition(), glyphs="ascii")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "tab", "right")
        [signs] = [each for each in app.get_line_filters() if isinstance(each, PlainSigns)]
        for strip in app.screen._compositor.render_strips():
            drawn = "".join(segment.text for segment in signs.apply(list(strip), Color(0, 0, 0)))
            drawn = drawn.replace("🌊", "")
            assert all(letter.isascii() or letter.isalpha() for letter in drawn), drawn


async def test_without_colours_the_pane_with_the_focus_has_a_heavier_line(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert lines_of(app)[1].startswith("━ 27 unread")
        await press(pilot, "enter")
        assert lines_of(app)[1].startswith("─ 27 unread")
        assert lines_of(app)[1].endswith("━━")
        # Without grounds lines part the panes, and end the head of the article.
        assert all("│" in line for line in lines_of(app)[1:-1])
        assert "─" * 60 in text_of(app)
        assert lines_of(app)[0].startswith("[All] Unread ")
