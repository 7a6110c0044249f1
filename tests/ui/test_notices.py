"""Notices: one quiet line in the reader's language, with the next step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from reader.errors import CacheError, reason
from reader.events import Done, Failed
from reader.i18n import catalog
from reader.model import LastVisit
from reader.text.relative_time import Language
from reader.ui import wording
from reader.ui.commands.key_map import all_commands
from reader.ui.state.network import sync_summary
from reader.ui.state.notices import notice_of
from reader.ui.state.values import Notice, Offer, Severity
from reader.ui.widgets.notice_drawing import notice_lines

from .clock import Clock
from .conftest import MakeApp
from .fake_child import FakeChild, ended, wait_until_asked
from .fakes import NOW, FakeLibrary, edition
from .quiet import until
from .screens import lines_of, reading, text_of, told
from .test_looks import THEMES, rows_of
from .test_reading import press

_AWAY = (Failed("https://x/", reason("no_connection")),)


async def test_a_notice_stands_over_the_keys_and_leaves_by_itself(
    make_app: MakeApp, clock: Clock
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        keys = lines_of(app)
        reading(app).notices.show(Notice("Er is [b]iets.", seconds=2))
        await pilot.pause()
        assert lines_of(app)[:-3] == keys[:-3]
        assert set(lines_of(app)[-3]) == {"━"}
        assert lines_of(app)[-2].strip() == "Er is [b]iets."
        assert lines_of(app)[-1] == keys[-1]
        clock.passes(1.9)
        await pilot.pause()
        assert lines_of(app) != keys
        clock.passes(0.2)
        await pilot.pause()
        assert lines_of(app) == keys


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (45, 20)])
async def test_a_notice_does_not_cover_the_row_of_the_cursor(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app(edition())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "end")
        shown = reading(app).headlines
        await until(pilot, lambda: shown.cursor == len(shown.ids) - 1)
        before = lines_of(app)
        row = slice(shown.cursor_lines.start, shown.cursor_lines.stop)
        assert shown.cursor_lines.stop == size[1] - 1
        reading(app).notices.show(Notice("Er is iets.", "warning"))
        await until(pilot, lambda: "! Er is iets." in lines_of(app)[2])
        assert lines_of(app)[row] == before[row]
        assert (lines_of(app)[0], lines_of(app)[3:]) == (before[0], before[3:])
        # It stays there until the cursor comes near, and then goes back.
        await press(pilot, "k")
        assert "! Er is iets." in lines_of(app)[2]
        await press(pilot, "home")
        await until(pilot, lambda: "! Er is iets." in lines_of(app)[-2])
        assert "! Er is iets." not in lines_of(app)[2]


async def test_what_is_said_of_a_selection_follows_no_cursor_into_its_row(
    make_app: MakeApp,
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(45, 20)) as pilot:
        await press(pilot, "V")
        shown = reading(app).headlines
        for _ in range(len(shown.ids)):
            await press(pilot, "j")
            lines = [lines_of(app)[line] for line in shown.cursor_lines]
            assert not any("selected" in line or "━" in line for line in lines)


async def test_a_long_notice_loses_its_middle_and_an_error_has_a_sign(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(45, 20)) as pilot:
        reading(app).notices.show(Notice("Er is iets\nmis. " * 9, "error"))
        await pilot.pause()
        assert lines_of(app)[-4].startswith(" ✕ Er is iets mis. Er")
        assert lines_of(app)[-3].rstrip().endswith("…")
        assert lines_of(app)[-2].rstrip().endswith(" Er is iets mis.")
        assert {cell_len(line) for line in lines_of(app)[-5:]} == {45}


async def test_what_only_informs_makes_way_for_the_keys_at_the_next_key(
    make_app: MakeApp, clock: Clock
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        reading(app).notices.show(Notice("Er is iets."))
        clock.passes(1.4)
        await press(pilot, "j")
        assert "Er is iets." in lines_of(app)[-2]
        clock.passes(0.2)
        await press(pilot, "j")
        assert "Er is iets." not in lines_of(app)[-2]


async def test_what_went_wrong_stays_until_a_key_after_it_could_be_read(
    make_app: MakeApp, clock: Clock
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        reading(app).notices.show(Notice("Er is iets.", "warning"))
        clock.passes(3.9)
        await press(pilot, "j")
        assert "! Er is iets." in lines_of(app)[-2]
        clock.passes(600)
        await pilot.pause()
        assert "! Er is iets." in lines_of(app)[-2]
        await press(pilot, "j")
        assert "Er is iets." not in text_of(app)


async def test_a_click_on_a_notice_hides_it(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "ctrl+c")
        assert "Press q to quit." in lines_of(app)[-2]
        await pilot.click(offset=(5, 38))
        await pilot.pause()
        assert "Press q to quit." not in text_of(app)


async def test_a_click_on_what_a_notice_offers_does_it(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "ctrl+o")
        line = lines_of(app)[-2]
        assert "nothing is fetched.   Ctrl+O Turn it off" in line
        await pilot.click(offset=(line.index("Turn"), 38))
        await pilot.pause()
        assert not reading(app).network.offline


async def test_a_first_run_without_a_network_says_so_with_the_key_to_try_again(
    make_app: MakeApp,
) -> None:
    child = FakeChild()
    app = make_app(edition(sample=True), child, sync="start")
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until_asked(pilot, child)
        await ended(pilot, child, Done(failures=_AWAY))
        assert "this is a sample edition.   r Try again" in lines_of(app)[-2]
        assert "! no connection since 12:00" in lines_of(app)[0]


async def test_what_failed_in_a_sync_stands_in_the_status_line_until_the_next(
    make_app: MakeApp,
) -> None:
    child = FakeChild()
    app = make_app(edition(), child, sync="start")
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until_asked(pilot, child)
        await ended(pilot, child, Done(reached=True, failures=_AWAY * 3))
        assert "! 3 failed  29 of 36 available offline  12:00" in lines_of(app)[0]
        await press(pilot, "r")
        assert "failed" not in lines_of(app)[0]


async def test_what_retention_will_remove_is_announced_once_with_what_to_do(
    make_app: MakeApp,
) -> None:
    child = FakeChild()
    app = make_app(edition(), child)
    due = Done(reached=True, due=7, due_after="2026-03-03T11:00:00Z")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "r")
        await ended(pilot, child, due)
        assert "7 old headlines will be removed after 3 Mar. With" in text_of(app)
        assert "s Save one" in lines_of(app)[-2]
        await press(pilot, "r")
        await ended(pilot, child, due)
        assert "old headlines" not in text_of(app)


def test_what_was_pruned_is_told_with_the_way_back() -> None:
    tells = sync_summary(Done(reached=True, pruned=1), NOW, asked=False, sample=False)
    assert tells is not None
    assert "prune --undo" in tells.text


async def test_a_notice_behind_a_dialog_is_still_there_after_it(
    make_app: MakeApp, clock: Clock
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "question_mark")
        reading(app).notices.show(Notice("Er is iets.", seconds=1))
        clock.passes(1.1)
        await press(pilot, "escape")
        assert lines_of(app)[-2].strip() == "Er is iets."
        clock.passes(1.1)
        await pilot.pause()
        assert "Er is iets." not in text_of(app)


def _drawn(notice: Notice, width: int) -> list[str]:
    lines = notice_lines(notice, width)
    return ["".join(text for _, line in pieces for text, _ in line) for pieces in lines]


@pytest.mark.parametrize("width", [30, 45, 80])
@pytest.mark.parametrize("count", [1, 3, 12])
def test_a_long_notice_wraps_and_never_loses_the_keys_of_what_it_offers(
    width: int, count: int
) -> None:
    text = "De pagina kwam niet binnen twintig seconden. " * count
    offers = (Offer("reading.sync", "Opnieuw proberen"), Offer("reading.browser", "Browser"))
    rule, *lines = _drawn(Notice(text, "warning", offers=offers), width)
    assert set(rule) == {"━"}
    assert len(lines) <= 3
    assert {cell_len(line) for line in lines} == {width}
    assert lines[0].startswith(" ! De pagina kwam")
    said = " ".join(" ".join(lines).split())
    assert said.endswith("r Opnieuw proberen o Browser")


def test_the_keys_stand_behind_the_sentence_where_there_is_room_and_else_below_it() -> None:
    notice = Notice("Er is iets.", offers=(Offer("reading.undo", "Ongedaan maken"),))
    assert _drawn(notice, 40)[1:] == [f"{' Er is iets.   U Ongedaan maken':40}"]
    assert _drawn(notice, 24)[1:] == [f"{' Er is iets.':24}", f"{'   U Ongedaan maken':24}"]


def test_of_what_is_offered_only_the_label_is_cut() -> None:
    offers = (Offer("reading.sync", "Een heel lang label voor deze toets"),)
    assert _drawn(Notice("Er is iets.", offers=offers), 20)[2].startswith("   r Een heel lang")


@given(st.text(max_size=200), st.integers(12, 90), st.sampled_from(["information", "error"]))
def test_every_line_of_a_notice_fills_the_width(text: str, width: int, severity: str) -> None:
    wording.set_language("nl")
    offers = (Offer("reading.sync", text), Offer("reading.undo", "Ongedaan maken"))
    lines = _drawn(Notice(text, severity, offers=offers), width)  # type: ignore[arg-type]
    assert {cell_len(line) for line in lines} == {width}


async def test_on_a_narrow_screen_a_notice_takes_the_lines_that_it_needs(
    make_app: MakeApp,
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(45, 20), notifications=True) as pilot:
        said = "The page did not come within 20 seconds."
        offers = (Offer("reading.sync", "Try again"), Offer("reading.browser", "Browser"))
        reading(app).notices.show(Notice(said, "warning", offers=offers))
        await pilot.pause()
        assert lines_of(app)[-3].rstrip() == f" ! {said}"
        assert lines_of(app)[-2].rstrip() == "   r Try again   o Browser"


def test_what_fills_a_notice_offers_nothing() -> None:
    wording.set_language("nl")
    notice = notice_of("notice.retry", reason="Mis.\n{app.quit} Weg {x}")
    assert [offer.command for offer in notice.offers] == ["reading.sync"]
    assert notice.text.startswith("Mis.")


def test_each_offer_of_the_catalog_is_of_a_command_and_alike_in_both_languages() -> None:
    offered: dict[str, list[list[str]]] = {}
    for language in ("nl", "en"):
        for key, text in catalog.texts(language).items():
            if key.split(".")[0] in ("notice", "onward", "copy", "feeds"):
                commands = [line.split(": ")[0].strip("{}") for line in text.split("\n")[1:]]
                offered.setdefault(key, []).append(commands)
    assert all(nl == en for nl, en in offered.values())
    assert any(nl for nl, _ in offered.values())
    for nl, _ in offered.values():
        assert set(nl) <= {command.id for command in all_commands()}


def _whole_notice(key: str) -> Notice:
    """Return the notice of a key of the catalog, of one or many if it counts something."""
    name, _, number = key.rpartition("-")
    count = {"one": 1, "many": 12}.get(number)
    return notice_of(
        name if count else key,
        count,
        view="iets",
        reason="iets",
        name="iets",
        day="iets",
        why="iets",
        title="iets",
        first="iets",
        second="iets",
    )


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("size", [(40, 12), (45, 20)])
async def test_where_it_is_narrow_every_key_of_every_notice_is_in_view(
    make_app: MakeApp, language: Language, size: tuple[int, int]
) -> None:
    app = make_app(edition(), language=language)
    texts = catalog.texts(language)
    keys = [
        key
        for key, text in texts.items()
        if key.split(".")[0] in ("notice", "onward", "copy", "feeds", "links") and "\n{" in text
    ]
    assert len(keys) > 20
    async with app.run_test(size=size) as pilot:
        wording.set_language(language)
        for key in keys:
            notice = _whole_notice(key)
            reading(app).notices.show(replace(notice, severity="error"))
            await pilot.pause()
            shown = text_of(app)
            for offer in notice.offers:
                assert f"{wording.key_of_command(offer.command)} {offer.label}"[:30] in shown, key


def test_what_failed_is_said_before_what_came_in() -> None:
    wording.set_language("nl")
    done = Done(reached=True, headlines=3, failures=_AWAY * 2)
    told = sync_summary(done, NOW, asked=True, sample=False)
    assert told is not None
    assert told.text.index("2 pagina") < told.text.index("3 nieuwe berichten")
    assert not told.text.startswith("2")


async def test_the_very_first_start_shows_three_keys_until_one_is_pressed(
    make_app: MakeApp, clock: Clock
) -> None:
    app = make_app(FakeLibrary(), FakeChild(), empty=True)
    async with app.run_test(size=(45, 20)) as pilot:
        await until(pilot, lambda: "Welcome!" in text_of(app))
        shown = text_of(app)
        for key in ("Space Read on", "? All keys", "q Quit"):
            assert key in shown
        # What goes wrong meanwhile is seen at once, and the keys after it.
        reading(app).notices.show(Notice("Er is iets.", "warning"))
        clock.passes(600)
        await pilot.pause()
        assert "! Er is iets." in text_of(app)
        await press(pilot, "j")
        assert "Welcome!" in text_of(app)
        clock.passes(2)
        await press(pilot, "j")
        assert "Welcome!" not in text_of(app)
    app = make_app(edition())
    async with app.run_test(size=(45, 20)) as pilot:
        await pilot.pause()
        assert "Welcome!" not in text_of(app)


@pytest.mark.parametrize(
    ("severity", "sign", "dark", "light"),
    [("warning", "!", "#e0b46c", "#6d4600"), ("error", "✕", "#e8938c", "#942620")],
)
async def test_the_sign_and_the_rule_of_a_notice_have_the_colour_of_its_kind(
    make_app: MakeApp, severity: Severity, sign: str, dark: str, light: str
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(80, 24)) as pilot:
        reading(app).notices.show(Notice("Er is iets mis.", severity))
        for theme, colour in (("zeeland-dark", dark), ("zeeland-light", light)):
            app.theme = theme
            await pilot.pause()
            line, rule = rows_of(app)[-2], rows_of(app)[-3]
            assert [(cell.text, cell.ink) for cell in line[1:2]] == [(sign, colour)]
            assert {(cell.text, cell.ink) for cell in rule} == {("━", colour)}
            assert {cell.ink for cell in line[3:10]} == {THEMES[theme].ink}
            assert {cell.ground for cell in (*line, *rule)} == {THEMES[theme].band}


async def test_the_very_first_start_tells_all_that_is_wrong_and_then_the_keys(
    make_app: MakeApp, clock: Clock
) -> None:
    child = FakeChild()
    problem = reason("setting_unknown", name="kleur", known="theme", place="config.toml")
    library = edition(sample=True)
    app = make_app(library, child, empty=True, sync="start", problems=(problem,))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until_asked(pilot, child)
        await ended(pilot, child, Done(failures=_AWAY))
        seen = []
        for _ in range(3):
            seen.append(told(app))
            clock.passes(5)
            await press(pilot, "j")
        assert "kleur" in seen[0]
        assert wording.reason_text(_AWAY[0].reason) in seen[1]
        assert seen[2].startswith("Welcome!")
        assert not reading(app).notices.display


async def test_a_warning_that_was_not_answered_waits_behind_an_error_and_is_said_once(
    make_app: MakeApp, clock: Clock
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(80, 24)) as pilot:
        notices = reading(app).notices
        for text, severity in (("Eén.", "warning"), ("Eén.", "warning"), ("Twee.", "error")):
            notices.show(Notice(text, severity))  # type: ignore[arg-type]
        notices.show(Notice("Drie."))
        seen = []
        while notices.display:
            seen.append(told(app))
            clock.passes(5)
            await press(pilot, "j")
        assert seen[:2] == ["Drie.", "Eén."] or seen == ["Twee.", "Eén.", "Drie."]


async def test_the_answer_to_a_key_does_not_wait(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(80, 24)) as pilot:
        reading(app).notices.show(Notice("Er is iets.", "warning"))
        await press(pilot, "U")
        assert told(app) == "There is nothing to undo."


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (("V",), "1 selected"),
        (("enter", "L"), ""),
        (("g", "n"), "come in since"),
        (("A", "A"), "already read"),
        (("enter", "v"), "Nothing has changed"),
        (("ctrl+o",), "Offline mode is now on"),
    ],
    ids=str,
)
async def test_what_is_said_of_a_state_goes_with_it(
    make_app: MakeApp, keys: tuple[str, ...], said: str
) -> None:
    library = edition()
    library.visit = LastVisit(NOW, 36)
    app = make_app(library)
    after = {"V": ("escape",), "g": ("g", "o"), "A": ("]",), "ctrl+o": ("ctrl+o",)}
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *keys)
        before = told(app)
        assert said in before
        await press(pilot, *after.get(keys[0], ("n",)))
        notices = reading(app).notices
        assert not notices.display or told(app) != before


async def test_a_failure_is_no_longer_said_once_a_sync_begins_anew(make_app: MakeApp) -> None:
    child = FakeChild()
    app = make_app(edition(), child)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "r")
        await ended(pilot, child, Done(failures=_AWAY))
        assert reading(app).notices.display
        await press(pilot, "r")
        assert not reading(app).notices.display


_READ_ONLY = CacheError("cache_read_only", place="cache", what="cache", task="written")


@pytest.mark.parametrize("size", [(200, 50), (120, 40), (80, 24), (45, 20), (20, 8)])
@pytest.mark.parametrize("keys", [(), ("enter",), ("ctrl+o",)])
async def test_a_cache_that_cannot_be_written_is_seen_all_the_time(
    make_app: MakeApp, clock: Clock, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    library = edition()
    library.unwritable = _READ_ONLY
    app = make_app(library)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: reading(app).notices.display)
        assert told(app).startswith("News and marks are not kept. The cache is read-only")
        clock.passes(5)
        await press(pilot, "j", *keys)
        assert "not kept" in lines_of(app)[0]
        if size[0] >= 120 and not keys:
            assert "! marks are not kept" in lines_of(app)[0]
        # Where it can be written again, nothing is said any more.
        library.unwritable = None
        reading(app).poll()
        await pilot.pause()
        assert "not kept" not in lines_of(app)[0]


@pytest.mark.parametrize("asked", [False, True])
async def test_a_sync_by_itself_does_not_say_again_that_nothing_can_be_stored(
    make_app: MakeApp, clock: Clock, *, asked: bool
) -> None:
    library, child = edition(), FakeChild()
    library.unwritable = _READ_ONLY
    app = make_app(library, child, sync="key" if asked else "start")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: reading(app).notices.display)
        clock.passes(5)
        await press(pilot, "j", *(["r"] if asked else []))
        await wait_until_asked(pilot, child)
        child.end_with(_READ_ONLY)
        await until(pilot, lambda: reading(app).network.progress is None)
        assert ("The cache is read-only" in text_of(app)) == asked


@pytest.mark.parametrize("code", ["challenge", "robots", "site_error"])
async def test_a_first_sync_that_a_site_refuses_says_why(make_app: MakeApp, code: str) -> None:
    child = FakeChild()
    app = make_app(edition(sample=True), child, sync="start")
    failed = Failed("https://x/", reason(code))
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until_asked(pilot, child)
        await ended(pilot, child, Done(reached=True, failures=(failed,)))
        assert told(app).startswith(wording.reason_text(failed.reason))
        assert told(app).endswith("For now this is a sample edition. r Try again")
        await press(pilot, "r")
        await ended(pilot, child, Done(failures=(failed,)))
        refuses = "! robots.txt refuses since 12:00" in lines_of(app)[0]
        assert refuses == (code == "robots")
