"""Reading through: the first headline, the last position, the next headline."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from reader.model import LastVisit, Selection

from .conftest import MakeApp
from .fakes import NOW, FakeLibrary, edition, fresh
from .quiet import until
from .screens import lines_of, opened_id, reading, text_of, told
from .test_reading import press


def read_all(library: FakeLibrary, *unread: int) -> FakeLibrary:
    for number, kept in library.kept.items():
        library.kept[number] = replace(kept, read=number not in unread)
    return library


# The headlines since the last visit.


async def test_it_opens_with_what_came_in_since_the_last_visit(make_app: MakeApp) -> None:
    library = edition()
    library.visit = LastVisit(NOW - timedelta(hours=3), 30)
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        assert "New since 09:00" in lines_of(app)[0]
        assert list(reading(app).ids) == [31, 32, 33, 34, 35, 36]
        await press(pilot, "]")
        assert "All" in lines_of(app)[0]
        await press(pilot, "[", "[")
        assert "Binnenland" in lines_of(app)[0]


async def test_news_that_comes_in_leaves_the_tabs_where_they_are_until_another_view(
    make_app: MakeApp,
) -> None:
    library = edition()
    library.visit = LastVisit(NOW - timedelta(hours=3), 36)
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        names = [tab.name for tab in reading(app).tabs.tabs]
        assert lines_of(app)[0].startswith(" All ")
        library.bring(fresh(901))
        reading(app).poll()
        await until(pilot, lambda: "1 new" in lines_of(app)[0])
        assert [tab.name for tab in reading(app).tabs.tabs] == names
        assert lines_of(app)[0].startswith(" All ")
        # The way to them is the same, and from then on they have their tab.
        await press(pilot, "[")
        await until(pilot, lambda: list(reading(app).ids) == [901])
        assert lines_of(app)[0].startswith(" New since 09:00 ")


@pytest.mark.parametrize(
    ("opening", "visit", "shown"),
    [
        ("new", None, "All"),
        ("new", LastVisit(NOW, 36), "All"),
        ("all", LastVisit(NOW, 30), "All"),
        ("unread", None, "Unread"),
    ],
)
async def test_without_anything_new_it_opens_with_all(
    make_app: MakeApp, opening: str, visit: LastVisit | None, shown: str
) -> None:
    library = edition()
    library.visit = visit
    app = make_app(library, opening=opening)
    async with app.run_test(size=(120, 40)):
        assert shown in lines_of(app)[0]


async def test_the_visit_ends_with_what_was_shown(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "j")
        library.bring(fresh(901))
        reading(app).poll()
        await pilot.pause()
    assert library.visit == LastVisit(NOW, 36)


async def test_the_bundled_edition_is_no_visit(make_app: MakeApp) -> None:
    library = edition(sample=True)
    app = make_app(library)
    async with app.run_test(size=(120, 40)):
        pass
    assert library.visit is None


async def test_what_comes_in_meanwhile_can_be_gone_to(make_app: MakeApp) -> None:
    library = edition()
    library.visit = LastVisit(NOW, 36)
    app = make_app(library)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await app.run_action("app.run_command('reading.new')")
        await pilot.pause()
        assert "Nothing has come in since your last visit." in told(app)
        library.bring(fresh(901))
        reading(app).poll()
        await app.run_action("app.run_command('reading.new')")
        await pilot.pause()
        assert list(reading(app).ids) == [901]
        await app.run_action("app.run_command('reading.saved')")
        assert reading(app).edition.selection == Selection(saved=True)


async def test_on_the_first_visit_everything_is_new(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "]", "g", "n")
        assert reading(app).status.view == "All"
        assert told(app) == "This is your first visit: all of the news is new."


# The place that was left.


async def test_an_article_opens_where_one_left_it_also_after_a_restart(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(100, 24)) as pilot:
        await press(pilot, "enter", "pagedown")
        top = lines_of(app)[2][40:].strip()
        await press(pilot, "n")
        assert reading(app).article.scroll_offset.y == 0
        await press(pilot, "escape", "k", "enter")
        await until(pilot, lambda: lines_of(app)[2][40:].strip() == f"› {top}")
    assert library.kept_places[1] > 0
    # At another width too.
    app = make_app(library)
    async with app.run_test(size=(64, 24)) as pilot:
        await press(pilot, "enter")
        await until(pilot, lambda: lines_of(app)[2].strip().startswith("› "))
        assert top.split()[0] in lines_of(app)[2]


async def test_the_place_is_forgotten_at_the_end_and_kept_without_leaving(
    make_app: MakeApp,
) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(100, 24)) as pilot:
        await press(pilot, "enter", "pagedown")
        reading(app).poll()
        assert library.kept_places[1] > 0
        await press(pilot, "end")
        reading(app).poll()
        assert library.kept_places[1] == 0
        assert not [line for line in lines_of(app) if line[39:].lstrip().startswith("› ")]


async def test_the_place_is_kept_where_one_leafs_on_before_the_article_is_seen(
    make_app: MakeApp,
) -> None:
    library = edition()
    library.kept_places[2] = 400
    app = make_app(library)
    async with app.run_test(size=(60, 24)) as pilot:
        await press(pilot, "enter")
        screen = reading(app)
        screen.controllers.reading.open_unread(1)
        assert opened_id(app) == 2
        screen.controllers.reading.open_unread(1)
        assert library.kept_places[2] == 400


async def test_the_place_is_kept_while_the_article_is_not_offline(make_app: MakeApp) -> None:
    library = edition()
    library.kept_places[1] = 400
    library.bodies.pop(1, None)
    app = make_app(library, offline=True)
    async with app.run_test(size=(100, 24)) as pilot:
        await press(pilot, "enter", "n")
    assert library.kept_places[1] == 400


# Reading on.


async def test_at_the_end_of_all_space_says_so_and_goes_to_what_is_unread_above(
    make_app: MakeApp,
) -> None:
    app = make_app(read_all(edition(), 2, 36))
    async with app.run_test(size=(120, 90), notifications=True) as pilot:
        await press(pilot, "G", "space", "space")
        assert opened_id(app) == 36
        await until(pilot, lambda: "Space Go to the only unread headline above" in told(app))
        await press(pilot, "space")
        assert opened_id(app) == 2
        await press(pilot, "space")
        await until(pilot, lambda: "All the news is read." in told(app))
        await press(pilot, "space")
        assert opened_id(app) == 2


async def test_at_the_end_of_a_section_space_goes_on_to_the_next_with_unread(
    make_app: MakeApp,
) -> None:
    library = read_all(edition(), 1, 2, 4)
    app = make_app(library)
    async with app.run_test(size=(120, 90), notifications=True) as pilot:
        await press(pilot, "]", "]", "]", "space", "space")
        assert opened_id(app) == 1
        assert "Space Continue with Politiek, 1 unread headline" in told(app)
        await press(pilot, "space")
        assert (opened_id(app), reading(app).status.view) == (2, "Politiek")
        await press(pilot, "space", "space")
        assert (opened_id(app), reading(app).status.view) == (4, "Sport")


async def test_filtered_or_searched_for_it_ends_at_the_end(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 90), notifications=True) as pilot:
        await press(pilot, "\\", *"zeekraal")
        await until(pilot, lambda: len(reading(app).ids) == 3)
        await press(pilot, "enter", "G", "space")
        here = opened_id(app)
        await press(pilot, "space", "space", "space")
        assert opened_id(app) == here
        assert "Nothing unread further down." in told(app)


# Sections.


async def test_a_section_is_found_by_its_name_and_gone_to(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "S")
        assert "All · 27 unread of 36" in text_of(app)
        assert "Voetbal · 0 unread of 3" in text_of(app)
        await press(pilot, *"vlis")
        assert "Voetbal · 0" not in text_of(app)
        await press(pilot, "enter")
        assert reading(app).status.view == "Vlissingen"
        assert app.screen is reading(app)
        await press(pilot, "S", "down", "enter")
        assert reading(app).status.view == "Sport"
        await press(pilot, "S", *"qqq", "enter", "escape")
        assert reading(app).status.view == "Sport"
