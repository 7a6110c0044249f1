"""Feeds on the screen: followed, muted, renamed, unsubscribed and restored, and their texts."""

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from reader.config import Settings
from reader.config.feeds import FollowedFeed, feed_list
from reader.config.loader import read_feeds
from reader.errors import ReaderError, reason
from reader.events import Done, Failed, Stored
from reader.model import FeedState, Selection
from reader.ui.app import ReaderApp
from reader.ui.state.edition import Edition
from reader.ui.state.empty_list import empty_notice
from reader.ui.state.values import View

from .fake_child import FakeChild, wait_until_asked
from .fakes import NOW, FakeLibrary, edition
from .quiet import until
from .screens import reading, text_of
from .test_reading import press

HAVEN = FollowedFeed("https://haven.test/rss", section="Kust")
STRAND = FollowedFeed("https://strand.test/atom", name="Strandpost", section="Kust")


@pytest.fixture
def library() -> FakeLibrary:
    """Return an edition with two feeds, one of which fails, and some of their news."""
    found = edition()
    first, second, *_ = found.kept
    for number, name in ((first, "Havenlog"), (second, "Strandpost")):
        one = found.kept[number]
        teaser = replace(one.teaser, section="Kust")
        found.kept[number] = replace(one, teaser=teaser, source=name)
    found.feeds.known = [
        FeedState(
            HAVEN.key, HAVEN.url, "Havenlog", "Havenlog", checked=NOW, section="Kust", position=0,
            total=1, unread=1,
        ),
        FeedState(
            STRAND.key, STRAND.url, "Strandpost", "Strand", section="Kust", position=1, total=1,
            failure=reason("http_status", status=410), gone=True,
        ),
    ]  # fmt: skip
    return found


@pytest.fixture
def followed(settings: Settings) -> Path:
    """Write the list of feeds, and return its file."""
    path = settings.config_path.with_name("feeds.toml")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(feed_list([HAVEN, STRAND]), encoding="utf-8")
    return path


def feeds_in(path: Path) -> list[FollowedFeed]:
    return list(read_feeds(path).feeds)


async def go_to(pilot: Pilot[None], app: ReaderApp, name: str) -> None:
    """Open the dialog and put its cursor on a feed."""
    await press(pilot, "F")
    feeds = reading(app).controllers.feeds
    for _ in range(80):
        if feeds.selected is not None and feeds.selected.name == name:
            return
        await press(pilot, "j")
    raise AssertionError(name)


async def follow_pasted(pilot: Pilot[None], child: FakeChild, followed: Path) -> None:
    """Paste the address of a feed in the dialog, and have the child follow and fetch it."""
    await press(pilot, "F", "n", *"https://los.test/rss", "enter")
    await wait_until_asked(pilot, child)
    new = FollowedFeed("https://los.test/rss", "Los blad")
    followed.write_text(feed_list([*feeds_in(followed), new]), encoding="utf-8")
    child.tell(Stored(new.url, "feed", 3, source="Los blad"), Done(reached=True))


async def test_feeds_stand_below_the_sections_with_their_failures(
    library: FakeLibrary, settings: Settings, followed: Path
) -> None:
    app = ReaderApp(library, settings, lambda: NOW, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "F")
        await until(pilot, lambda: "Havenlog" in text_of(app))
        shown = text_of(app)
        assert shown.index("Tholen") < shown.index("Feeds") < shown.index("[x] Havenlog")
        assert "The page no longer" in shown
        assert "[+] PZC" in shown


async def test_what_is_said_in_the_dialog_is_wrapped_anew_in_a_narrower_window(
    library: FakeLibrary, settings: Settings, followed: Path
) -> None:
    app = ReaderApp(library, settings, lambda: NOW, FakeChild())
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, "F", "d")
        await until(pilot, lambda: "First choose a feed that you follow." in text_of(app))
        await pilot.resize_terminal(45, 20)
        await until(pilot, lambda: app.screen.query_one("#follow-notice").size == (45, 2))


