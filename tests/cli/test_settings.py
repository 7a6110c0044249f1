"""The settings file: its errors are reported, and everything else works."""

from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from reader.config import Settings, load_settings, loader
from reader.config.removed import REMOVED_COMMANDS, REMOVED_SETTINGS, RENAMED_COMMANDS
from reader.config.settings import table_of_settings
from reader.ui.commands.table import COMMANDS
from tests.said import said

from .conftest import Call

pytestmark = pytest.mark.usefixtures("english")

Write = Callable[[str], Path]


@pytest.fixture
def config(tmp_path: Path) -> Write:
    """Write a settings file and return its path."""

    def write(text: str) -> Path:
        path = tmp_path / "config.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("# kleuren\n\nkleur = 'blauw'", 'unknown setting "kleur"; there are site, sync,'),
        ("page = 2", 'unknown setting "page", perhaps pages; there are'),
        ("offline = true\npages = 0", "pages must be a number from 1 to 50, not 0; 1 is used"),
        ("articles = true", "articles must be a number from 1 to 5000, not true; 300 is used"),
        ("sync = 3", 'sync must be "start", "key", or a number of minutes from 5 to 1440, not 3;'
         ' "start" is used'),
        ("language = 'de'", 'language must be "nl" or "en", not "de"; "en" is used'),
        ("site = 'ftp://krant'", "site must be an address such as"),
        ("site = 'http://krant.nl:99999'", "site must be an address such as"),
        ("site = 'http://[::1'", "site must be an address such as"),
        ("site = 'http://[::g]:80'", "site must be an address such as"),
        ("site = 'http://[1.2.3.4]/'", "site must be an address such as"),
        ("follow = [\n'Sport',\n3]\npages = 2", "follow must be a list of names"),
        ("offline = 'ja'", 'offline must be true or false, not "ja"; false is used'),
        ("[selectors]\nmain = 'article'\nkop = 'h2'", 'unknown key "kop" in [selectors]'),
        ("selectors.main = 3", "selectors.main must be a text in quotes, not 3; it is left out"),
        ('"pages"=\t"""\n\n"""', "pages must be a number"),
        ("retain_days = -1", "retain_days must be a number of days from 0 to 36500, not -1"),
        ("retain_articles = true", "retain_articles must be a number from 0 to 1000000"),
        ("[kleuren]\nkop = 'rood'", 'unknown setting "kleuren"'),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_told_with_what_is_allowed(
    znreader: Call, config: Write, text: str, tells: str
) -> None:
    path = config(text)
    answer = znreader("list", "--json", "--config", str(path))
    assert (answer.status, answer.json) == (0, {"teasers": []})
    assert answer.err.startswith(f"znreader: {path}: {tells}")
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("pages = ", ":1: this is not TOML: Invalid value"),
        ("pages = 2\n\npages = 3\n", ":3: this is not TOML: Cannot overwrite a value"),
        ("pages = 2\nfollow = ['Sport',", ":2: this is not TOML: "),
        ("pages = 2\nsite = 'https", ":2: this is not TOML: "),
        (f"pages = {'9' * 5000}", ": a number in it has thousands of digits"),
        ("x = " + "[" * 20_000, ": its values are nested too deeply"),
        ("#" * 60_000, ": it is larger than 50 kB"),
    ],
    ids=range(7),
)
def test_a_file_that_is_no_toml_leaves_the_defaults(
    znreader: Call, config: Write, text: str, where: str
) -> None:
    path = config(text)
    answer = znreader("list", "--config", str(path))
    assert answer.status == 0
    assert answer.err.startswith(f"znreader: {path}{where}")
    assert answer.err.endswith("; none of the settings in the file is used\n")
    assert load_settings(path).pages == 1


def test_a_file_that_is_no_text_leaves_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"pages = 2\nfollow = ['\xff']\n")
    (problem,) = load_settings(path).problems
    assert said(problem) == f"{path}:2: this is not UTF-8; none of the settings in the file is used"
    assert "cannot be read" in said(load_settings(tmp_path).problems[0])


