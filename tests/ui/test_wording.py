"""Every text of the screen exists in both languages, agrees in its fields, and is used."""

import re
from pathlib import Path

import pytest

from reader.i18n import catalog
from reader.text.relative_time import LANGUAGES, Language
from reader.ui import wording
from reader.ui.commands import key_map
from reader.ui.commands.key_names import key_name
from reader.ui.commands.table import COMMANDS, GROUPS
from reader.ui.state.panes import DIALOGS

from .conftest import MakeApp
from .fakes import edition
from .quiet import until
from .screens import text_of
from .test_reading import press

_SOURCES = sorted(Path(wording.__file__).parent.rglob("*.py"))
_SAID = re.compile(r"""\b(?:(?:wording\.)?say(?:_count)?|notice_of)\(\s*(f?)["']([^"']+)["']""")
_PLACE = re.compile(r"\{([\w.-]*)(?::[^}]*)?\}")
# A key at the beginning of a sentence, and what follows it.
_SUBJECT = re.compile(r"(?:^|[.!?…·]\s+|\n|[,;] )\{\w+\.[\w-]+\}(.)")
# The names of keys in sentences; brackets are keys, other punctuation is not.
_WORD = re.compile(r"[^\s.,;:!?\"‘“”()]+")
_KEY_WORDS = {"Enter", "Escape", "Space", "Spatie", "spatie", "spatiebalk"}
# `A setting` or `a setting`, and `retain_days = 0`.
_NO_KEYS = {"A", "a", "="}
# Those of errors and of the command line are looked up by codes; tests/i18n looks after them.
_BY_CODES = ("error.", "term.", "errno.", "result.", "unit.")
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
        # Keys that are in tables and used later.
        wanted |= {re.escape(key) for key in re.findall(r"[\"']([a-z]+\.[a-z-]+)[\"']", text)}
    return wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_languages_have_the_same_texts(language: Language) -> None:
    assert catalog.texts(language).keys() == catalog.texts("en").keys()


@pytest.mark.parametrize("key", sorted(catalog.texts("en")))
def test_a_text_has_the_same_places_in_both_languages(key: str) -> None:
    dutch, english = catalog.texts("nl")[key], catalog.texts("en")[key]
    assert dutch.strip()
    # For one, a language may say the number in a word.
    left_out = {"count"} if key.endswith("-one") else set()
    assert set(_PLACE.findall(dutch)) - left_out == set(_PLACE.findall(english)) - left_out


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_sentence_names_a_key_that_may_be_another(language: Language) -> None:
    named = {name for command in COMMANDS for name in map(key_name, command.keys)}
    named = (named | _KEY_WORDS) - _NO_KEYS
    for key, text in catalog.texts(language).items():
        # The command line has no keys.
        if not (key.startswith(("keys.", "result.", "unit.")) or key.endswith(".label")):
            said = {each.rstrip("’") for each in _WORD.findall(_PLACE.sub("", text))}
            assert not said & named, (key, text)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_key_is_never_the_subject_of_a_sentence(language: Language) -> None:
    # `r: opnieuw proberen` or `Druk op r om ...`, never `r probeert opnieuw`.
    for key, text in catalog.texts(language).items():
        for begun in _SUBJECT.finditer(text):
            assert begun[1] == ":", (key, text)


@pytest.mark.parametrize(
    ("language", "others"),
    [
        (
            "nl",
            r"de lezer\b|\bstrook|\bvak\b|\btrede|bij de cursor|klembord van de terminal|bladzijde"
            r"|(?<!offline )beschikbaar offline|offline klaar|geselecteerde? bericht\b",
        ),
        (
            "en",
            r"\bstrip\b|at the cursor|handed to|passed over|could not be had|bundled edition"
            r"|asked for again|last notices",
        ),
    ],
)
def test_a_thing_has_one_name(language: Language, others: str) -> None:
    for key, text in catalog.texts(language).items():
        assert not re.search(others, text, re.IGNORECASE), (key, text)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_keys_in_sentences_are_those_of_commands(language: Language) -> None:
    ids = {command.id for command in COMMANDS if command.scope not in DIALOGS}
    for text in catalog.texts(language).values():
        assert {place for place in _PLACE.findall(text) if "." in place} <= ids


def test_a_sentence_names_the_present_key_or_else_the_command() -> None:
    wording.set_language("nl")
    assert wording.say("onward.all-read") == "Al het nieuws is gelezen.\nr: Bijwerken"
    assert "open het met Enter.\nDruk op Spatie om" in wording.say("empty.nothing-opened")
    key_map.apply_keys({"reading.sync": ("{", "f5"), "list.open": ("ctrl+y o",), "reading.on": ()})
    assert wording.say("onward.all-read") == "Al het nieuws is gelezen.\n{: Bijwerken"
    assert "open het met Ctrl+Y o.\nDruk op ‘Verder lezen’" in wording.say("empty.nothing-opened")
    key_map.apply_keys({})


def test_what_the_code_says_is_there_and_nothing_is_there_in_vain() -> None:
    patterns = [re.compile(each) for each in _patterns()]
    keys = [key for key in catalog.texts("en") if not key.startswith(_BY_CODES)]
    assert not [key for key in keys if not any(each.fullmatch(key) for each in patterns)]
    for path in _SOURCES:
        for composed, key in _SAID.findall(path.read_text(encoding="utf-8")):
            if not composed:
                assert key in keys or all(key + count in keys for count in _COUNTS), (path, key)


async def test_the_palette_says_in_the_readers_language_that_nothing_matches(
    make_app: MakeApp,
) -> None:
    app = make_app(edition(), language="nl")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "ctrl+p", *"qqq")
        await until(pilot, lambda: "Niets gevonden." in text_of(app))
        assert "No matches" not in text_of(app)


@pytest.mark.parametrize(("language", "written"), [("nl", "94.999"), ("en", "94,999")])
def test_numbers_are_written_as_the_language_does(language: Language, written: str) -> None:
    wording.set_language(language)
    assert wording.say("status.unread", unread=94_999).startswith(written)
    assert wording.number(999) == "999"
