"""Sharing: links, articles, files."""

from pathlib import Path

from msgspec.structs import replace

from .stage import Stage


def test_the_link_at_the_cursor_is_copied_and_opened(stage: Stage) -> None:
    url = stage.library.kept[2].teaser.url
    stage.headlines.move(1)
    stage.controllers.sharing.copy_link()
    stage.controllers.sharing.open_in_browser()
    assert stage.screen.clipboard == url
    assert stage.screen.opened_urls == [url]


def test_what_is_no_web_address_is_not_handed_on(stage: Stage) -> None:
    kept = stage.library.kept[1]
    stage.library.kept[1] = replace(kept, teaser=replace(kept.teaser, url="file:///etc/passwd"))
    stage.controllers.sharing.open_in_browser()
    assert not stage.screen.opened_urls
    assert stage.screen.said


def test_of_what_is_not_offline_the_summary_is_copied(stage: Stage) -> None:
    stage.headlines.move(4)
    stage.controllers.sharing.copy_article()
    assert str(stage.library.kept[5].teaser.title) in stage.screen.clipboard
    stage.headlines.move(-4)
    stage.controllers.sharing.copy_article()
    assert "winkelier" in stage.screen.clipboard


def test_an_article_is_written_under_the_name_that_is_asked_for(
    stage: Stage, tmp_path: Path
) -> None:
    stage.controllers.sharing.export()
    assert stage.screen.asked_path
    proposed, write, then = stage.screen.asked_path
    written = write(tmp_path / proposed.name)
    then(written)
    assert str(stage.library.kept[1].teaser.title) in written.read_text(encoding="utf-8")
    assert written.name in stage.screen.said


def test_of_many_selected_pages_it_is_said_how_many_were_opened(stage: Stage) -> None:
    stage.state.picked = tuple(range(1, 13))
    stage.controllers.sharing.open_in_browser()
    assert len(stage.screen.opened_urls) == 10
    assert stage.screen.said == "Only the first 10 of 12 pages were opened."
