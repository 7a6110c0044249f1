"""`znreader config`: the settings in force, an example, the path and the editor."""

import re
import sys
import tomllib
from pathlib import Path

import pytest
from msgspec.structs import fields, replace

from reader.config import Settings, load_settings
from reader.config.settings import table_of_settings
from tests.said import said

from .conftest import Call

pytestmark = pytest.mark.usefixtures("english")


def _without_origins(settings: Settings, path: Path) -> Settings:
    return replace(settings, origins={}, config_path=path)


def test_the_example_has_every_key_at_its_default(
    znreader: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    example = znreader("config", "--example").out
    path, all_set = tmp_path / "config.toml", tmp_path / "alles.toml"
    path.write_text(example)
    all_set.write_text(re.sub(r"^#(?=[a-z\[])", "", example, flags=re.MULTILINE))
    defaults = _without_origins(load_settings(), path)
    assert defaults.problems == ()
    assert _without_origins(load_settings(path), path) == defaults
    assert _without_origins(load_settings(all_set), path) == defaults
    assert set(tomllib.loads(all_set.read_text())) == set(table_of_settings())


def test_every_setting_is_described() -> None:
    table = table_of_settings()
    assert set(table) == {each.name for each in fields(Settings)} - {
        "cache_path", "config_path", "origins", "problems",
    }  # fmt: skip
    for setting in table.values():
        assert setting.comment.endswith(".")
        assert said(setting.kind.description)
        assert setting.kind.allows(setting.default)


def test_what_is_in_force_is_printed_with_where_it_is_from(znreader: Call, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("follow = ['Sport', \"Tholen\"]\n[selectors]\nmain = 'article'\n")
    answer = znreader("config", "--config", str(path), "--offline", "--site", "http://krant.test")
    assert (answer.status, answer.err) == (0, "")
    printed = tomllib.loads(answer.out)
    assert set(printed) == set(table_of_settings())
    assert (printed["follow"], printed["pages"]) == (["Sport", "Tholen"], 1)
    assert printed["selectors"] == {"main": "article"}
    origins = dict(re.findall(r"^\[?(\w+).*  # (.+)$", answer.out, flags=re.MULTILINE))
    assert origins["follow"] == origins["selectors"] == str(path)
    assert origins["pages"] == "default"
    assert origins["language"] == "the locale"
    assert (origins["offline"], origins["site"]) == ("--offline", "--site")


def test_what_is_wrong_is_printed_and_is_the_status(znreader: Call, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("pages = 0\ntheme = 'zeeland'\n\n[selectors]\nmain = 'a[['\n")
    answer = znreader("config", "--config", str(path))
    assert answer.status == 1
    assert tomllib.loads(answer.out)["selectors"] == {"main": "a[["}
    pages, selector, theme = answer.err.splitlines()
    assert f"{path}: pages must be" in pages
    assert f"{path}: selectors.main is not a CSS selector: " in selector
    assert f'{path}: there is no theme "zeeland", perhaps zeeland-' in theme
    assert "there are zeeland-dark, zeeland-light, " in theme


def test_keys_that_do_not_go_together_are_told(znreader: Call, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        "theme = 'zeeland'\n[keys]\n'reading.save' = ['W']\n'reading.sync' = ['W']\n"
        "'reading.saev' = ['y']\n'reading.undo' = ['f3']\n"
    )
    answer = znreader("config", "--config", str(path))
    clash = f"{path}: keys: reading.save and reading.sync both want W; reading.sync keeps r."
    unknown = f"{path}: keys: there is no command reading.saev; there is reading.save."
    assert answer.status == 1
    assert clash in answer.err
    assert unknown in answer.err
    assert "reading.undo" not in answer.err
    told = znreader("--config", str(path), "doctor", "--offline")
    assert told.err == ""
    assert clash in told.out
    assert unknown in told.out
    assert f'{path}: there is no theme "zeeland"' in told.out
    assert "theme      zeeland-dark, because there is no theme 'zeeland'" in told.out


def test_hyphenation_without_its_package_is_a_problem_of_the_settings(
    znreader: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config.toml"
    path.write_text("hyphenate = true\n")
    assert znreader("config", "--config", str(path)).status == 0
    monkeypatch.setitem(sys.modules, "pyphen", None)
    answer = znreader("config", "--config", str(path))
    assert answer.status == 1
    assert answer.err.startswith(f"znreader: {path}: hyphenate needs pyphen")
    assert "install znreader[hyphenation]" in answer.err


def test_a_page_is_read_without_a_wrong_selector(
    znreader: Call, page: Path, tmp_path: Path
) -> None:
    path = tmp_path / "config.toml"
    path.write_text("[selectors]\nmain = 'a[['\n")
    answer = znreader("--config", str(path), "parse", str(page))
    assert answer.status == 0
    assert "Veerpont vaart weer" in answer.out
    assert f"{path}: selectors.main is not a CSS selector" in answer.err


def test_the_path_is_printed_alone(znreader: Call, home: Path) -> None:
    path = home / ".config" / "znreader" / "config.toml"
    assert znreader("config", "path").out == f"{path}\n"


def test_the_file_is_made_of_the_example_edited_and_examined(
    znreader: Call, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home / ".config" / "znreader" / "config.toml"
    monkeypatch.setenv("EDITOR", "sed -i 's/^#pages = 1/pages = 3/'")
    assert znreader("config", "edit").status == 0
    assert load_settings().pages == 3
    assert "\n#articles = 300\n" in path.read_text()
    monkeypatch.setenv("VISUAL", "sed -i 's/^pages = 3/pages = 300/'")
    answer = znreader("config", "edit")
    assert answer.status == 1
    assert "pages must be a number from 1 to 50, not 300" in answer.err
    assert "pages = 300" in path.read_text()


@pytest.mark.parametrize(
    ("editor", "tells"),
    [
        ("", "set VISUAL or EDITOR"),
        ("niets-van-dien-aard", "cannot be started"),
        ("false", "status 1"),
    ],
)
def test_an_editor_that_does_not_work_is_one_sentence(
    znreader: Call, monkeypatch: pytest.MonkeyPatch, editor: str, tells: str
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    answer = znreader("config", "edit")
    assert (answer.status, answer.err.count("\n")) == (1, 1)
    assert tells in answer.err


def test_scripts_for_a_shell_are_not_mixed_with_problems(znreader: Call, home: Path) -> None:
    path = home / ".config" / "znreader" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text("pages = 0\n")
    for arguments in (["completion", "bash"], ["man"], ["config", "path"], ["config", "--example"]):
        assert not znreader(*arguments).err
