"""Whatever fails is told in Dutch on a Dutch screen: every sentence of the code has its own."""

import ast
import errno
import importlib
import inspect
import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import reader.errors
from reader.config.loader import read_settings
from reader.config.settings import table_of_settings
from reader.errors import ReaderError
from reader.store.opening import explain
from reader.ui import words
from reader.ui.reasons import cause_text, reason_text, tables_of

_READER = Path(reader.errors.__file__).parent
# What no child of the reader runs, so that it speaks to the command line alone, in English.
_COMMAND_LINE = {
    "cli/arguments", "cli/commands", "cli/keeping", "cli/network", "cli/settings",
    "store/archive/files", "store/archive/format", "store/maintenance/backup",
    "store/maintenance/repair",
}  # fmt: skip
# Says it in the reader's language to begin with.
_SAID_ALREADY = {"ui/newfile"}
# Where the sentence stands in a call; that of any error comes first.
_ARGUMENT = {
    name: 0
    for name, kind in vars(reader.errors).items()
    if inspect.isclass(kind) and issubclass(kind, ReaderError)
} | {"_complain": 0, "_fail": 1, "_failed": 1}
_HELPERS = {"_complain", "_fail", "_failed"}
_PLACE = re.compile(r"\{(\w+)\}")
_ENGLISH = re.compile(r"\b(the|must|be|not|from|there|cannot|and|with|are|or|see|try)\b")
# What a disk is known to answer.
_COMMON = (
    errno.ENOSPC, errno.EACCES, errno.EROFS, errno.ENOENT, errno.EISDIR, errno.ENOTDIR,
    errno.EDQUOT, errno.EIO, errno.ENAMETOOLONG, errno.EEXIST, errno.EMFILE, errno.EPERM,
)  # fmt: skip


@pytest.fixture(autouse=True)
def dutch_screen(plain_surroundings: None) -> None:
    words.choose("nl")


def _is_dutch(said: str) -> bool:
    """Tell whether a reason is told in other words, and all of it."""
    told = reason_text(said)
    return told != said and not _ENGLISH.search(re.sub(r"`.*?`", "", told))


def _sentences() -> Iterator[tuple[str, str | None]]:
    """Yield each sentence of the code with its place; None where it is not written there."""
    for path in sorted(_READER.rglob("*.py")):
        name = str(path.relative_to(_READER).with_suffix(""))
        if name in _COMMAND_LINE | _SAID_ALREADY:
            continue
        module = importlib.import_module(
            f"reader.{name}".replace("/", ".").replace(".__init__", "")
        )
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                called = getattr(call.func, "attr", getattr(call.func, "id", ""))
                at = _ARGUMENT.get(called, len(call.args))
                for each in call.args[at : at + 1]:
                    yield from _said(each, module, f"{name}:{call.lineno}", called in _HELPERS)


def _said(
    node: ast.expr, module: ModuleType, place: str, may_vary: bool
) -> Iterator[tuple[str, str | None]]:
    if isinstance(node, ast.BoolOp):
        yield from _said(node.values[-1], module, place, may_vary)
    elif isinstance(node, ast.Constant):
        yield place, str(node.value)
    elif isinstance(node, ast.JoinedStr):
        yield place, "".join(_piece(piece, module) for piece in node.values)
    elif not may_vary:
        yield place, None


def _piece(piece: ast.expr, module: ModuleType) -> str:
    """Return a piece of a sentence: as written, a constant's text, or something for a value."""
    if isinstance(piece, ast.Constant):
        return str(piece.value)
    value = getattr(module, ast.unparse(piece)[1:-1], None)
    return value if isinstance(value, str) else "7"


def test_each_sentence_of_an_error_is_dutch_on_a_dutch_screen() -> None:
    sentences = list(_sentences())
    assert len(sentences) > 40
    assert not [place for place, said in sentences if said is None], "write it where it is raised"
    assert not [each for each in sentences if each[1] and not _is_dutch(each[1])]


@pytest.mark.parametrize("done", ["opened", "read", "written", "searched"])
def test_whatever_the_disk_answers_is_dutch(done: str) -> None:
    path = Path("/x/cache.sqlite3")
    for number in _COMMON:
        complaint = str(explain(OSError(number, os.strerror(number)), path, done))
        assert _is_dutch(complaint), complaint
        assert os.strerror(number) not in reason_text(complaint)
        assert cause_text(os.strerror(number)) != os.strerror(number)


@pytest.mark.parametrize("done", ["opened", "read", "written", "searched"])
@pytest.mark.parametrize(
    "code", ["BUSY", "LOCKED", "FULL", "IOERR", "READONLY", "CANTOPEN", "PERM", "CORRUPT", "ERROR"]
)
def test_whatever_the_database_answers_is_dutch(code: str, done: str) -> None:
    error = sqlite3.OperationalError("disk I/O")
    error.sqlite_errorcode = getattr(sqlite3, f"SQLITE_{code}")
    complaint = str(explain(error, Path("/x/cache.sqlite3"), done))
    assert _is_dutch(complaint), (complaint, reason_text(complaint))


def _problems(tmp_path: Path, text: str) -> tuple[str, ...]:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path, {}).problems


def test_whatever_is_wrong_with_a_setting_is_dutch(tmp_path: Path) -> None:
    settings = table_of_settings()
    lines = [f"{name} = 1979-05-27\n" for name in settings]
    tables = [
        f"[{name}]\nmain = 7\nmian = 7\nq = 7\n" for name in settings if settings[name].kind.item
    ]
    wrong = [problem for text in (*lines, *tables) for problem in _problems(tmp_path, text)]
    assert len(wrong) > len(settings)
    many = "".join(f"instelling{number} = 1\n" for number in range(30))
    for problem in (*wrong, *_problems(tmp_path, many), *_problems(tmp_path, "#" * 60_000)):
        assert _is_dutch(problem), (problem, reason_text(problem))


@pytest.mark.parametrize(
    ("text", "dutch"),
    [
        (
            "pages = 99",
            "pages moet een getal van 1 tot 50 zijn, niet 99; dus geldt 1 (config.toml).",
        ),
        ('sync = "soms"', 'sync moet "start", "key", of een aantal minuten van 5 tot 1440 zijn'),
        (
            "pagse = 2",
            'onbekende instelling "pagse", misschien pause (config.toml); deze zijn er',
        ),
        ("pages =", "dit is geen TOML: deze waarde is niet te begrijpen"),
        ("pages = 1 2", "dit is geen TOML: hier hoort de regel op te houden in kolom 11; geen van"),
    ],
)
def test_a_wrong_setting_is_told_with_its_place_last(tmp_path: Path, text: str, dutch: str) -> None:
    told = reason_text(_problems(tmp_path, text)[0]).replace(f"{tmp_path}/", "")
    assert told.startswith(dutch), told


def test_both_languages_tell_the_same_reasons_and_only_what_they_are_given() -> None:
    dutch, english = tables_of("nl"), tables_of("en")
    assert all(english[name].keys() <= dutch[name].keys() for name in english)
    for tables in (dutch, english):
        for table in tables.values():
            for sentence, told in table.items():
                assert told.strip()
                places = _PLACE.findall(sentence)
                assert len(places) == len(set(places)), sentence
                assert set(_PLACE.findall(told)) <= set(places), told


def test_a_sentence_that_nobody_knows_is_shown_as_it_is_without_control_characters() -> None:
    assert reason_text("something\x1b[31m {odd}") == "something {odd}"
    assert reason_text("") == ""
