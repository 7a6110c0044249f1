"""Every text of the screen is there in both languages, says the same, and is said somewhere."""

import re
from pathlib import Path

import pytest

from reader.ui import words
from reader.ui.commands import COMMANDS, GROUPS
from reader.ui.palette import Palette

from .conftest import MakeApp
from .fakes import edition
from .screens import text_of
from .test_reading import press

_SOURCES = sorted(Path(words.__file__).parent.rglob("*.py"))
_SAID = re.compile(r"""\b(?:words\.)?say(?:_count)?\(\s*(f?)["']([^"']+)["']""")
_PLACE = re.compile(r"\{(\w*)\}")
_COUNTS = ("-one", "-many")


def _patterns() -> set[str]:
    """Return what the code asks for, as patterns: a key that it puts together matches several."""
    wanted = {rf"commands\.{re.escape(each.id)}\.(label|help)" for each in COMMANDS}
    wanted |= {rf"group\.{each}" for each in GROUPS}
    for path in _SOURCES:
        text = path.read_text(encoding="utf-8")
        for composed, key in _SAID.findall(text):
            pattern = re.escape(key)
            if composed:
                pattern = re.sub(r"\\\{.*?\\\}", ".+", pattern)
            wanted.add(f"{pattern}(-one|-many)?")
        # Keys that stand in tables and are said later.
        wanted |= {re.escape(key) for key in re.findall(r"[\"']([a-z]+\.[a-z-]+)[\"']", text)}
    return wanted


def test_both_languages_have_the_same_texts() -> None:
    assert words.texts("nl").keys() == words.texts("en").keys()


@pytest.mark.parametrize("key", sorted(words.texts("en")))
def test_a_text_has_the_same_places_in_both_languages(key: str) -> None:
    dutch, english = words.texts("nl")[key], words.texts("en")[key]
    assert dutch.strip()
    # For one, a language may say the number in a word.
    left_out = {"count"} if key.endswith("-one") else set()
    assert set(_PLACE.findall(dutch)) - left_out == set(_PLACE.findall(english)) - left_out


def test_what_the_code_says_is_there_and_nothing_is_there_in_vain() -> None:
    patterns = [re.compile(each) for each in _patterns()]
    keys = words.texts("en").keys()
    assert not [key for key in keys if not any(each.fullmatch(key) for each in patterns)]
    for path in _SOURCES:
        for composed, key in _SAID.findall(path.read_text(encoding="utf-8")):
            if not composed:
                assert key in keys or all(key + count in keys for count in _COUNTS), (path, key)


async def test_the_palette_says_in_the_readers_language_that_nothing_matches(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Palette, "_NO_MATCHES_COUNTDOWN", 0.01)
    app = make_app(edition(), language="nl")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "ctrl+p", *"qqq")
        await pilot.pause(0.1)
        assert "Niets past hierbij." in text_of(app)
        assert "No matches" not in text_of(app)
