"""The layers at run time, and names that must not be in the project."""

import ast
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Collection
from pathlib import Path

import pytest

_ROOT = Path(__file__).parent.parent
_SOURCES = sorted((_ROOT / "reader").rglob("*.py"))
_BROAD = {"Exception", "BaseException"}


def _modules_after(*arguments: str) -> set[str]:
    """Return the modules that a command has imported when it ends, in a process of its own."""
    code = (
        "import json, sys, reader.cli.light_msgspec\n"
        "from reader.cli.main import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=_ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "arguments",
    [
        ["--version"],
        ["list"],
        ["list", "--json"],
        ["search", "zee"],
        ["feeds"],
        ["feeds", "suggest"],
    ],
)
def test_a_quick_command_imports_no_heavy_part(arguments: list[str]) -> None:
    heavy = {"textual", "rich", "bs4", "lxml", "httpcore", "typing_extensions", "inspect"}
    assert not heavy & _modules_after(*arguments)


def test_the_first_frame_needs_neither_textual_nor_anything_heavy() -> None:
    modules = "sys, reader.cli.light_msgspec, reader.cli.main, reader.cli.commands.open_reader"
    code = f"import {modules}; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=_ROOT, check=True, capture_output=True, text=True
    )
    ours = {"reader.fetch"}
    heavy = {"textual", "rich.console", "asyncio", "inspect", "bs4", "lxml", "httpcore"} | ours
    assert not heavy & set(done.stdout.split())


def test_a_sync_imports_for_its_requests_only_what_they_need() -> None:
    code = (
        "import sys, reader.cli.light_msgspec, reader.cli.commands.sync, reader.store.feeds\n"
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=_ROOT, check=True, capture_output=True, text=True
    )
    waiting = {"lxml", "bs4", "reader.parse", "reader.programs", "reader.store.ingest.feed_import"}
    needless = {"httpx", "http.cookiejar", "http.client", "urllib.request", "anyio", "trio"}
    assert not (waiting | needless) & set(done.stdout.split())


@pytest.mark.parametrize("arguments", [["list"], ["mark", "1", "--read"], ["feeds", "list"]])
def test_a_command_imports_nothing_of_other_machines_where_no_folder_is_set(
    arguments: list[str],
) -> None:
    assert _of_other_machines(_modules_after(*arguments)) == set()


def _of_other_machines(modules: Collection[str]) -> set[str]:
    """Return what there is for other machines alone; the clock stamps every mark."""
    parts = ("reader.exchange", "reader.devices.", "reader.store.devices")
    return {each for each in modules if each.startswith(parts)} - {"reader.devices.hybrid_clock"}


_SESSION = """
import asyncio, sys
from reader.cli.moment import now
from reader.config import load_settings
from reader.store import Store
from reader.ui.app import ReaderApp
from reader.sync.child_process import Child

async def read():
    settings = load_settings(offline=True)
    with Store(settings.cache_path) as library:
        app = ReaderApp(library, settings, now, Child(settings), empty=True)
        async with app.run_test() as pilot:
            while not library.headlines.ids():
                await pilot.pause(0.1)
            # Until the list has its rows, there is nothing to open.
            while not app.reading_screen.opened:
                await pilot.press("enter")
                await pilot.pause(0.1)
            await pilot.press("space", "n", "tab", "enter", "b", "F", "escape", "O", "?", "escape")
            while not any(each.read for each in library.headlines.load(library.headlines.ids())):
                await pilot.press("space")
                await pilot.pause(0.1)

asyncio.run(read())
print(*sorted(sys.modules))
"""


def test_a_session_on_the_screen_imports_neither_parser_nor_http_client() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _SESSION], cwd=_ROOT, check=True, capture_output=True, text=True
    )
    assert not {"bs4", "lxml", "httpcore", "reader.parse", "reader.fetch"} & set(
        done.stdout.split()
    )


def test_a_session_does_nothing_for_other_machines_where_no_folder_is_set(tmp_path: Path) -> None:
    # Whoever asked the store for anything of other machines would fail.
    refuse = "from reader.store import Store\nStore.devices = property(lambda _: 1 / 0)\n"
    done = subprocess.run(
        [sys.executable, "-c", refuse + _SESSION], cwd=_ROOT, check=True, capture_output=True,
        text=True, env=os.environ | {"ZNREADER_DATA": str(tmp_path)},
    )  # fmt: skip
    assert _of_other_machines(done.stdout.split()) == set()
    assert list(tmp_path.glob("cache.sqlite3"))
    assert not [*tmp_path.glob("device*"), *tmp_path.glob("*.exchange")]


def test_no_class_of_the_screen_is_built_on_more_than_one_of_ours() -> None:
    bases: dict[str, list[str]] = {}
    for path in (_ROOT / "reader" / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                parents = (
                    each.value if isinstance(each, ast.Subscript) else each for each in node.bases
                )
                bases[node.name] = [each.id for each in parents if isinstance(each, ast.Name)]
    ours = {name: [each for each in parents if each in bases] for name, parents in bases.items()}
    chains = {name for name, parents in ours.items() if any(ours[each] for each in parents)}
    assert not chains
    assert not [name for name, parents in ours.items() if len(parents) > 1]


def test_only_the_outermost_handler_is_broad() -> None:
    broad = [
        path.relative_to(_ROOT).as_posix()
        for path in _SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in _BROAD))
    ]
    # That of the program, and that of the threads which fetch.
    assert sorted(broad) == ["reader/cli/main.py", "reader/fetch/pool.py"]


def test_only_the_named_modules_import_anything_on_first_use() -> None:
    late = {
        path.relative_to(_ROOT).as_posix()
        for path in _SOURCES
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    ignores = project["tool"]["ruff"]["lint"]["per-file-ignores"]
    assert late == {path for path, rules in ignores.items() if "PLC0415" in rules}


def test_docstrings_begin_with_what_is_done_or_returned() -> None:
    named = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    found = [
        (path.name, text.splitlines()[0])
        for path in sorted((_ROOT / "reader").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, named) and (text := ast.get_docstring(node))
    ]
    assert len(found) > 1000
    assert not [each for each in found if each[1].split()[0] in {"Have", "Has", "Let", "Lets"}]
