"""The keys of the settings: notation, clashes, and effect."""

import pytest
from msgspec.structs import replace
from textual.widgets import OptionList

from reader.config import Settings
from reader.i18n import sentence
from reader.ui.app import ReaderApp
from reader.ui.commands import key_map
from reader.ui.commands.key_map import key_names, keymap_of
from reader.ui.commands.key_names import key_name, key_of
from reader.ui.commands.table import COMMANDS

from .conftest import MakeApp
from .fake_child import FakeChild
from .fakes import NOW, edition
from .quiet import until
from .screens import lines_of, opened_id, reading, text_of, told
from .test_reading import press


@pytest.mark.parametrize(
    ("written", "key", "printed"),
    [
        ("S", "S", "S"),
        ("/", "/", "/"),
        ("slash", "/", "/"),
        ("question_mark", "?", "?"),
        (",", "comma", ","),
        ("space", "space", "Space"),
        ("ESC", "escape", "Esc"),
        ("Ctrl+S", "ctrl+s", "Ctrl+S"),
        ("shift+s", "S", "S"),
        ("shift+tab", "shift+tab", "⇧Tab"),
        ("ctrl+alt+left", "alt+ctrl+left", "Alt+Ctrl←"),
        ("f5", "f5", "F5"),
        ("ctrl+i", "tab", "Tab"),
        ("ctrl+\\", "ctrl+backslash", "Ctrl+\\"),
        ("g  g", "g g", "g g"),
        ("ctrl+x s", "ctrl+x s", "Ctrl+X s"),
    ],
)
def test_a_key_may_be_written_as_people_write_it(written: str, key: str, printed: str) -> None:
    assert key_of(written) == key
    assert key_name(key) == printed


@pytest.mark.parametrize(
    "written", ["", "f25", "hyper+x", "ctrl+/", "ctrl+", "g g g g", "sx", "\t"]
)
def test_what_no_terminal_sends_is_no_key(written: str) -> None:
    assert key_of(written) is None


@pytest.mark.parametrize(
    ("wanted", "problem", "left"),
    [
        (
            {"reading.save": ("Q",), "reading.sync": ("Q",)},
            "keys: reading.save and reading.sync both want Q; reading.sync keeps r.",
            {"reading.save": ("Q",), "reading.sync": ("r",)},
        ),
        (
            {"reading.save": ("q",)},
            "keys: app.quit and reading.save both want q; reading.save keeps s.",
            {"reading.save": ("s",), "app.quit": ("q",)},
        ),
        (
            {"reading.save": ("g",)},
            "keys: list.top and reading.save want g g and g, of which one begins the other; "
            "reading.save keeps s.",
            {"reading.save": ("s",)},
        ),
        (
            {"reading.save": ("f77",)},
            "keys: f77 is not a key that a terminal knows; reading.save keeps s.",
            {"reading.save": ("s",)},
        ),
        (
            {"reading.save": ("ctrl+q",)},
            "keys: Ctrl+Q has its own meaning everywhere; reading.save keeps s.",
            {"reading.save": ("s",)},
        ),
        (
            {"filter.settle": ("x",)},
            "keys: x is text where filter.settle works; that keeps ↵ ↓.",
            {"filter.settle": ("enter", "down")},
        ),
        (
            {"reading.leave": ("q",)},
            "keys: q is text where reading.leave works; that keeps Esc.",
            {"reading.leave": ("escape",)},
        ),
        (
            {"reading.saev": ("x",)},
            "keys: there is no command reading.saev; there is reading.save.",
            {},
        ),
        ({"weather": ("x",)}, "keys: there is no command weather.", {}),
    ],
)
def test_keys_that_make_no_sense_are_told_by_name_and_the_defaults_stay(
    wanted: dict[str, tuple[str, ...]], problem: str, left: dict[str, tuple[str, ...]]
) -> None:
    found = keymap_of(COMMANDS, wanted)
    assert [sentence(each, "en") for each in found.problems] == [problem]
    assert {command: found.bindings[command] for command in left} == left


def test_keys_may_change_places_and_go() -> None:
    wanted = {"reading.save": ("r",), "reading.sync": ("s",), "reading.browser": ()}
    found = keymap_of(COMMANDS, wanted)
    assert found.problems == ()
    assert {command: found.bindings[command] for command in wanted} == wanted


def test_one_wish_that_fails_takes_another_with_it_that_builds_on_it() -> None:
    wanted = {"reading.save": ("r",), "reading.sync": ("q",)}
    found = keymap_of(COMMANDS, wanted)
    assert len(found.problems) == 2
    assert found.bindings["reading.save"] == ("s",)
    assert found.bindings["reading.sync"] == ("r",)


async def test_remapped_keys_work_and_are_shown_everywhere(settings: Settings) -> None:
    keys = {
        "reading.save": ("Z", "ctrl+s"),
        "list.open": ("X",),
        "reading.everything": ("g e",),
        "app.theme": ("f5",),
        "reading.browser": (),
        "reading.sync": ("q",),
    }
    library = edition()
    app = ReaderApp(library, replace(settings, keys=keys), lambda: NOW, FakeChild())
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot)
        await until(
            pilot,
            lambda: "app.quit and reading.sync both want q" in " ".join(text_of(app).split()),
        )
        app.reading_screen.notices.display = False
        await pilot.pause()
        assert lines_of(app)[-1].startswith(" X Open")
        await press(pilot, "s", "Z")
        assert ("saved", 1, True) in library.written
        assert len(library.written) == 1
        await press(pilot, "enter")
        assert opened_id(app) is None
        await press(pilot, "X")
        assert opened_id(app) == 1
        assert "Browser" not in lines_of(app)[-1]
        await press(pilot, "?", *"Z")
        assert "Z  Ctrl+S" in text_of(app)
    key_map.apply_keys({})