async def test_a_feed_is_muted_and_renamed_and_put_in_a_group(
    library: FakeLibrary, settings: Settings, followed: Path
) -> None:
    app = ReaderApp(library, settings, lambda: NOW, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await go_to(pilot, app, "Havenlog")
        await press(pilot, "space")
        assert feeds_in(followed)[0].muted
        await until(pilot, lambda: "[ ] Havenlog" in text_of(app))
        await press(pilot, "space")
        assert not feeds_in(followed)[0].muted
        await press(pilot, "e", "ctrl+u", *"De haven", "enter")
        await until(pilot, lambda: "[x] De haven" in text_of(app))
        assert feeds_in(followed)[0].name == "De haven"
        await press(pilot, "g", "ctrl+u", *"Zee", "enter")
        await until(pilot, lambda: feeds_in(followed)[0].section == "Zee")
        assert library.feeds.described[-1].section == "Zee"


async def test_a_name_and_a_group_that_are_left_as_proposed_change_nothing(
    library: FakeLibrary, settings: Settings, followed: Path
) -> None:
    app = ReaderApp(library, settings, lambda: NOW, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await go_to(pilot, app, "Havenlog")
        await press(pilot, "e", "enter", "e", "ctrl+u", "enter", "g", "enter")
        await until(pilot, lambda: "[x] Havenlog" in text_of(app))
        assert feeds_in(followed) == [HAVEN, STRAND]
        await press(pilot, "U")
        await until(pilot, lambda: "There is nothing to undo." in text_of(app))


async def test_a_feed_is_unsubscribed_and_taken_back(
    library: FakeLibrary, settings: Settings, followed: Path
) -> None:
    app = ReaderApp(library, settings, lambda: NOW, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await go_to(pilot, app, "Strandpost")
        await press(pilot, "d")
        assert feeds_in(followed) == [HAVEN]
        assert library.feeds.left == [STRAND.key]
        await press(pilot, "escape", "U")
        await until(pilot, lambda: feeds_in(followed) == [HAVEN, STRAND])
        assert len(reading(app).ids) == 36


async def test_what_was_chosen_for_a_feed_is_undone_step_by_step(
    library: FakeLibrary, settings: Settings, followed: Path
) -> None:
    app = ReaderApp(library, settings, lambda: NOW, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await go_to(pilot, app, "Havenlog")
        await press(pilot, "space", "t", "e", "ctrl+u", *"De haven", "enter")
        await until(pilot, lambda: feeds_in(followed)[0].name == "De haven")
        await press(pilot, "U")
        await until(pilot, lambda: feeds_in(followed)[0].name == HAVEN.name)
        await press(pilot, "U")
        await until(pilot, lambda: feeds_in(followed)[0].full_text == HAVEN.full_text)
        await until(pilot, lambda: "[ ] Havenlog" in text_of(app))
        await press(pilot, "escape", "U")
        await until(pilot, lambda: feeds_in(followed) == [HAVEN, STRAND])
        await until(pilot, lambda: "Havenlog is as it was before." in text_of(app))


async def test_a_feed_that_was_just_followed_is_unfollowed_by_undo(
    library: FakeLibrary, settings: Settings, followed: Path
) -> None:
    child = FakeChild()
    app = ReaderApp(library, replace(settings, sync="key"), lambda: NOW, child)
    async with app.run_test(size=(120, 40)) as pilot:
        await follow_pasted(pilot, child, followed)
        await until(pilot, lambda: "Los blad is followed: 3 new headlines." in text_of(app))
        await press(pilot, "U")
        await until(pilot, lambda: feeds_in(followed) == [HAVEN, STRAND])
        await until(pilot, lambda: "Los blad is no longer followed." in text_of(app))


async def test_what_was_done_last_is_taken_back_first(
    library: FakeLibrary, settings: Settings, followed: Path
) -> None:
    app = ReaderApp(library, settings, lambda: NOW, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await go_to(pilot, app, "Havenlog")
        await press(pilot, "d", "U")
        # Its name is its own title, as in the list.
        await until(pilot, lambda: "Havenlog is followed again." in text_of(app))
        await press(pilot, "d", "escape", "s")
        first = reading(app).ids[0]
        await until(pilot, lambda: library.kept[first].saved)
        await press(pilot, "U")
        await until(pilot, lambda: not library.kept[first].saved)
        assert feeds_in(followed) == [STRAND]
        await press(pilot, "U")
        # It is at its old place, and so is its group.
        await until(pilot, lambda: feeds_in(followed) == [HAVEN, STRAND])
        assert library.feeds.described[-1].position == 0


async def test_a_feed_has_whose_text_is_chosen(
    library: FakeLibrary, settings: Settings, followed: Path
) -> None:
    app = ReaderApp(library, settings, lambda: NOW, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await go_to(pilot, app, "Havenlog")
        await press(pilot, "t")
        await until(pilot, lambda: feeds_in(followed)[0].full_text == "feed")
        await until(pilot, lambda: "unread · text of the feed" in text_of(app))
        await press(pilot, "t")
        await until(pilot, lambda: feeds_in(followed)[0].full_text == "page")
        await until(pilot, lambda: "unread · text of the page" in text_of(app))
        await press(pilot, "t")
        await until(pilot, lambda: feeds_in(followed)[0].full_text == "auto")
        await until(pilot, lambda: "unread · text" not in text_of(app))


async def test_what_the_settings_name_is_not_changed_here(
    library: FakeLibrary, settings: Settings
) -> None:
    settings = replace(settings, feeds=(HAVEN,))
    app = ReaderApp(library, settings, lambda: NOW, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await go_to(pilot, app, "Havenlog")
        await press(pilot, "d", "escape")
        await until(pilot, lambda: "settings file" in text_of(app))


async def test_a_pasted_address_is_looked_up_and_followed(
    library: FakeLibrary, settings: Settings, followed: Path
) -> None:
    child = FakeChild()
    app = ReaderApp(library, replace(settings, sync="key"), lambda: NOW, child)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "F", "n", *"https://los.test/", "enter")
        await wait_until_asked(pilot, child)
        assert child.asked == ["add https://los.test/"]
        child.tell(Stored("https://los.test/rss", "feed", 3, source="Los blad"), Done(reached=True))
        await press(pilot, "escape")
        await until(pilot, lambda: "Los blad is followed: 3 new headlines." in text_of(app))


async def test_an_address_without_a_feed_is_proposed_again_to_be_corrected(
    library: FakeLibrary, settings: Settings, followed: Path
) -> None:
    child = FakeChild()
    app = ReaderApp(library, replace(settings, sync="key"), lambda: NOW, child)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "F", "n", *"https://los.test/rs", "enter")
        await wait_until_asked(pilot, child)
        child.end_with(ReaderError("page_without_feed", url="https://los.test/rs"))
        await until(pilot, lambda: "offers no feed" in text_of(app))
        await press(pilot, "n", "right", "s", "enter")
        await wait_until_asked(pilot, child, 2)
        assert child.asked[-1] == "add https://los.test/rss"
        child.end_with(ReaderError("page_for_feed"))
        await until(pilot, lambda: "A page came in place" in text_of(app))
        await press(pilot, "n", *"elders.test", "enter")
        await wait_until_asked(pilot, child, 3)
        assert child.asked[-1] == "add elders.test"
        child.tell(Stored("https://elders.test/rss", "feed", 1, source="El"), Done(reached=True))
        await until(pilot, lambda: "El is followed" in text_of(app))
        await press(pilot, "n", *"nog.test", "enter")
        await wait_until_asked(pilot, child, 4)
        assert child.asked[-1] == "add nog.test"


async def test_the_cursor_goes_to_a_feed_that_was_just_added(
    library: FakeLibrary, settings: Settings, followed: Path
) -> None:
    child = FakeChild()
    app = ReaderApp(library, replace(settings, sync="key"), lambda: NOW, child)
    async with app.run_test(size=(120, 40)) as pilot:
        await follow_pasted(pilot, child, followed)
        await until(pilot, lambda: reading(app).controllers.feeds.selected is not None)
        await press(pilot, "e", "ctrl+u", *"Strandblad", "enter")
        await until(pilot, lambda: feeds_in(followed)[-1].name == "Strandblad")


async def test_of_several_feeds_of_a_page_one_is_chosen(
    library: FakeLibrary, settings: Settings, followed: Path
) -> None:
    child = FakeChild()
    app = ReaderApp(library, replace(settings, sync="key"), lambda: NOW, child)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "F", "n", *"los.test", "enter")
        await wait_until_asked(pilot, child)
        found = ["https://los.test/alles", "https://los.test/sport"]
        child.end_with(ReaderError("several_feeds", feeds=found, titles=["", "Los sport"]))
        await until(pilot, lambda: "[+] Los sport" in text_of(app))
        assert "[+] https://los.test/alles" in text_of(app)
        feeds = reading(app).controllers.feeds
        while feeds.selected is None or feeds.selected.key != found[1]:
            await press(pilot, "j")
        await press(pilot, "space")
        await wait_until_asked(pilot, child, 2)
        assert child.asked[-1] == "add https://los.test/sport"


async def test_s_lists_the_feeds_below_their_group(
    library: FakeLibrary, settings: Settings, followed: Path
) -> None:
    app = ReaderApp(library, settings, lambda: NOW, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "S")
        await until(pilot, lambda: "Strandpost" in text_of(app))
        lines = text_of(app).splitlines()
        group = next(place for place, line in enumerate(lines) if "Kust · " in line)
        assert "  Havenlog · 1 unread of 1" in lines[group + 1]
        assert "The page no longer" in lines[group + 2]
        await press(pilot, *"havenlog", "enter")
        await until(pilot, lambda: reading(app).status.view == "Havenlog")
        selection = reading(app).edition.view.selection
        assert (selection.section, selection.source) == ("Kust", HAVEN.key)


def test_a_feed_without_news_says_why_it_brought_none(library: FakeLibrary) -> None:
    view = View("Strandpost", Selection(section="Kust", source=STRAND.key))
    edition_of_feed = cast(Edition, SimpleNamespace(view=view, words=""))
    assert empty_notice(library, edition_of_feed, NOW).startswith("The page no longer exists")


async def test_a_headline_names_its_feed(
    library: FakeLibrary, settings: Settings, followed: Path
) -> None:
    app = ReaderApp(library, settings, lambda: NOW, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "Havenlog" in text_of(app)
        assert "Strandpost" in text_of(app)
        await press(pilot, "enter")
        await until(pilot, lambda: "KUST · HAVENLOG" in text_of(app))


async def test_x_goes_from_the_text_of_the_feed_to_that_of_the_page_and_back(
    library: FakeLibrary, settings: Settings, followed: Path
) -> None:
    child = FakeChild()
    number = next(iter(library.kept))
    app = ReaderApp(library, replace(settings, sync="key"), lambda: NOW, child)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "X")
        assert "This article is not from a feed." in text_of(app)
        library.feeds.texts[number] = "feed"
        await press(pilot, "X")
        url = library.kept[number].teaser.url or ""
        await until(pilot, lambda: f"accept {url}" in child.asked)
        child.tell(Done(reached=True, articles=1))
        library.feeds.texts[number] = "page"
        await press(pilot, "X")
        assert library.feeds.chosen == [(url, "feed")]
        assert "This is the text of the feed." in text_of(app)


async def test_x_fetches_no_page_that_is_not_of_the_article_alone(
    library: FakeLibrary, settings: Settings, followed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = FakeChild()
    number = next(iter(library.kept))
    library.feeds.texts[number] = "feed"
    monkeypatch.setattr(library.headlines, "find", lambda _: None)
    app = ReaderApp(library, settings, lambda: NOW, child)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "X")
        assert "This article has no page of its own." in text_of(app)
        assert not child.asked


async def test_why_the_text_of_the_feed_is_shown_is_said(
    library: FakeLibrary, settings: Settings, followed: Path
) -> None:
    number = next(iter(library.kept))
    library.feeds.reasons[number] = reason("page_says_less")
    app = ReaderApp(library, settings, lambda: NOW, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        await until(pilot, lambda: "hardly more text than the feed" in text_of(app))


async def test_a_page_that_cannot_be_fetched_for_its_text_is_told(
    library: FakeLibrary, settings: Settings, followed: Path
) -> None:
    child = FakeChild()
    number = next(iter(library.kept))
    library.feeds.texts[number] = "feed"
    app = ReaderApp(library, settings, lambda: NOW, child)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "X")
        await wait_until_asked(pilot, child)
        url = library.kept[number].teaser.url or ""
        why = Failed(url, reason("http_status", status=404))
        child.tell(why, Done(reached=True, failures=(why,)))
        await until(pilot, lambda: "The page no longer exists" in text_of(app))
