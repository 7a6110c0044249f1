"""`doctor --report`: all that a maintainer needs, and nothing about what a reader reads."""

from pathlib import Path

from reader.cli.diagnosis import diagnosis_lines
from reader.config import Settings
from reader.errors import reason
from reader.store import Store
from tests.store.builders import NOON, linked, listing

from .conftest import Call

_SECRETS = ("Zilverreiger", "geheim.example", "Torenvliet", "Sluipwijk", "wachtwoord")


def _filled(folder: Path) -> Settings:
    path = folder / "Torenvliet" / "cache.sqlite3"
    path.parent.mkdir()
    with Store(path) as library:
        library.pages.add(listing(linked("Zilverreiger op de dijk"), linked("Een tweede")))
        url = "https://geheim.example/nieuws/1"
        library.pages.mark_failed(url, reason("http_status", status=404), NOON)
        other = reason("text", text="https://geheim.example is weg")
        library.pages.mark_failed(f"{url}0", other, NOON)
    return Settings(
        path,
        folder / "Torenvliet" / "config.toml",
        site="https://geheim.example/",
        mute=("Sluipwijk",),
        articles=7,
        order="oldest",
        problems=(reason("text", text="Sluipwijk", place=folder),),
    )


def test_a_report_names_the_packages_that_the_program_needs(tmp_path: Path) -> None:
    (line,) = (
        line for line in diagnosis_lines(_filled(tmp_path), NOON, {}) if "packages: " in line
    )
    assert {"textual", "soupsieve", "httpcore"} <= {
        each.split()[0] for each in line[10:].split(", ")
    }
    assert "missing" not in line
    assert "pytest" not in line


def test_a_report_tells_of_the_program_and_nothing_of_the_reader(tmp_path: Path) -> None:
    environment = {"TERM": "xterm-256color", "TMUX": "/tmp/wachtwoord", "PATH": "/Torenvliet"}
    report = "\n".join(diagnosis_lines(_filled(tmp_path), NOON, environment))
    assert not [secret for secret in (*_SECRETS, str(tmp_path)) if secret in report]
    assert "http" not in report.replace("httpcore", "").replace("http_status", "")
    for told in (
        "terminal: TERM=xterm-256color, tmux",
        "items: 2, unread 2",
        "failed pages: http_status 404 (1), text (1)",
        "articles=7",
        "order=oldest",
        "site is set",
        "mute is set",
        "problems: text (1)",
    ):
        assert told in report


def test_a_report_is_printed_without_a_cache_and_makes_none(znreader: Call, home: Path) -> None:
    before = sorted(home.rglob("*"))
    answer = znreader("doctor", "--report")
    assert answer.status == 0
    assert "cache: none yet" in answer.out
    assert not answer.err
    assert sorted(home.rglob("*")) == before


def test_a_report_tells_that_the_cache_cannot_be_used(tmp_path: Path) -> None:
    settings = _filled(tmp_path)
    settings.cache_path.write_bytes(b"geen cache " * 900)
    report = "\n".join(diagnosis_lines(settings, NOON, {}))
    assert "cache: unusable, " in report
    assert "Torenvliet" not in report
