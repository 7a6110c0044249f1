"""Search as you type: the hits, opening one, and the way back."""

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from reader.errors import CacheError
from reader.model import Found, Hit

from .clock import Clock
from .conftest import MakeApp
from .fakes import edition
from .quiet import until
from .screens import lines_of, opened_id, reading, text_of
from .test_reading import press


async def search(pilot: Pilot[None], query: str) -> None:
    """Type a query and wait until it has been answered."""
    await press(pilot, "/", *query)
    await answered(pilot)


async def answered(pilot: Pilot[None]) -> None:
    """Wait until what was typed last has been answered."""
    screen = reading(pilot.app)  # type: ignore[arg-type]
    await until(pilot, lambda: screen.search_state.is_answered)


async def test_hits_come_as_one_types_with_their_matches_marked(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await search(pilot, "zeekraal")
        shown = text_of(app)
        assert lines_of(app)[0].startswith(" / zeekraal")
        assert lines_of(app)[0].endswith(" 3 hits ")
        assert shown.count("Oogst zeekraal begint weken vroeger") == 6  # titles and snippets
        assert "Doden en tientallen" not in shown
        row = next(y for y, line in enumerate(lines_of(app)) if "   Oogst zeekraal" in line)
        segments = app.screen._compositor.render_strips(app.size)[row]
        (marked,) = [segment for segment in segments if segment.text == "zeekraal"]
        (beside,) = [segment for segment in segments if segment.text == "Oogst "]
        assert marked.style
        assert beside.style
        assert marked.style.bold
        assert marked.style.color != beside.style.color
        await press(pilot, *["backspace"] * 3)
        await answered(pilot)
        assert lines_of(app)[0].split() == ["/", "zeekr", "3", "hits"]


@pytest.mark.parametrize("size", [(120, 40), (45, 20)])
async def test_a_title_of_two_lines_is_whole_where_rows_are_apart(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app(edition())
    async with app.run_test(size=size) as pilot:
        await search(pilot, "Milaan")
        lines = [line[3:43].strip() for line in lines_of(app)]
        first = next(place for place, line in enumerate(lines) if line.startswith("Doden en"))
        assert f"{lines[first]} {lines[first + 1]}" == (
            "Doden en tientallen gewonden door tramontsporing Milaan"
        )
        assert "…" not in lines[first]
        # The snippet, then section and age.
        assert lines[first + 2]
        assert lines[first + 3].split()[-1] in ("min", "h", "d")
        assert not lines[first + 4]


async def test_enter_opens_the_hit_at_the_cursor_and_reading_goes_on_in_the_hits(
    make_app: MakeApp,
) -> None:
    app = make_app(edition(), mark_read="open")
    async with app.run_test(size=(120, 40)) as pilot:
        await search(pilot, "Milaan")
        ids = list(reading(app).hits.ids)
        assert len(ids) == 3
        await press(pilot, "down", "enter")
        assert opened_id(app) == ids[1]
        assert reading(app).pane == "article"
        await press(pilot, "n")
        assert opened_id(app) == ids[2]
        await press(pilot, "p")
        assert opened_id(app) == ids[0]
        await press(pilot, "b")
        assert opened_id(app) == ids[2]
        assert reading(app).hits.cursor == 2


async def test_escape_goes_from_the_article_to_the_hits_and_from_there_to_where_one_was(
    make_app: MakeApp,
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "]", *["j"] * 15, "k", "k")
        before = reading(app).headlines.place
        shown = lines_of(app)
        await search(pilot, "Milaan")
        await press(pilot, "enter", "escape")
        assert reading(app).pane == "hits"
        assert lines_of(app)[0].startswith(" / Milaan")
        await press(pilot, "escape")
        assert reading(app).pane == "list"
        assert reading(app).headlines.place == before
        assert reading(app).headlines.has_focus
        assert [line[:36] for line in lines_of(app)[2:22]] == [line[:36] for line in shown[2:22]]
        await press(pilot, "n")
        assert opened_id(app) not in reading(app).hits.ids


@pytest.mark.parametrize("size", [(120, 40), (45, 20)])
async def test_escape_in_the_search_returns_to_the_article_one_was_reading(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app(edition())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "enter", "pagedown")
        scrolled = reading(app).article.scroll_offset.y
        await search(pilot, "aex")
        assert "hits" in text_of(app)
        await press(pilot, "escape")
        assert reading(app).pane == "article"
        assert reading(app).article.scroll_offset.y == scrolled
        assert opened_id(app) == 1


async def test_escape_returns_to_the_article_that_was_open_before_any_hit(
    make_app: MakeApp,
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "enter", "pagedown", "escape", "j")
        scrolled = reading(app).article.scroll_offset.y
        shown = lines_of(app)
        assert scrolled > 0
        await search(pilot, "aex")
        await press(pilot, "enter", "n")
        hit = opened_id(app)
        await press(pilot, "escape", "escape")
        await pilot.pause()
        assert lines_of(app) == shown
        assert (opened_id(app), reading(app).headlines.cursor) == (2, 2)
        await press(pilot, "f")
        assert opened_id(app) == hit
        await press(pilot, "b")
        assert opened_id(app) == 2
        assert reading(app).article.scroll_offset.y == scrolled


async def test_escape_opens_nothing_where_nothing_was_open_before(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await search(pilot, "aex")
        await press(pilot, "enter", "escape", "escape")
        assert opened_id(app) is None
        assert "Choose a headline" in text_of(app)


async def test_marks_on_hits_show_at_once(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await search(pilot, "aex")
        assert "▌● AEX" in text_of(app)
        await press(pilot, "tab", "u", "s")
        assert "▌  AEX" in text_of(app)
        assert "▌★" in text_of(app)
    assert library.written == [("read", 6, True), ("saved", 6, True)]


async def test_an_empty_search_tells_how_to_ask_and_what_was_asked_before(
    make_app: MakeApp,
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "/")
        assert '"high\xa0tide"' in text_of(app)
        assert "in this order" in text_of(app).replace("\xa0", " ")
        await press(pilot, *"aex")
        await answered(pilot)
        await press(pilot, "escape", "/")
        assert "aex" in text_of(app)
        await press(pilot, "up")
        await answered(pilot)
        assert lines_of(app)[0].split() == ["/", "aex", "3", "hits"]


async def test_nothing_found_is_one_sentence(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await search(pilot, "qqq")
        assert "Nothing found." in text_of(app)
        assert lines_of(app)[0].split() == ["/", "qqq", "0", "hits"]
        await press(pilot, "enter", "down", "escape")
        assert opened_id(app) is None


async def test_more_hits_than_are_shown_are_told_of(make_app: MakeApp) -> None:
    app = make_app(edition(400))
    async with app.run_test(size=(120, 40)) as pilot:
        await search(pilot, "e")
        assert "the best 100 hits" in text_of(app)


async def test_an_overtaken_search_is_interrupted_and_typing_goes_on(make_app: MakeApp) -> None:
    library = edition()
    library.finder.hold.clear()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "/", *"aex")
        await until(pilot, lambda: "searching …" in text_of(app))
        assert reading(app).search.value == "aex"
        library.finder.hold.set()
        await answered(pilot)
        assert lines_of(app)[0].split() == ["/", "aex", "3", "hits"]
        assert library.finder.asked[-1] == "aex"


async def test_enter_before_the_answer_opens_the_first_hit_when_it_comes(make_app: MakeApp) -> None:
    library = edition()
    library.finder.hold.clear()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "/", *"aex", "enter")
        assert opened_id(app) is None
        library.finder.hold.set()
        await answered(pilot)
        await pilot.pause()
        assert opened_id(app) == 6


async def test_quitting_ends_a_search_that_runs(make_app: MakeApp) -> None:
    library = edition()
    library.finder.hold.clear()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "/", "a")
    assert library.finder.interrupted.is_set()


async def test_a_search_that_fails_is_told_and_the_next_one_answers(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        library.finder.failure = CacheError(
            "text", text="the cache cannot be searched; run znreader doctor"
        )
        await search(pilot, "ae")
        assert "run znreader doctor" in text_of(app)
        library.finder.failure = None
        await press(pilot, "x")
        await answered(pilot)
        assert lines_of(app)[0].split() == ["/", "aex", "3", "hits"]


async def test_going_to_another_section_or_filter_ends_the_search(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        for key in ("]", "backslash"):
            await search(pilot, "aex")
            await press(pilot, "tab", key)
            await pilot.pause()
            assert not reading(app).searching
            assert reading(app).status.view == "Unread"
        assert reading(app).pane == "filter"


async def test_what_comes_in_during_a_search_moves_no_hit_and_waits_in_the_list(
    make_app: MakeApp,
) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await search(pilot, "aex")
        ids = list(reading(app).hits.ids)
        library.bring(replace(library.kept[6], id=900))
        reading(app).poll()
        await press(pilot, "down", "up")
        assert list(reading(app).hits.ids) == ids
        await press(pilot, "escape")
        assert "1 new" in text_of(app)
        assert reading(app).headlines.ids[0] == 900


async def test_a_hostile_snippet_is_shown_on_its_lines_and_does_nothing(make_app: MakeApp) -> None:
    library = edition()
    snippet = (
        "[b]stil\x1b]52;c;aGVs\x07\n\n[/] " + "voor " * 40 + "raak\u202e en na " + "erna " * 40
    )
    start = snippet.index("raak")

    def found(*_arguments: object) -> Found:
        return Found((Hit(library.kept[1], snippet, ((start, start + 4), (start + 2, 10**9))),))

    library.finder.search = found  # type: ignore[assignment,method-assign]
    app = make_app(library)
    for size in ((120, 40), (45, 20), (30, 8), (8, 4)):
        async with app.run_test(size=size) as pilot:
            await search(pilot, "x")
            assert not any(char in text_of(app) for char in "\x1b\x07\u202e")
            if size[0] >= 45:
                assert "raak" in text_of(app)
        app = make_app(library)


@pytest.mark.parametrize("size", [(120, 40), (45, 20)])
async def test_what_means_nothing_in_a_query_is_told_once_the_typing_rests(
    make_app: MakeApp, clock: Clock, size: tuple[int, int]
) -> None:
    app = make_app(edition())
    async with app.run_test(size=size) as pilot:
        await search(pilot, "after:x")
        assert "no date" not in text_of(app)
        clock.passes(1)
        await pilot.pause()
        assert "“after:x” is not a date" in " ".join(text_of(app).split())
        await press(pilot, *["backspace"] * 7, *"milaan")
        await answered(pilot)
        clock.passes(1)
        await pilot.pause()
        assert "no date" not in text_of(app)
        assert reading(app).hits.ids


async def test_a_filter_tells_which_fields_it_does_not_know(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "\\", *"is:unread")
        await until(pilot, lambda: "A filter takes only words" in " ".join(text_of(app).split()))
        await press(pilot, "escape", "\\", *"source:havenlog")
        await until(pilot, lambda: "no source with" in " ".join(text_of(app).split()))
