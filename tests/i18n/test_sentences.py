"""Errors in the reader's language: every code of the program has its sentences."""

import ast
import errno
import inspect
import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reader.errors
from reader.config.loader import read_settings
from reader.config.settings import table_of_settings
from reader.errors import CacheError, FetchError, ReaderError, Reason, RetryLater, reason
from reader.i18n import message, sentence
from reader.i18n.catalog import texts
from reader.jsonform import reason_json, reason_of
from reader.store.failures import cache_error_of
from reader.text.relative_time import Language

_READER = Path(reader.errors.__file__).parent
_MAKERS = {"reason", "Reason"} | {
    name
    for name, kind in vars(reader.errors).items()
    if inspect.isclass(kind) and issubclass(kind, ReaderError)
}
# Codes that are chosen from a table, by the file with that table.
_CHOSEN = {
    "store/failures.py": {
        "disk_full", "cache_busy", "disk_error", "cache_read_only", "no_permission",
    },
    "parse/extract/analysis.py": {
        "paywall", "body_elsewhere",
        "access_denied", "captive_portal", "challenge", "consent_wall", "contact_page",
        "empty_search", "login_wall", "maintenance", "not_found", "site_error", "sitemap",
        "tv_guide",
    },
    "ui/commands/key_map.py": {
        "binding_no_key", "binding_kept", "binding_typed", "binding_both", "binding_begins",
    },
    "cli/main.py": {"stopped", "stopped_by_rights"},
    "config/kinds.py": {"kind_number", "kind_days", "kind_minutes"},
}  # fmt: skip
# Makes errors of reasons that exist already.
_PASSES_ON = {"errors.py", "jsonform.py", "i18n/sentences.py"}
_LANGUAGES: tuple[Language, ...] = ("nl", "en")
# Known errors of disks.
_COMMON = (
    errno.ENOSPC, errno.EACCES, errno.EROFS, errno.ENOENT, errno.EISDIR, errno.ENOTDIR,
    errno.EDQUOT, errno.EIO, errno.ENAMETOOLONG, errno.EEXIST, errno.EMFILE, errno.EPERM,
)  # fmt: skip


def _sites() -> Iterator[tuple[str, str, set[str]]]:
    """Yield the place of each error of the code, its code, and the names of its arguments."""
    for path in sorted(_READER.rglob("*.py")):
        name = path.relative_to(_READER).as_posix()
        if name in _PASSES_ON:
            continue
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not call.args:
                continue
            if getattr(call.func, "attr", getattr(call.func, "id", "")) not in _MAKERS:
                continue
            place, named = f"{name}:{call.lineno}", {each.arg or "**" for each in call.keywords}
            code = call.args[0]
            if isinstance(code, ast.Constant):
                yield place, str(code.value), named
            else:
                for chosen in _CHOSEN.get(name, {"not written where it is made"}):
                    yield place, chosen, named


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _sentences(language: Language, code: str) -> list[str]:
    """Return all sentences of a code: for any status, and for those that have their own."""
    keys = (f"error.{code}", f"error.{code}-")
    return [
        text for key, text in texts(language).items() if key == keys[0] or key.startswith(keys[1])
    ]


@pytest.mark.parametrize("language", _LANGUAGES)
def test_each_error_of_the_code_has_a_sentence_and_gives_what_that_needs(
    language: Language,
) -> None:
    sites = list(_sites())
    assert len(sites) > 100
    assert not [site for site in sites if f"error.{site[1]}" not in texts(language)]
    for place, code, named in sites:
        for text in _sentences(language, code):
            assert _places(text) <= named, (place, text)


def test_terms_that_the_code_names_are_in_the_catalog() -> None:
    for language in _LANGUAGES:
        for _, code, named in _sites():
            for text in _sentences(language, code):
                specs = {spec for _, _, spec, _ in Formatter().parse(text)} - {None, ""}
                assert specs <= {"term", "errno", "key", "d", ".1f"}, (text, named)


@pytest.mark.parametrize("number", _COMMON)
def test_what_the_disk_answers_is_told_in_the_readers_language(number: int) -> None:
    error = cache_error_of(
        OSError(number, os.strerror(number)), Path("/x/cache.sqlite3"), "written"
    )
    assert message(error, "nl").startswith("/x/cache.sqlite3: De cache kan niet worden geschreven")
    assert os.strerror(number) not in message(error, "nl")


