"""Tags, mutes, saved searches, the order of the list, and several headlines at once."""

from functools import partial

import pytest
from msgspec.structs import replace

from .clock import Clock
from .conftest import MakeApp
from .fakes import FakeLibrary, edition
from .quiet import until
from .screens import lines_of, reading, text_of, told
from .test_reading import press


async def test_a_headline_gets_a_tag_and_the_tag_is_a_view(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "t")
        assert "tag" in told(app)
        await press(pilot, "j", "#", *"werk", "enter")
        await until(pilot, lambda: library.kept[2].tags == ("werk",))
        await press(pilot, "g", "t")
        assert list(reading(app).ids) == [2]
        assert "#werk" in text_of(app)
        await press(pilot, "#", "enter")
        await until(pilot, lambda: library.kept[2].tags == ())
        await press(pilot, "U")
        await until(pilot, lambda: library.kept[2].tags == ("werk",))
        assert "Tagged werk again" in told(app)


async def test_a_dialog_is_left_without_a_change(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(45, 20)) as pilot:
        await press(pilot, "#", *"qq", "escape", "M", "escape")
        assert app.screen is reading(app)
        assert not library.written
        assert not library.mutes.rules


async def test_what_is_muted_leaves_the_list_is_counted_and_comes_back(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "M", *"tramontsporing", "enter")
        await until(pilot, lambda: len(reading(app).ids) < 36)
        assert "Doden en tientallen gewonden" not in text_of(app)
        assert reading(app).status.muted == 3
        await press(pilot, "M")
        assert "[x] tramontsporing" in text_of(app)
        await press(pilot, "down", "enter")
        await until(pilot, lambda: len(reading(app).ids) == 36)


async def test_a_mute_is_taken_back_and_so_is_its_end(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "s", "M", *"tramontsporing", "enter")
        await until(pilot, lambda: "headlines hidden. U Undo" in told(app))
        await press(pilot, "U")
        await until(pilot, lambda: "No longer muted: tramontsporing." in told(app))
        assert len(reading(app).ids) == 36
        await press(pilot, "M", *"tramontsporing", "enter")
        await until(pilot, lambda: len(reading(app).ids) == 33)
        await press(pilot, "M", "down", "enter")
        await until(pilot, lambda: told(app) == "No longer muted: tramontsporing. U Undo")
        await press(pilot, "U")
        await until(pilot, lambda: len(reading(app).ids) == 33)
        # The mark before is still there to take back, after what was muted since.
        await press(pilot, "U", "U")
        await until(pilot, lambda: "saved" in told(app))


async def test_a_section_is_muted_by_two_keys(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "M")
        assert "[ ] section:Buitenland" in text_of(app)
        await press(pilot, "enter")
        await until(pilot, lambda: len(reading(app).ids) < 36)
        assert {item.teaser.section for item in library.headlines.load(reading(app).ids)} >= {
            "Sport"
        }
        assert "Buitenland" not in lines_of(app)[1]


async def test_reading_on_passes_over_what_is_muted(make_app: MakeApp) -> None:
    library = edition()
    library.mutes.add("kabinet")
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "n", "n")
        opened = reading(app).opened
        assert opened is not None
        assert opened.headline.id == 3


async def test_the_settings_mute_from_the_start(make_app: MakeApp) -> None:
    app = make_app(edition(), mute=("section:Sport",))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: 0 < len(reading(app).ids) < 36)
        assert "Griekspoor" not in text_of(app)


async def test_a_search_is_saved_as_a_view_and_forgotten_there(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(160, 40)) as pilot:
        await press(pilot, "ctrl+t")
        assert "First search" in told(app)
        await press(pilot, "/", *"milaan")
        await until(pilot, lambda: bool(reading(app).hit_rows.found.hits))
        await press(pilot, "ctrl+t", *"Trams", "enter")
        assert library.searches.kept == {"Trams": "milaan"}
        await press(pilot, "escape")
        assert "Trams" in text_of(app)
        names = [tab.name for tab in reading(app).tabs.tabs]
        await press(pilot, *["]"] * (names.index("Trams") - reading(app).tabs.present))
        assert len(reading(app).ids) == 3
        await press(pilot, "ctrl+t")
        assert not library.searches.kept
        assert "Trams" not in [tab.name for tab in reading(app).tabs.tabs]
        assert told(app) == "Forgotten: Trams. U Undo"
        await press(pilot, "U")
        await until(pilot, lambda: library.searches.kept == {"Trams": "milaan"})
        assert "Trams" in [tab.name for tab in reading(app).tabs.tabs]


