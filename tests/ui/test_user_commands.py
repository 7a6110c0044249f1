"""The user's own commands: their keys, palette and help, and their runs on the article."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.config.user_commands import UserCommand
from reader.ui.app import ReaderApp
from reader.ui.commands import key_map

from .clock import Clock
from .conftest import MakeApp
from .fakes import edition
from .quiet import until
from .screens import text_of, told
from .test_reading import press

# Writes its arguments, and the file and its rights where the last one is a path, to a file.
_NOTE = (
    "import os, sys; f = sys.argv[-1]; is_file = os.path.isfile(f);"
    " open(sys.argv[1], 'w').write(repr((sys.argv[2:], is_file and open(f).read(),"
    " is_file and oct(os.stat(f).st_mode & 0o777))))"
)


@pytest.fixture(autouse=True)
def _usual_keys() -> Iterator[None]:
    yield
    key_map.apply_keys({})


def noting(path: Path, *arguments: str, **more: object) -> UserCommand:
    """Return a command that notes in a file with what it was run."""
    run = (sys.executable, "-c", _NOTE, str(path), *arguments)
    return UserCommand(run, **more)  # type: ignore[arg-type]


@pytest.fixture
def lent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note when the terminal is left and taken back."""
    happened: list[str] = []

    @contextmanager
    def suspend(_: ReaderApp) -> Iterator[None]:
        happened.append("left")
        yield
        happened.append("back")

    monkeypatch.setattr(ReaderApp, "suspend", suspend)
    return happened


def noted(path: Path) -> Callable[[], bool]:
    return lambda: path.exists() and path.read_text(encoding="utf-8").endswith(")")


async def test_a_key_runs_a_program_of_the_terminal_on_the_article(
    make_app: MakeApp, tmp_path: Path, lent: list[str]
) -> None:
    library, note = edition(), tmp_path / "noted"
    kept = library.kept[1]
    library.kept[1] = replace(kept, teaser=replace(kept.teaser, title="-x $(id); 'rm' {url}"))
    command = noting(note, "{url}", "--", "{title}", "{file}", key="B", label="Tonen")
    app = make_app(library, commands={"toon": command})
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "B")
        await until(pilot, lambda: lent == ["left", "back"])
        arguments, text, rights = eval(note.read_text(encoding="utf-8"))  # noqa: S307 - our own
        url, dashes, title, path = arguments
        assert (url, dashes, title) == (kept.teaser.url, "--", "-x $(id); 'rm' {url}")
        assert "winkelier" in text
        assert rights == "0o600"
        assert not Path(path).exists()


async def test_the_text_names_its_feed_and_what_was_left_behind_is_removed(
    make_app: MakeApp, tmp_path: Path, lent: list[str]
) -> None:
    library, note = edition(), tmp_path / "noted"
    library.kept[1] = replace(library.kept[1], source="Havenlog")
    app = make_app(library, commands={"toon": noting(note, "{file}", key="B")})
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "B")
        await until(pilot, lambda: lent == ["left", "back"])
        (path,), text, _ = eval(note.read_text(encoding="utf-8"))  # noqa: S307 - our own
        assert "Havenlog" in text
        folder = Path(path).parent
        assert folder.stat().st_mode & 0o777 == 0o700
        old, young, other = (folder / each for each in ("znreader-a.txt", "znreader-b.txt", "c"))
        for each in (old, young, other):
            each.touch()
        for each in (old, other):
            os.utime(each, (0, 0))
        await press(pilot, "B")
        await until(pilot, lambda: lent == ["left", "back"] * 2)
        assert set(folder.iterdir()) == {young, other}


async def test_a_title_that_no_program_can_be_given_is_told(
    make_app: MakeApp, lent: list[str]
) -> None:
    run = (sys.executable, "-c", "", "a\0b")
    app = make_app(edition(), commands={"toon": UserCommand(run, "B", terminal=False)})
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "B")
        await until(pilot, lambda: "a character that no program can be given" in told(app))


async def test_a_program_beside_the_reader_leaves_the_terminal_alone(
    make_app: MakeApp, tmp_path: Path, lent: list[str]
) -> None:
    note = tmp_path / "noted"
    command = noting(note, "{file}", key="B", terminal=False)
    app = make_app(edition(), commands={"toon": command})
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "B")
        await until(pilot, noted(note))
        assert told(app) == "‘toon’ started."
        assert not lent
        path = eval(note.read_text(encoding="utf-8"))[0][0]  # noqa: S307 - our own
        await until(pilot, lambda: not os.path.exists(path))


async def test_it_is_found_in_the_palette_and_in_the_help(make_app: MakeApp, clock: Clock) -> None:
    app = make_app(
        edition(), commands={"w3m": UserCommand(("w3m", "{url}"), "g x", "Toon in het klein")}
    )
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g")
        clock.passes(1.0)
        await until(pilot, lambda: "Toon in het klein" in text_of(app))
        await press(pilot, "escape", "ctrl+p", *"klein")
        await until(pilot, lambda: "Toon in het klein  g x" in text_of(app))
        await press(pilot, "escape", "escape", "?", *"klein")
        await until(pilot, lambda: "Toon in het klein. Runs: w3m {url}" in text_of(app))
        assert "Your own commands" in text_of(app)


async def test_a_key_that_is_taken_stays_what_it_was_and_that_is_told(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library, commands={"w3m": UserCommand(("w3m", "{url}"), "s")})
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "own.w3m both want s" in told(app))
        await press(pilot, "s")
        assert library.kept[1].saved


async def test_the_settings_of_keys_count_for_it_as_for_any_other(
    make_app: MakeApp, tmp_path: Path, lent: list[str]
) -> None:
    app = make_app(
        edition(),
        commands={"toon": noting(tmp_path / "noted", "{url}", key="B")},
        keys={"own.toon": ("ctrl+b",), "list.page-up": ("pageup",), "article.page-up": ()},
    )
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "B")
        await press(pilot, "ctrl+b")
        await until(pilot, lambda: lent == ["left", "back"])


@pytest.mark.parametrize("address", [None, "file:///etc/passwd", "-x", "javascript:alert(1)"])
async def test_only_a_web_address_is_handed_on(
    make_app: MakeApp, tmp_path: Path, lent: list[str], address: str | None
) -> None:
    library = edition()
    kept = library.kept[1]
    library.kept[1] = replace(kept, teaser=replace(kept.teaser, url=address))
    app = make_app(library, commands={"toon": noting(tmp_path / "noted", "{url}", key="B")})
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "B")
        assert told(app) == "This headline has no web address."
        assert not lent


@pytest.mark.parametrize(
    ("run", "tells"),
    [
        (("no-such-program", "{url}"), "cannot be started: there is no such file or folder"),
        (
            (sys.executable, "-c", "raise SystemExit(3)"),
            "failed with status 3. Run it in a terminal",
        ),
    ],
)
@pytest.mark.parametrize("terminal", [True, False])
async def test_what_fails_is_told(
    make_app: MakeApp, lent: list[str], run: tuple[str, ...], tells: str, terminal: bool
) -> None:
    app = make_app(edition(), commands={"toon": UserCommand(run, "B", terminal=terminal)})
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "B")
        await until(pilot, lambda: tells in told(app))