@pytest.mark.parametrize("task", ["opened", "read", "written", "searched", "restored", "repaired"])
@pytest.mark.parametrize(
    "code", ["BUSY", "LOCKED", "FULL", "IOERR", "READONLY", "CANTOPEN", "PERM", "CORRUPT", "ERROR"]
)
def test_what_the_database_answers_is_told_in_the_readers_language(code: str, task: str) -> None:
    error = sqlite3.OperationalError("schijf")
    error.sqlite_errorcode = getattr(sqlite3, f"SQLITE_{code}")
    told = message(cache_error_of(error, Path("/x/cache.sqlite3"), task), "nl")
    assert "de cache " in told.lower()
    assert " the " not in told
    assert told.endswith(".")


def test_whatever_is_wrong_with_a_setting_is_told_in_the_readers_language(tmp_path: Path) -> None:
    settings = table_of_settings()
    wrong = [f"{name} = 1979-05-27\n" for name in settings]
    wrong += [f"[{name}]\nmain = 7\nmian = 7\nq = 7\n" for name in settings
              if settings[name].kind.item]  # fmt: skip
    wrong += ["".join(f"instelling{number} = 1\n" for number in range(30)), "#" * 60_000, "pages ="]
    path = tmp_path / "config.toml"
    for text in wrong:
        path.write_text(text, encoding="utf-8")
        problems = read_settings(path, {}).problems
        assert problems
        for problem in problems:
            assert message(problem, "nl").startswith(str(path))
            assert message(problem, "nl") != message(problem, "en")


@pytest.mark.parametrize(
    ("error", "dutch"),
    [
        (FetchError("http_status", status=404), "De pagina bestaat niet meer (foutcode 404)."),
        (FetchError("http_status", status=503), "De site heeft een storing (foutcode 503)."),
        (FetchError("http_status", status=418), "De site antwoordde met foutcode 418."),
        (FetchError("too_slow", seconds=20), "De pagina kwam niet binnen 20 seconden."),
        (reason("not_text", kind="png"), "De pagina is geen tekst, maar een PNG-afbeelding."),
        (
            reason("export_unusable", place="/x", cause=reason("os", errno=errno.ENOSPC)),
            "/x: Dit bestand kan niet worden ingelezen: de schijf is vol.",
        ),
        (
            reason("file_exists", place="een"),
            "een: Het bestand bestaat al. Noem een ander, of geef --force.",
        ),
        (reason("text", text="iets\x1b[31m {odd}"), "iets [31m {odd}"),
        (reason("of_another_version", number=3), "of_another_version number=3"),
        (reason("moved_away"), "De pagina is verhuisd naar een ander adres: ?"),
    ],
)
def test_a_sentence_is_made_of_a_code_and_its_arguments(
    error: ReaderError | Reason, dutch: str
) -> None:
    assert message(error, "nl") == dutch


def test_an_error_keeps_its_code_where_the_place_is_added() -> None:
    error = RetryLater("site_busy", status=429, seconds=8.0).at("https://x/")
    assert isinstance(error, RetryLater)
    assert (error.code, error.seconds) == ("site_busy", 8.0)
    assert error.at("/elders").arguments["place"] == "https://x/"
    assert message(error, "en") == "https://x/: The site is busy."
    assert sentence(error, "en") == "The site is busy."
    assert CacheError("no_cache", place=Path("/x")).arguments == {"place": "/x"}


_WORDS = st.text(max_size=20)
_REASONS = st.recursive(
    st.builds(lambda text: reason("text", text=text), _WORDS),
    lambda inner: st.builds(lambda cause, most: reason("x", cause=cause, most=most), inner,
                            st.integers() | st.lists(_WORDS)),
    max_leaves=2,
)  # fmt: skip


@given(_REASONS)
def test_a_reason_survives_json_and_is_always_one_printable_line(why: Reason) -> None:
    assert reason_of(json.loads(json.dumps(reason_json(why)))) == why
    assert message(why, "nl").isprintable()


@pytest.mark.parametrize(
    "document", [None, "text", {}, {"code": 3}, {"code": "A b"}, {"code": "x", "arguments": []}]
)
def test_anything_else_is_no_reason(document: object) -> None:
    with pytest.raises(ValueError, match="no reason"):
        reason_of(document)
