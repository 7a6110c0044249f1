"""The user's own commands in the settings file: allowed programs and placeholders."""

from pathlib import Path

import pytest

from reader.config import load_settings
from reader.config.example import in_force
from reader.config.user_commands import UserCommand, filled
from tests.said import said

from .conftest import Call

pytestmark = pytest.mark.usefixtures("english")


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_command_has_its_program_key_and_label(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '[commands.w3m]\nrun = ["w3m", "{url}"]\nkey = "B"\nlabel = "In w3m"\n'
        '[commands.say]\nrun = ["say", "--", "{title}"]\nterminal = false\n'
        '[notify]\nrun = ["notify-send", "--", "{title}", "{text}"]\n',
    )
    settings = load_settings(path)
    assert settings.problems == ()
    assert settings.commands == {
        "w3m": UserCommand(("w3m", "{url}"), "B", "In w3m"),
        "say": UserCommand(("say", "--", "{title}"), terminal=False),
    }
    assert settings.notify_run == ("notify-send", "--", "{title}", "{text}")
    # The output is a settings file with the same values.
    assert load_settings(written(tmp_path, in_force(settings))).commands == settings.commands


@pytest.mark.parametrize(
    "run",
    [
        '["say", "{title}"]',
        '["say", "-f", "{title}"]',
        '["say", "{title}", "--", "{title}"]',
        '["{title}", "x"]',
        '["-x", "{url}"]',
        '["sh", "-c", "echo {title}"]',
        '["sh", "-c", "--", "echo {title}"]',
        '["env", "/bin/bash", "-c", "w3m {url}"]',
        '["ssh", "host", "--", "{title}"]',
        '["env", "--", "sh", "-c", "{title}"]',
        '["env", "T={title}", "sh", "-c", "eval $T", "--", "x"]',
        '["env", "--", "vim", "{title}"]',
        '["env", "-S", "sh -c {url}"]',
        '["sh", "--", "{file}"]',
        '["sh", "-c", "exec \\"$@\\"", "--", "sh", "-c", "{url}"]',
        '["pwsh", "-Command", "x", "--", "{title}"]',
        '["nu", "-c", "x", "--", "{url}"]',
        '["tmux", "new-window", "w3m {url}"]',
        '["/usr/bin/watch", "cat", "{file}"]',
        '["python3", "-Bc", "print(\'{title}\')"]',
        '["vim", "-cecho \'{title}\'"]',
        '["emacs", "--eval", "(print \'{title}\')"]',
        '["say", "--", "{text}"]',
        '["w3m {url}"]',
        "[]",
        '[""]',
        '["a\\u0000b"]',
        '"w3m {url}"',
        "3",
    ],
)
def test_what_a_title_could_make_an_option_or_code_is_left_out(tmp_path: Path, run: str) -> None:
    settings = load_settings(written(tmp_path, f"[commands.a]\nrun = {run}\n"))
    assert settings.commands == {}
    assert "commands.a.run must be a list of a program and its arguments" in said(
        settings.problems[0]
    )


@pytest.mark.parametrize(
    "run",
    [
        '["say", "--text={title}"]',
        '["say", "--", "{title}", "{title}"]',
        '["mail", "-s", "Nieuws: {title}", "-a", "{file}"]',
        '["sh", "-c", "echo \\"$1\\"", "--", "{title}"]',
        '["sh", "-e", "-uc", "echo \\"$1\\"", "--", "{title}", "{file}"]',
        '["env", "LANG=C", "sh", "-c", "cat \\"$1\\"", "--", "{file}"]',
        '["env", "say", "--", "{title}"]',
        '["tmux", "new-window"]',
        '["xterm", "-e", "w3m", "{url}"]',
        '["less", "{file}"]',
    ],
)
def test_what_no_value_can_change_is_taken(tmp_path: Path, run: str) -> None:
    settings = load_settings(written(tmp_path, f"[commands.a]\nrun = {run}\n"))
    assert settings.problems == ()
    assert list(settings.commands) == ["a"]


def test_a_value_is_one_argument_and_holds_no_placeholder() -> None:
    values = {"title": "-x {file}; rm 'a b'", "file": "/tmp/f"}
    run = ("say", "{}", "{other}", "--", "{title}", "<{title}> {file}")
    assert filled(run, values) == [
        "say", "{}", "{other}", "--", "-x {file}; rm 'a b'", "<-x {file}; rm 'a b'> /tmp/f",
    ]  # fmt: skip


def test_a_folder_at_home_is_expanded_but_not_in_a_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/lezer")
    assert filled(("~/bin/say", "~/a", "x~/", "{title}"), {"title": "~/t"}) == [
        "/home/lezer/bin/say", "/home/lezer/a", "x~/", "~/t",
    ]  # fmt: skip


def test_a_program_that_is_no_list_is_told_of_once(tmp_path: Path) -> None:
    (problem,) = load_settings(written(tmp_path, '[commands.a]\nrun = "w3m {url}"\n')).problems
    assert "commands.a.run must be a list" in said(problem)


def test_an_unknown_column_and_a_missing_program_are_told(tmp_path: Path) -> None:
    path = written(tmp_path, '[commands]\na = { kye = "B", run = ["w3m"] }\nb = {key = "C"}\nc = 1')
    problems = " ".join(map(said, load_settings(path).problems))
    assert 'unknown key "kye" in [commands.a], perhaps key' in problems
    assert "commands.b lacks run" in problems
    assert "commands.c must be a table" in problems


def test_keys_that_clash_are_told_in_a_sentence(znreader: Call, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '[commands]\na = { run = ["w3m"], key = "s" }\nb = { run = ["w3m"], key = "B" }\n'
        'c = { run = ["w3m"], key = "B" }\n',
    )
    answer = znreader("config", "--config", str(path))
    told = answer.out + answer.err
    assert "reading.save and own.a both want s; own.a keeps no key" in told
    assert "own.b and own.c both want B; own.c keeps no key" in told
