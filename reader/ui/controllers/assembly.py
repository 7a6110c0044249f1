"""Assembles the controllers, each with only the few objects that it needs."""

from collections.abc import Callable
from datetime import datetime
from time import monotonic

from msgspec import Struct

from reader.config import Settings
from reader.library import Library
from reader.sync.child_process import Child
from reader.ui.controllers.changes import ChangesController
from reader.ui.controllers.devices import DevicesController
from reader.ui.controllers.feeds import FeedsController
from reader.ui.controllers.filter import FilterController
from reader.ui.controllers.find import FindController
from reader.ui.controllers.headlines import HeadlinesController
from reader.ui.controllers.layout import LayoutController
from reader.ui.controllers.links import LinksController
from reader.ui.controllers.marks import MarksController
from reader.ui.controllers.mutes import MutesController
from reader.ui.controllers.navigation import NavigationController
from reader.ui.controllers.panes import PanesController
from reader.ui.controllers.picking import PickingController
from reader.ui.controllers.preview import PreviewController
from reader.ui.controllers.program import Dialogs, Outside, Program
from reader.ui.controllers.reading import ReadingController
from reader.ui.controllers.saved_searches import SavedSearchesController
from reader.ui.controllers.screen import ScreenAccess, Widgets
from reader.ui.controllers.search import SearchController
from reader.ui.controllers.sharing import SharingController
from reader.ui.controllers.similar import SimilarController
from reader.ui.controllers.stories import StoriesController
from reader.ui.controllers.sync import SyncController
from reader.ui.controllers.tags import TagsController
from reader.ui.controllers.user_commands import UserCommandsController
from reader.ui.state.edition import Edition
from reader.ui.state.last_place import last_place_path
from reader.ui.state.opened_articles import OpenedArticles
from reader.ui.state.screen_state import ScreenState
from reader.ui.state.split import split_path


class Controllers(Struct, frozen=True):
    """The actions of a reader, by topic; the commands are functions of these."""

    headlines: HeadlinesController
    marks: MarksController
    sync: SyncController
    reading: ReadingController
    search: SearchController
    filter: FilterController
    find: FindController
    picking: PickingController
    tags: TagsController
    mutes: MutesController
    saved_searches: SavedSearchesController
    links: LinksController
    panes: PanesController
    navigation: NavigationController
    layout: LayoutController
    sharing: SharingController
    feeds: FeedsController
    stories: StoriesController
    changes: ChangesController
    devices: DevicesController
    user_commands: UserCommandsController
    preview: PreviewController
    similar: SimilarController
    program: Program


class Surroundings(Struct, frozen=True):
    """What the controllers work with: the store, the settings, and the program."""

    library: Library
    settings: Settings
    now: Callable[[], datetime]
    child: Child
    program: Program
    outside: Outside


class _Core(Struct, frozen=True):
    """The controllers that most others use."""

    headlines: HeadlinesController
    marks: MarksController
    sync: SyncController
    find: FindController
    reading: ReadingController
    search: SearchController


def assemble(
    around: Surroundings,
    edition: Edition,
    state: ScreenState,
    screen: ScreenAccess,
    *,
    widgets: Widgets,
    dialogs: Dialogs,
) -> Controllers:
    """Return the controllers of a screen."""
    library, settings, now = around.library, around.settings, around.now
    common = (edition, state, screen)
    articles = OpenedArticles(library)
    core = _core(around, common, widgets, articles)
    headlines, marks, reading, search = core.headlines, core.marks, core.reading, core.search
    quick_filter = FilterController(*common, widgets, headlines=headlines, search=search)
    preview = PreviewController(
        state, screen, headlines=headlines, reading=reading, enabled=settings.preview
    )
    picking = PickingController(state, screen, headlines, preview)
    sharing = SharingController(library.articles, screen, headlines, around.outside, dialogs)
    links = LinksController(
        library.headlines, state, screen, reading=reading, sharing=sharing, outside=around.outside
    )
    stories = StoriesController(
        library,
        *common,
        headlines=headlines,
        marks=marks,
        reading=reading,
        search=search,
        dialogs=dialogs,
        now=now,
    )
    panes = PanesController(
        state,
        screen,
        reading=reading,
        search=search,
        quick_filter=quick_filter,
        find=core.find,
        picking=picking,
        links=links,
        stories=stories,
        program=around.program,
        sync=core.sync,
        strip=widgets.strip,
    )
    navigation = NavigationController(
        *common, widgets, headlines=headlines, search=search, preview=preview
    )
    mutes = MutesController(library, screen, headlines=headlines, marks=marks, dialogs=dialogs)
    return Controllers(
        headlines=headlines,
        marks=marks,
        sync=core.sync,
        reading=reading,
        search=search,
        filter=quick_filter,
        find=core.find,
        picking=picking,
        tags=TagsController(
            library,
            edition,
            screen,
            headlines=headlines,
            marks=marks,
            navigation=navigation,
            dialogs=dialogs,
        ),
        mutes=mutes,
        saved_searches=SavedSearchesController(
            library, *common, headlines=headlines, marks=marks, dialogs=dialogs
        ),
        links=links,
        panes=panes,
        navigation=navigation,
        layout=LayoutController(split_path(settings.cache_path), state, screen),
        sharing=sharing,
        feeds=FeedsController(
            library,
            *common,
            child=around.child,
            settings=settings,
            headlines=headlines,
            marks=marks,
            sync=core.sync,
            navigation=navigation,
            mutes=mutes,
            dialogs=dialogs,
            now=now,
        ),
        stories=stories,
        changes=ChangesController(library.articles, state, screen, widgets.article),
        devices=DevicesController(
            library,
            around.child,
            state,
            screen,
            widgets.article,
            settings=settings,
            headlines=headlines,
            clock=monotonic,
        ),
        user_commands=UserCommandsController(
            settings.commands,
            library.articles,
            screen,
            headlines=headlines,
            outside=around.outside,
            folder=settings.passing_folder,
        ),
        preview=preview,
        similar=SimilarController(library, articles, state, screen),
        program=around.program,
    )


def _core(
    around: Surroundings,
    common: tuple[Edition, ScreenState, ScreenAccess],
    widgets: Widgets,
    articles: OpenedArticles,
) -> _Core:
    library, settings, now = around.library, around.settings, around.now
    edition, state, screen = common
    headlines = HeadlinesController(
        library,
        *common,
        widgets,
        articles=articles,
        now=now,
        place_path=last_place_path(settings.cache_path),
    )
    marks = MarksController(
        library,
        *common,
        widgets.article,
        headlines=headlines,
        mark_read=settings.mark_read,
        now=now,
    )
    sync = SyncController(
        library, around.child, state, screen, settings, headlines=headlines, now=now
    )
    find = FindController(state, screen, widgets)
    reading = ReadingController(
        library,
        *common,
        widgets,
        articles=articles,
        headlines=headlines,
        marks=marks,
        sync=sync,
        find=find,
        now=now,
    )
    search = SearchController(
        library,
        state,
        screen,
        widgets,
        headlines=headlines,
        reading=reading,
        apart=lambda: edition.apart,
        now=now,
    )
    return _Core(headlines, marks, sync, find, reading, search)
