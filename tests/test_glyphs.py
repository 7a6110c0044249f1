"""Plain signs of the same width for terminals that lack signs, on the screen and in commands."""

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from reader import glyphs
from reader.cli.printer import Printer
from reader.config import load_settings


@pytest.mark.parametrize(
    ("environment", "plain"),
    [
        ({"TERM": "xterm-256color", "LANG": "nl_NL.UTF-8"}, False),
        ({"TERM": "xterm-256color", "LANG": "nl_NL.utf8"}, False),
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "linux", "LANG": "nl_NL.UTF-8"}, True),
        ({"TERM": "dumb"}, True),
        ({"TERM": "xterm", "LANG": "nl_NL.UTF-8", "LC_ALL": "C"}, True),
        ({"TERM": "xterm", "LANG": "nl_NL.ISO-8859-1"}, True),
    ],
)
def test_a_terminal_is_judged_by_its_name_and_locale(
    environment: dict[str, str], plain: bool
) -> None:
    assert glyphs.lacks_signs(environment) == plain


def test_plain_signs_are_as_wide_as_those_whose_place_they_take() -> None:
    for code in glyphs._PLAIN:
        assert glyphs.plain(chr(code)).isascii()
        assert cell_len(glyphs.plain(chr(code))) == cell_len(chr(code))


def test_the_setting_decides_over_what_the_terminal_seems_to_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    settings = load_settings()
    chosen = Printer.of(replace(settings, glyphs="unicode"))
    assert chosen.signs("● ‘kop’ …") == "● ‘kop’ …"
    assert Printer.of(settings).signs("● ‘kop’ …") == "* 'kop' ."
