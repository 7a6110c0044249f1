"""Feeds: following, naming and grouping them, and choosing the text of their articles."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import zip_longest

from msgspec.structs import replace

from reader.config import Settings
from reader.config.feeds import FULL_TEXTS, FollowedFeed
from reader.config.kinds import LABEL
from reader.errors import ReaderError
from reader.events import Event, Stored
from reader.library import Library
from reader.model import Following, Section
from reader.sources.subscriptions import Subscriptions
from reader.sources.suggestions import suggestions
from reader.sync.child_process import Child
from reader.text.sanitize import clean_line
from reader.text.url import address
from reader.ui import wording
from reader.ui.controllers.headlines import HeadlinesController
from reader.ui.controllers.marks import MarksController, TakeBack
from reader.ui.controllers.mutes import MutesController
from reader.ui.controllers.navigation import NavigationController
from reader.ui.controllers.program import Dialogs
from reader.ui.controllers.screen import ScreenAccess
from reader.ui.controllers.sync import SyncController
from reader.ui.state.edition import Edition
from reader.ui.state.feeds import FeedRow, rows_of, with_feeds
from reader.ui.state.notices import notice_of
from reader.ui.state.screen_state import ScreenState

_GROUP, _UNDO = "feeds", "feeds-undo"
# Changes the first feed into the second in the list of feeds.
_Change = Callable[[FollowedFeed, FollowedFeed], object]


class FeedsController:
    """Changes which feeds are followed; every method may raise ReaderError."""

    def __init__(
        self,
        library: Library,
        edition: Edition,
        state: ScreenState,
        screen: ScreenAccess,
        *,
        child: Child,
        settings: Settings,
        headlines: HeadlinesController,
        marks: MarksController,
        sync: SyncController,
        navigation: NavigationController,
        mutes: MutesController,
        dialogs: Dialogs,
        now: Callable[[], datetime],
    ) -> None:
        self._library = library
        self._child = child
        self._edition = edition
        self._state = state
        self._screen = screen
        self._settings = settings
        self._headlines = headlines
        self._marks = marks
        self._sync = sync
        self._navigation = navigation
        self._mutes = mutes
        self._dialogs = dialogs
        self._now = now
        self._subscriptions = Subscriptions(settings, library.feeds)
        # The feeds found at a pasted address, if there are several: their titles by address.
        self._found: dict[str, str] = {}
        # How to revert each choice of this session that was not reverted yet, the last one last.
        self._choices: list[TakeBack] = []
        self._adding = False
        # The pasted address that led to no feed, to be corrected.
        self._without_feed = ""
        self.selected: FeedRow | None = None
        self.added: str | None = None
        self.redraw: Callable[[], object] = lambda: None

    # Following.

    def choose(self) -> None:
        """Show the sections of the site and the feeds, to choose what is fetched."""
        self._found = {}
        self.selected = self.added = None
        self._dialogs.choose_followed(self._sync.last_failures, self)

    def followings(self) -> list[Following]:
        """Return all sections, those of which only news is known last."""
        return [*self._library.sources.followings(), *self._without_page()]

    def _without_page(self) -> list[Following]:
        """Return the sections that have news, or are muted, but no known page."""
        known = {each.section.name.casefold() for each in self._library.sources.followings()}
        known |= {feed.section.casefold() for feed in self._subscriptions.load().feeds}
        known |= {row.name.casefold() for row in self.rows() if row.kind == "feed"}
        muted = [rule.name for rule in self._library.mutes.all() if rule.kind == "section"]
        left = self._news_left()
        found = dict.fromkeys(muted, False)
        found |= {
            each.name: True
            for each in self._library.headlines.sections()
            if each.total > left[each.name.casefold()]
        }
        return [
            Following(Section(name, ""), followed)
            for name, followed in sorted(found.items(), key=lambda each: each[0].casefold())
            if name.casefold() not in known
        ]

    def _news_left(self) -> Counter[str]:
        """Return how many items each section has from feeds that are no longer followed."""
        left: Counter[str] = Counter()
        for state in self._library.feeds.states():
            if state.position is None and state.section:
                left[state.section.casefold()] += state.total
        return left

    def follow(self, sections: Sequence[Section], followed: bool) -> list[Section]:
        """Set whether sections are followed, or muted if they have no page; return those changed.

        One undo reverts it.
        """
        pages = [each for each in sections if each.url and self._sync.follow(each, followed)]
        if pages:
            self._note_choice(lambda: self._follow_again(pages, not followed))
        return pages + [
            each
            for each in sections
            if not each.url
            and self._mutes.mute_section(each.name, muted=not followed, note=self._note_choice)
        ]

    def _follow_again(self, sections: Sequence[Section], followed: bool) -> str:
        for each in sections:
            self._sync.follow(each, followed)
        if len(sections) > 1:
            code = "follow.all-back" if followed else "follow.all-left"
            return wording.say(code, count=len(sections))
        return wording.say("feeds.back" if followed else "feeds.left", name=sections[0].name)

    def rows(self) -> list[FeedRow]:
        """Return the followed feeds, the found ones, and sites that may be followed."""
        followed = self._subscriptions.load()
        states = self._library.feeds.states()
        rows = rows_of(followed.feeds, states, followed.settled)
        known = {row.key for row in rows} | {address(state.url) for state in states}
        often = Counter(self._found.values())
        rows += [
            FeedRow("found", url, title if title and often[title] == 1 else url)
            for url, title in self._found.items()
            if address(url) not in known
        ]
        names = {row.name.casefold() for row in rows}
        rows += [
            FeedRow("suggested", each.url or each.home or "", each.name, each.section)
            for each in suggestions()
            if (each.url or each.home) and each.name.casefold() not in names
        ]
        return rows

    def toggle(self, row: FeedRow) -> None:
        """Mute or unmute a feed; follow one that is not followed yet."""
        if row.kind != "feed":
            name = row.name if row.kind == "suggested" else ""
            self._add(FollowedFeed(row.key, name, row.section))
            return
        feed = self._feed(row)
        self._change(
            self._subscriptions.replace, feed, replace(feed, muted=not feed.muted), row.name
        )

    def add(self) -> None:
        """Ask for the address of a feed, or of a page that offers one, and follow it."""
        self._dialogs.ask_text("add", self._without_feed, self._add_address)

    def rename(self) -> None:
        """Ask for a name for the selected feed."""
        row = self._selected_feed()
        if row is not None:
            self._dialogs.ask_text("rename", row.name, lambda text: self._rename(row, text))

    def regroup(self) -> None:
        """Ask for a group for the selected feed."""
        row = self._selected_feed()
        if row is not None:
            self._dialogs.ask_text("regroup", row.section, lambda text: self._regroup(row, text))

    def next_full_text(self) -> None:
        """Switch the selected feed's articles to the next choice of text from now on."""
        row = self._selected_feed()
        if row is not None:
            feed = self._feed(row)
            following = FULL_TEXTS[(FULL_TEXTS.index(feed.full_text) + 1) % len(FULL_TEXTS)]
            self._change(
                self._subscriptions.replace, feed, replace(feed, full_text=following), row.name
            )
            self._screen.say(wording.say(f"feeds.full-text-{following}", name=row.name))

    def unsubscribe(self) -> None:
        """Unsubscribe from the selected feed; its news stays."""
        row = self._selected_feed()
        if row is None:
            return
        feed = self._feed(row)
        place = self._subscriptions.remove(feed)
        self._note_choice(lambda: self._restore(feed, place, row.name))
        self._changed()
        self._screen.show_notice(notice_of("feeds.removed", name=row.name))

    def _restore(self, feed: FollowedFeed, place: int, name: str) -> str:
        """Restore a feed to its place in the list; return the message."""
        self._subscriptions.restore(feed, place)
        self.added = feed.key
        self._changed()
        return wording.say("feeds.back", name=name)

    def _change(self, by: _Change, feed: FollowedFeed, other: FollowedFeed, name: str) -> None:
        """Change a feed, known by `name` in the list until now, into another form of it."""
        if other == feed:
            return
        by(feed, other)
        self._note_choice(lambda: self._change_back(by, other, feed, name))
        self._changed()

    def _change_back(self, by: _Change, feed: FollowedFeed, other: FollowedFeed, name: str) -> str:
        by(feed, other)
        self._changed()
        return wording.say("feeds.as-before", name=name)

    # Undo.

    def undo(self) -> None:
        """Revert the last choice that was made among the followed and not reverted yet."""
        self._screen.start(_UNDO, self._undo)

    async def _undo(self) -> None:
        if self._choices:
            self._screen.say(await self._take_back(self._choices[-1]))
            self._headlines.reread()
        else:
            self._screen.say(wording.say("undo.nothing"))

    def _note_choice(self, take_back: TakeBack) -> None:
        """Record how to revert a choice, for the undo of the dialog and of the main screen."""
        self._choices.append(take_back)
        self._marks.note_act(lambda: self._take_back(take_back))

    async def _take_back(self, choice: TakeBack) -> str:
        """Revert a choice; return the message, "" if that was done already."""
        if choice not in self._choices:
            return ""
        self._choices.remove(choice)
        text = choice()
        if not isinstance(text, str):
            text = await text
        self.redraw()
        return text

    def _selected_feed(self) -> FeedRow | None:
        row = self.selected
        if row is None or row.kind != "feed":
            self._screen.say(wording.say("feeds.none-selected"))
            return None
        return row

    def _feed(self, row: FeedRow) -> FollowedFeed:
        found = next((f for f in self._subscriptions.load().feeds if f.key == row.key), None)
        if found is None:
            raise ReaderError("no_such_feed", feed=row.name)
        return found

    def _rename(self, row: FeedRow, text: str | None) -> None:
        # The proposed name may be the feed's own title, which is to change with the feed.
        if text is not None and text != row.name and LABEL.allows(text):
            feed = self._feed(row)
            self._change(
                self._subscriptions.rename, feed, replace(feed, name=clean_line(text)), row.name
            )

    def _regroup(self, row: FeedRow, text: str | None) -> None:
        if text is not None and text != row.section and LABEL.allows(text):
            feed = self._feed(row)
            self._change(
                self._subscriptions.rename, feed, replace(feed, section=clean_line(text)), row.name
            )

    def _changed(self) -> None:
        """Show the current list of feeds, and why it could not be written, if it could not."""
        if self._subscriptions.unwritten:
            self._screen.errors.show(self._subscriptions.unwritten)
        self.redraw()
        self._headlines.reread()

    # Adding a feed.

    def _add_address(self, text: str | None) -> None:
        if text and text.strip():
            self._without_feed = text.strip()
            self._add(FollowedFeed(self._without_feed), is_pasted=True)

    def _add(self, feed: FollowedFeed, *, is_pasted: bool = False) -> None:
        if self._state.network.offline:
            self._screen.say(wording.say("feeds.offline"))
        elif self._adding:
            self._screen.say(wording.say("feeds.already-adding"))
        else:
            self._adding = True
            self._screen.say(wording.say("feeds.looking", url=feed.url))
            self._screen.start(_GROUP, lambda: self._look_for(feed, is_pasted=is_pasted))

    async def _look_for(self, feed: FollowedFeed, *, is_pasted: bool) -> None:
        """Find and fetch a feed in the child; if a page offers several, show them."""
        stored: list[Stored] = []
        before = self._keys()

        def tell(event: Event) -> None:
            if isinstance(event, Stored):
                stored.append(event)

        try:
            await self._child.add_feed(feed, tell)
        except ReaderError as error:
            found, titles = error.arguments.get("feeds"), error.arguments.get("titles")
            if error.code != "several_feeds" or not isinstance(found, tuple):
                raise
            named = titles if isinstance(titles, tuple) else ()
            self._found = {
                str(url): clean_line(str(title))
                for url, title in zip_longest(found, named[: len(found)], fillvalue="")
            }
            self._without_feed = ""
            self._screen.say(wording.say("feeds.several", count=len(self._found)))
        else:
            self._without_feed = ""
            name, new = (stored[-1].source, stored[-1].new) if stored else (feed.url, 0)
            self._screen.say(wording.say_count("feeds.added", new, name=name))
            self._found = {}
            new_keys = self._keys() - before
            self.added = next(iter(new_keys), None) if is_pasted else None
            if new_keys:
                self._note_choice(lambda: self._leave(new_keys, name))
        finally:
            self._adding = False
            self.redraw()
            self._headlines.reread()

    def _leave(self, keys: set[str], name: str) -> str:
        """Unsubscribe from feeds that were added; return the message."""
        for feed in self._subscriptions.load().feeds:
            if feed.key in keys:
                self._subscriptions.remove(feed)
        self._changed()
        return wording.say("feeds.left", name=name)

    def _keys(self) -> set[str]:
        return {feed.key for feed in self._subscriptions.load().feeds}

    # Views and texts.

    def choose_view(self) -> None:
        """Choose a view from a list of all, with the feeds of each group below it."""
        self._edition.admit_new()
        choices = self._edition.choices()
        states, language = self._library.feeds.states(), self._settings.language
        self._dialogs.choose_view(
            with_feeds(choices, states, self._now(), language),
            self._edition.view,
            self._navigation.go_to_view,
        )

    def toggle_text(self) -> None:
        """Switch the opened article between the text of its page and that of its feed."""
        opened = self._state.opened
        url = opened.headline.teaser.url if opened else None
        shown = self._library.feeds.shown(opened.headline.id) if opened else None
        if opened is None or shown is None:
            self._screen.say(wording.say("feeds.no-text"), about="article")
        elif url is None or self._library.headlines.find(url) != opened.headline.id:
            # Entries may have no link, or all link to the same page.
            self._screen.say(wording.say("feeds.no-page"), about="article")
        elif shown == "page":
            self._library.feeds.choose(url, "feed")
            self._headlines.reread()
            self._screen.show_notice(notice_of("feeds.text-of-feed", about="article"))
        elif self._state.network.offline:
            self._screen.say(wording.say("notice.kept-back-offline"))
        else:
            self._screen.say(wording.say("feeds.fetching-page"), about="article")
            self._sync.fetch_accepted(opened.headline)