@pytest.mark.parametrize("size", [(120, 40), (45, 20)])
async def test_a_saved_search_that_means_nothing_says_so_in_its_view(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    library = edition()
    library.searches.save("Ooit", "after:someday")
    app = make_app(library)
    async with app.run_test(size=size) as pilot:
        names = [tab.name for tab in reading(app).tabs.tabs]
        await press(pilot, *["]"] * names.index("Ooit"))
        said = "“after:someday” is not a date"
        await until(pilot, lambda: said in " ".join(text_of(app).split()))


async def test_a_saved_search_is_taken_back_to_what_it_was(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "s", "/", *"milaan")
        await until(pilot, lambda: bool(reading(app).hit_rows.found.hits))
        await press(pilot, "ctrl+t", *"Trams", "enter")
        assert told(app) == "Saved as a view: Trams. U Undo"
        await press(pilot, "down", "enter", "escape", "/", *"aex")
        await until(pilot, lambda: reading(app).search_state.answered == "aex")
        await press(pilot, "ctrl+t", *"trams", "enter")
        assert list(library.searches.kept.values())[-1] == "aex"
        await press(pilot, "escape", "U")
        await until(pilot, lambda: library.searches.kept["Trams"] == "milaan")
        assert told(app) == "Saved as a view again: Trams."
        await press(pilot, "U")
        await until(pilot, lambda: "Trams" not in library.searches.kept)
        assert told(app) == "No longer saved: Trams."
        assert library.kept[1].saved


@pytest.mark.parametrize("size", [(120, 40), (45, 20)])
async def test_the_keys_of_selecting_are_in_the_key_bar_as_long_as_it_lasts(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app(edition())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "V", "j", "space", "s")
        await app.workers.wait_for_complete()
        await until(pilot, lambda: "2 headlines" in text_of(app))
        assert lines_of(app)[-1].startswith(" Space Select   Esc Done ")
        await press(pilot, "enter")
        assert "Space Select" not in lines_of(app)[-1]
        await press(pilot, "escape")
        assert "Space Select" in lines_of(app)[-1]
        await pilot.click(offset=(lines_of(app)[-1].index("Done"), size[1] - 1))
        await pilot.pause()
        assert not reading(app).picking


# So high that the notice of the selection covers none of the rows.
@pytest.mark.parametrize("size", [(120, 40), (45, 30)])
async def test_what_is_selected_among_hits_has_a_sign_too(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app(edition())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "/", *"milaan")
        await until(pilot, lambda: bool(reading(app).hit_rows.found.hits))
        await press(pilot, "tab", "V", "space", "space", "j")
        first = reading(app).hits.region.y
        signs = [line[0] for line in lines_of(app)[first:]]
        rows = reading(app).hits._rows
        assert [signs[rows.top(row)] for row in range(2)] == ["+", "+"]


@pytest.mark.parametrize("size", [(120, 40), (45, 20)])
async def test_in_an_article_the_keys_are_for_that_and_not_for_the_selection(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "V", "space", "space", "enter", "s", "#", *"later", "enter")
        await until(pilot, lambda: library.headlines.tags() == ["later"])
        assert [item.id for item in library.kept.values() if item.tags] == [3]
        assert library.kept[3].saved
        await press(pilot, "escape", "#", *"werk", "enter")
        await until(pilot, lambda: "werk" in library.headlines.tags())
        assert [item.id for item in library.kept.values() if "werk" in item.tags] == [1, 2]


async def test_the_preview_follows_the_cursor_while_one_selects(
    make_app: MakeApp, clock: Clock
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "V", "space")
        clock.passes(1)
        await pilot.pause()
        preview = reading(app).preview
        assert preview is not None
        assert preview.headline.id == reading(app).ids[1]


async def test_a_section_that_does_not_exist_is_told_when_it_is_muted(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "M", *"section:Kookkunst", "enter")
        await until(pilot, lambda: "there is no such section now. U Undo" in told(app))
        await press(pilot, "M", *"kameel", "enter")
        await until(pilot, lambda: "Muted: kameel, 0 headlines hidden" in told(app))


async def test_what_is_offline_is_a_view(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "o")
        assert set(reading(app).ids) == {item.id for item in library.kept.values() if item.cached}
        assert "Available offline" in text_of(app)
        await press(pilot, "g", "a")
        assert "Available offline" not in text_of(app)


async def test_i_changes_the_order_and_the_cursor_stays_on_its_headline(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *["j"] * 5, "i")
        assert list(reading(app).ids) == list(range(36, 0, -1))
        assert reading(app).headlines.cursor_id == 6
        assert told(app) == "The oldest first."
        await press(pilot, "i")
        unread = [item.id for item in library.kept.values() if not item.read]
        assert list(reading(app).ids)[: len(unread)] == unread
        await press(pilot, "g", "g", "u")
        library.other_process_wrote = True
        reading(app).poll()
        await pilot.pause()
        assert reading(app).ids[0] == 1, "what is read meanwhile stays where it is"
        await press(pilot, "i")
        assert list(reading(app).ids) == list(range(1, 37))


async def test_the_order_may_be_set(make_app: MakeApp) -> None:
    app = make_app(edition(), order="oldest")
    async with app.run_test(size=(120, 40)):
        assert reading(app).ids[0] == 36


@pytest.mark.parametrize(
    ("key", "has"),
    [("u", lambda item: item.read), ("A", lambda item: item.read), ("s", lambda item: item.saved)],
)
async def test_several_are_marked_at_once(make_app: MakeApp, key: str, has: object) -> None:
    library = edition()
    for item in library.kept.values():
        library.kept[item.id] = replace(item, read=False, saved=False)
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "V", "j", "j", "space", "space", key)
        await until(pilot, lambda: sum(map(has, library.kept.values())) == 3)  # type: ignore[call-overload]
        assert [item.id for item in library.kept.values() if has(item)] == [1, 3, 4]  # type: ignore[operator]
        await press(pilot, "escape")
        assert (reading(app).picking, reading(app).picked) == (False, ())
        assert reading(app).pane == "list"
        await press(pilot, "U")
        await until(pilot, lambda: not any(map(has, library.kept.values())))  # type: ignore[call-overload]