async def test_the_keys_of_dialogs_may_be_changed_and_stand_in_their_key_bars(
    settings: Settings,
) -> None:
    keys = {
        "sections.open": ("ctrl+g",),
        "sections.down": ("ctrl+n",),
        "export.close": ("f2",),
        "help.close": ("f3",),
    }
    app = ReaderApp(edition(), replace(settings, keys=keys), lambda: NOW, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "S")
        assert lines_of(app)[-1].strip() == "Ctrl+G Go to   Ctrl+N Down   ↑ Up   Esc Close"
        await press(pilot, "ctrl+n", "enter")
        assert app.screen is not reading(app)
        await press(pilot, "ctrl+g")
        assert reading(app).status.view == "Unread"
        for key, bar, close in (("e", "↵ Export   F2 Close", "f2"), ("?", "F3 Close", "f3")):
            await press(pilot, key, "escape")
            assert bar in lines_of(app)[-1]
            await press(pilot, close)
            assert app.screen is reading(app)
    key_map.apply_keys({})


async def test_help_has_the_keys_of_the_pane_first_and_does_what_is_chosen(
    settings: Settings,
) -> None:
    app = ReaderApp(edition(), settings, lambda: NOW, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "?")
        await pilot.pause()
        shown = text_of(app)
        assert (
            shown.index("Here: article")
            < shown.index("Scroll the article")
            < shown.index("Reading")
        )
        assert "Esc Close" in lines_of(app)[-1]
        await press(pilot, "]")
        assert "Go to the next section" in text_of(app)
        assert "Go to the previous section" not in text_of(app)
        await press(pilot, "enter")
        await pilot.pause()
        assert app.screen is reading(app)
        assert reading(app).status.view == "Unread"


async def test_what_the_screen_says_names_the_keys_that_commands_have(settings: Settings) -> None:
    keys = {"reading.save": ("Z",), "reading.offline": (), "reading.undo": ("ctrl+z",),
            "app.suspend": ()}  # fmt: skip
    library = edition(4)
    app = ReaderApp(library, replace(settings, keys=keys), lambda: NOW, FakeChild())
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "g", "s")
        assert "Press Z to save the headline" in text_of(app)
        await press(pilot, "[", "[", "A")
        await until(pilot, lambda: told(app) == "3 headlines marked as read. Ctrl+Z Undo")
        reading(app).controllers.sync.toggle_offline()
        assert told(app).endswith("nothing is fetched. ‘Offline mode’ Turn it off")
    key_map.apply_keys({})


async def test_help_shows_every_key_whole_on_a_narrow_terminal(settings: Settings) -> None:
    keys = {"list.down": ("down", "ctrl+alt+pagedown"), "list.up": ("up", "k", "K", "f9")}
    app = ReaderApp(edition(), replace(settings, keys=keys), lambda: NOW, FakeChild())
    async with app.run_test(size=(45, 20)) as pilot:
        await press(pilot, "?")
        await pilot.pause()
        commands = app.screen.query_one(OptionList)
        shown = "\n".join(str(option.prompt) for option in commands.options)
        for command in COMMANDS:
            assert all(name in shown for name in key_names(command)), command.id
        assert "\n↓             Go to the next headline.\nAlt+Ctrl+PgDn " in shown
        assert "\n↑  k  K   Go to the previous headline.\nF9" in shown
    key_map.apply_keys({})


async def test_the_palette_has_commands_of_other_panes(settings: Settings) -> None:
    app = ReaderApp(edition(), settings, lambda: NOW, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "ctrl+p")
        await until(pilot, lambda: "Fetch (article)" in text_of(app))
        assert "(list)" not in text_of(app)
        await press(pilot, *"end (list")
        await until(pilot, lambda: "End (list)  End  G" in text_of(app))
        await press(pilot, "enter")
        await until(pilot, lambda: reading(app).headlines.cursor == 35)
        assert reading(app).pane == "article"


@pytest.mark.parametrize(
    ("typed", "first", "absent"),
    [
        # The name in `[keys]` and in the documents, a word of the help, letters of the label.
        ("digest", "Overzicht  g d", "Volledige breedte"),
        ("kleuren", "Ander thema", "Filter"),
        ("thema", "Ander thema", "Filter"),
        ("olgong", "Volgend ongelezen  n", "Digest"),
    ],
)
async def test_the_palette_finds_letters_of_names_and_words_of_the_rest(
    make_app: MakeApp, typed: str, first: str, absent: str
) -> None:
    app = make_app(edition(), language="nl")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "ctrl+p", *typed)
        await until(pilot, lambda: first in text_of(app) and absent not in text_of(app))


async def test_a_dialog_tells_its_keys_and_takes_clicks_on_them(settings: Settings) -> None:
    app = ReaderApp(edition(), settings, lambda: NOW, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "F")
        await pilot.pause()
        line = lines_of(app)[-1]
        assert "Space Choose" in line
        await pilot.click(offset=(line.index("Esc Close") + 1, 39))
        await pilot.pause()
        assert app.screen is reading(app)