def test_what_is_right_counts_beside_what_is_wrong(config: Write) -> None:
    settings = load_settings(
        config(
            "\ufeffpages = 99\narticles = 12\nsite = 'http://krant.test'\npause = 2\n"
            "follow = ['Sport']\nsync = 30\n[selectors]\nmain = 'article'\nkop = 'h1'\n"
        )
    )
    assert (settings.pages, settings.articles, settings.pause) == (1, 12, 2.0)
    assert settings.site == "http://krant.test/"
    assert settings.follow == ("Sport",)
    assert (settings.sync_at_start, settings.sync_minutes) == (True, 30)
    assert settings.selectors == {"main": "article"}
    assert len(settings.problems) == 2


def test_one_key_of_a_command_needs_no_list(config: Write) -> None:
    settings = load_settings(
        config('[keys]\n"reading.save" = "ctrl+s"\n"reading.sync" = ["r", "R"]')
    )
    assert settings.problems == ()
    assert settings.keys == {"reading.save": ("ctrl+s",), "reading.sync": ("r", "R")}


def test_a_wrong_setting_beside_a_long_list_is_told_at_once(config: Write) -> None:
    listed = "follow = [\n" + "'Sport',\n" * 1500 + "]\n"
    path = config(f"{listed}kleur = 1\n{listed.replace('follow', 'volg')}")
    began = process_time()
    problems = load_settings(path).problems
    assert process_time() - began < 3
    assert [said(each).removeprefix(str(path)).split(" ", 1)[1][:15] for each in problems] == [
        "unknown setting", "unknown setting",
    ]  # fmt: skip


def test_a_removed_setting_or_command_is_taken_in_silence(
    config: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loader, "REMOVED_SETTINGS", frozenset({"kleur"}))
    monkeypatch.setattr(loader, "REMOVED_COMMANDS", frozenset({"reading.shout"}))
    path = config("kleur = 1\n[keys]\n'reading.shout' = 3\n'reading.save' = 'ctrl+s'\n")
    settings = load_settings(path)
    assert settings.problems == ()
    assert settings.keys == {"reading.save": ("ctrl+s",)}


def test_a_renamed_command_has_the_keys_of_its_former_name(config: Write) -> None:
    settings = load_settings(config("[keys]\n'labels.down' = 'ctrl+n'\n"))
    assert settings.problems == ()
    assert settings.keys == {"names.down": ("ctrl+n",)}


def test_no_name_in_use_counts_as_removed() -> None:
    assert not REMOVED_SETTINGS & set(table_of_settings())
    ids = {command.id for command in COMMANDS}
    assert not (REMOVED_COMMANDS | set(RENAMED_COMMANDS)) & ids
    assert set(RENAMED_COMMANDS.values()) <= ids


def test_many_problems_are_told_in_few_lines(config: Write) -> None:
    problems = load_settings(config("".join(f"zin{n} = 1\n" for n in range(500)))).problems
    assert len(problems) == 21
    assert said(problems[-1]).endswith("480 more settings are wrong")


@pytest.mark.parametrize(
    ("locale", "language"), [("en_GB.UTF-8", "en"), ("nl_NL.UTF-8", "nl"), ("C", "nl")]
)
def test_the_locale_chooses_the_language_that_the_file_does_not(
    config: Write, monkeypatch: pytest.MonkeyPatch, locale: str, language: str
) -> None:
    monkeypatch.setenv("LANG", locale)
    assert load_settings().language == language
    wrong = load_settings(config("language = 'de'"))
    assert wrong.language == language
    assert said(wrong.problems[0]).endswith(f'; "{language}" is used')
    assert load_settings(config("language = 'en'")).language == "en"


def test_a_settings_file_that_was_asked_for_must_be_there(znreader: Call, tmp_path: Path) -> None:
    answer = znreader("list", "--config", str(tmp_path / "weg.toml"))
    assert (answer.status, answer.out) == (2, "")
    assert "weg.toml: There is no such settings file." in answer.err
    assert znreader("list", "--site", "krant").status == 2


def test_defaults_can_be_used_as_they_are(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    loaded = load_settings()
    assert loaded.problems == ()
    assert loaded == Settings(loaded.cache_path, loaded.config_path, origins=loaded.origins)