@pytest.mark.parametrize("size", [(120, 40), (45, 20)])
async def test_space_after_v_selects_further_headlines(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app(edition())
    async with app.run_test(size=size) as pilot:
        first, second, third, *_ = reading(app).ids
        await press(pilot, "V")
        assert reading(app).picked == (first,)
        await press(pilot, "space")
        assert (reading(app).picked, reading(app).headlines.cursor_id) == ((first,), second)
        await press(pilot, "space", "space")
        assert reading(app).picked == (first, second, third)
        await press(pilot, "k", "space")
        assert reading(app).picked == (first, second)


@pytest.mark.parametrize("size", [(120, 40), (45, 20)])
@pytest.mark.parametrize(
    ("key", "told_first"),
    [
        ("#", "There are no tags yet."),
        ("M", "Nothing is muted yet."),
    ],
)
async def test_where_there_is_no_name_yet_it_is_told_how_the_first_is_made(
    make_app: MakeApp, size: tuple[int, int], key: str, told_first: str
) -> None:
    library = edition()
    library.kept[1] = replace(library.kept[1], teaser=replace(library.kept[1].teaser, section=None))
    app = make_app(library)
    async with app.run_test(size=size) as pilot:
        await press(pilot, key)
        assert told_first in text_of(app)
        await press(pilot, *"werk")
        assert told_first not in text_of(app)
        assert "+ werk" in text_of(app)


async def test_several_are_tagged_at_once(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "V", "j", "space", "#", *"later", "enter")
        await until(pilot, lambda: library.headlines.tags() == ["later"])
        assert [item.id for item in library.kept.values() if item.tags] == [1, 2]


async def test_what_is_older_than_some_days_is_marked_by_a_count(make_app: MakeApp) -> None:
    library = edition()
    for item in library.kept.values():
        library.kept[item.id] = replace(item, read=False)
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "1", "A")
        await until(pilot, lambda: any(item.read for item in library.kept.values()))
        read = [item.id for item in library.kept.values() if item.read]
        assert read == list(range(read[0], 37))
        assert 1 < read[0] < 36


async def test_what_stands_above_or_below_the_cursor_is_marked(make_app: MakeApp) -> None:
    library = FakeLibrary([replace(each, read=False) for each in edition().kept.values()])
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *["j"] * 3)
        reading(app).controllers.marks.mark_above_read()
        await until(pilot, lambda: library.kept[3].read)
        assert [item.id for item in library.kept.values() if item.read] == [1, 2, 3]
        reading(app).controllers.marks.mark_below_read()
        await until(pilot, lambda: library.kept[36].read)
        assert [item.id for item in library.kept.values() if not item.read] == [4]


@pytest.mark.parametrize("size", [(120, 40), (45, 20)])
async def test_keys_are_told_for_what_they_do_while_several_are_selected(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app(edition())
    async with app.run_test(size=size) as pilot:
        assert "Space Read on" in lines_of(app)[-1]
        await press(pilot, "V", "j", "space")
        await until(pilot, lambda: "2 selected." in text_of(app))
        for offered in ("Space Select", "s Save for later", "u Read or unread", "# Tag"):
            assert offered in text_of(app)
        assert "Space Read on" not in text_of(app)
        await press(pilot, "escape")
        await until(pilot, lambda: "Space Read on" in lines_of(app)[-1])


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (("s",), "2 headlines saved. U Undo"),
        (("s", "s"), "2 headlines no longer saved. U Undo"),
        (("u", "u"), "2 headlines marked as unread. U Undo"),
        (("#", *"werk", "enter"), "2 headlines tagged werk. U Undo"),
    ],
)
async def test_what_was_done_to_several_is_said(
    make_app: MakeApp, keys: tuple[str, ...], said: str
) -> None:
    library = edition()
    for item in library.kept.values():
        library.kept[item.id] = replace(item, read=False, saved=False)
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "V", "j", "space")
        for key in keys:
            settled = len(library.written)
            await press(pilot, key)
            if key in ("s", "u", "enter"):
                await until(pilot, partial(_is_written, library, settled))
        await until(pilot, lambda: told(app) == said)


def _is_written(library: FakeLibrary, before: int) -> bool:
    return len(library.written) > before


async def test_what_was_picked_has_a_sign_and_what_is_muted_a_count(make_app: MakeApp) -> None:
    library = edition()
    library.mutes.add("kabinet")
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "V", "j")
        first = reading(app).headlines.region.y
        assert lines_of(app)[first].startswith("+")
        assert "muted" in lines_of(app)[first - 1]
        await press(pilot, "escape")
        assert not lines_of(app)[first].startswith("+")
