"""Links and articles on the clipboard, articles as files."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from reader.errors import ReaderError
from reader.model import Block
from reader.ui import app as app_module

from .conftest import MakeApp
from .fakes import SITE, edition
from .screens import lines_of, reading, text_of
from .test_reading import press

_NAME = "2026-03-02-doden-en-tientallen-gewonden-door-tramontsporing-milaan"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home folder without a folder for documents."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / ".config"))
    monkeypatch.delenv("XDG_DOCUMENTS_DIR", raising=False)
    return tmp_path


async def test_y_copies_the_link_and_capital_y_the_article(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "y")
        assert app.clipboard == f"{SITE}bericht-0"
        assert "Link copied." in lines_of(app)[-2]
        await press(pilot, "Y")
        assert app.clipboard.startswith("Doden en tientallen gewonden door tramontsporing Milaan\n")
        assert "\n- Bussen vervangen de trams.\n" in app.clipboard
        assert "Article copied." in lines_of(app)[-2]


async def test_of_what_is_not_offline_the_summary_is_copied_and_that_is_said(
    make_app: MakeApp,
) -> None:
    app = make_app(edition(), offline=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "j", "j", "j", "Y")
        assert "Bij de ontsporing zijn donderdagmiddag" in app.clipboard
        assert "Only the headline and summary" in lines_of(app)[-2]


async def test_no_more_is_copied_than_a_terminal_takes(make_app: MakeApp) -> None:
    library = edition()
    vast = (Block("paragraph", "é" * 60_000),)
    library.bodies[1] = replace(library.bodies[1], blocks=vast)
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "Y")
        assert 50_000 < len(app.clipboard.encode()) <= 54_000
        assert "e Export" in lines_of(app)[-2]


async def test_a_headline_without_a_web_address_has_no_link_to_copy(make_app: MakeApp) -> None:
    library = edition()
    kept = library.kept[1]
    library.kept[1] = replace(kept, teaser=replace(kept.teaser, url="file:///etc/passwd"))
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "y")
        assert app.clipboard == ""
        assert "no web address" in lines_of(app)[-2]


async def test_without_a_browser_the_link_is_copied(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def none(_url: str, _lend: object) -> None:
        raise ReaderError("no_browser")

    monkeypatch.setattr(app_module, "open_page", none)
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "o")
        await pilot.pause()
        assert app.clipboard == f"{SITE}bericht-0"
        assert "Link copied. There is no browser here." in lines_of(app)[-2]


async def test_an_article_is_kept_as_markdown_under_the_name_that_is_proposed(
    make_app: MakeApp, home: Path
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "e")
        assert f"~/{_NAME}.md" in text_of(app)
        await press(pilot, "enter")
        assert f"Exported to ~/{_NAME}.md" in lines_of(app)[-2]
    kept = (home / f"{_NAME}.md").read_text(encoding="utf-8")
    assert kept.startswith("# Doden en tientallen")
    assert "\n- Bussen vervangen de trams.\n" in kept


async def test_the_ending_of_the_name_chooses_plain_text(make_app: MakeApp, home: Path) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "e", "backspace", "backspace", "t", "x", "t", "enter")
    assert (home / f"{_NAME}.txt").read_text(encoding="utf-8").startswith("Doden en tientallen")


async def test_a_file_that_is_there_is_never_overwritten(make_app: MakeApp, home: Path) -> None:
    (home / f"{_NAME}.md").write_text("van mij")
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "e")
        assert "This file already exists; this one becomes" in text_of(app)
        await press(pilot, "enter")
    assert (home / f"{_NAME}.md").read_text() == "van mij"
    assert (home / f"{_NAME}-2.md").read_text(encoding="utf-8").startswith("# Doden")


async def test_what_stands_in_the_way_is_said_where_the_name_is_typed(
    make_app: MakeApp, home: Path
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "e", "x")
        assert "The name must end in .md (Markdown) or .txt (plain text)." in text_of(app)
        await press(pilot, "enter")
        await press(pilot, "ctrl+u", *"weg/a.md", "enter")
        assert "cannot be written: there is no such file or folder" in " ".join(
            text_of(app).split()
        )
        await press(pilot, "escape")
        assert app.screen is reading(app)
    assert not list(home.glob("**/*.md"))


@pytest.mark.parametrize("size", [(120, 40), (45, 20)])
async def test_several_articles_are_written_to_the_folder_that_is_asked_for(
    make_app: MakeApp, home: Path, size: tuple[int, int]
) -> None:
    app = make_app(edition())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "V", "j", "space", "e")
        assert not list(home.glob("**/*.md"))
        assert "Export 2 articles to a folder" in text_of(app)
        await press(pilot, *"/nieuws")
        assert app.screen.query_one(Input).value == "~/nieuws"
        assert "does not exist yet and will be made" in " ".join(text_of(app).split())
        await press(pilot, "enter")
        assert "2 articles exported to ~/nieuws" in " ".join(text_of(app).split())
    assert len(list((home / "nieuws").glob("*.md"))) == 2


async def test_several_articles_may_go_to_the_proposed_folder_or_nowhere(
    make_app: MakeApp, home: Path
) -> None:
    (home / "brief.txt").write_text("van mij")
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "V", "j", "space", "e", "escape")
        assert app.screen is reading(app)
        await press(pilot, "e", *"/brief.txt", "enter")
        assert "~/brief.txt cannot be written" in text_of(app)
        await press(pilot, *["backspace"] * len("/brief.txt"), "enter")
        assert "2 articles exported to ~" in lines_of(app)[-2]
    assert len(list(home.glob("*.md"))) == 2
    assert (home / "brief.txt").read_text() == "van mij"


async def test_one_selected_article_is_asked_for_its_name(make_app: MakeApp, home: Path) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "V", "e")
        assert f"~/{_NAME}.md" in text_of(app)
