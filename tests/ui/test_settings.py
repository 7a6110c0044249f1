"""The effect of settings on the screen, and the report of wrong ones."""

import pytest

from reader.config import Settings
from reader.errors import reason
from reader.ui.chosen_theme import chosen_theme, remember_theme

from .conftest import MakeApp
from .fakes import edition
from .quiet import until
from .screens import told


async def test_a_theme_that_was_chosen_comes_back_at_the_next_start(
    make_app: MakeApp, settings: Settings
) -> None:
    app = make_app(edition())
    async with app.run_test() as pilot:
        assert app.theme == "zeeland-dark"
        app.theme = "nord"
        await pilot.pause()
    again = make_app(edition())
    async with again.run_test():
        assert again.theme == "nord"
    chosen = make_app(edition(), theme="zeeland-light")
    async with chosen.run_test():
        assert chosen.theme == "zeeland-light"


@pytest.mark.parametrize("left", [b"geen-thema\n", b"\xff\xfe", b"", b"nord\x1b[31m"])
async def test_a_theme_that_there_is_not_is_not_taken(
    make_app: MakeApp, settings: Settings, left: bytes
) -> None:
    settings.cache_path.with_name("theme").write_bytes(left)
    app = make_app(edition())
    async with app.run_test():
        assert app.theme == "zeeland-dark"


def test_where_nothing_can_be_written_a_theme_is_not_kept(settings: Settings) -> None:
    folder = settings.cache_path.with_name("theme")
    folder.mkdir()
    remember_theme(settings, "nord")
    assert chosen_theme(settings) == ""


async def test_wrong_settings_are_one_quiet_notice(make_app: MakeApp) -> None:
    wrong = (
        reason("text", text="pages must be [a number]", place="/x/config.toml:3"),
        reason("text", text="unknown", place="/x/config.toml:4"),
    )
    app = make_app(edition(), problems=wrong)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await until(pilot, lambda: told(app))
        notice = told(app)
    assert "Pages must be [a number] (config.toml:3)." in notice
    assert "2 settings" in notice


async def test_a_file_of_settings_that_is_none_is_told_once(make_app: MakeApp) -> None:
    cause = reason("not_toml", detail="Expected '='")
    wrong = (reason("settings_unusable", cause=cause, place="/x/config.toml:1"),)
    app = make_app(edition(), problems=wrong)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await until(pilot, lambda: told(app))
        notice = told(app)
    assert "none of the settings in the file is used (config.toml:1)." in notice
    assert "left out" not in notice
    assert "setting is" not in notice


async def test_a_theme_of_the_settings_that_there_is_not_is_told(
    make_app: MakeApp, settings: Settings
) -> None:
    settings.config_path.write_text('pages = 1\ntheme = "nort"\n')
    app = make_app(edition(), theme="nort")
    async with app.run_test(notifications=True) as pilot:
        await until(pilot, lambda: told(app))
        assert app.theme == "zeeland-dark"
        notice = told(app)
    assert 'There is no theme "nort", perhaps nord; zeeland-dark is used' in notice
    assert "(config.toml)" in notice


@pytest.mark.parametrize("measure", [60, 80])
async def test_lines_of_an_article_are_as_long_as_the_measure_lets_them(
    make_app: MakeApp, measure: int
) -> None:
    app = make_app(edition(), measure=measure)
    async with app.run_test(size=(200, 40)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        view = app.reading_screen.article
        lines = [view.render_line(y).text.strip(" ▊") for y in range(view.size.height)]
    assert measure - 12 < max(map(len, lines)) <= measure
