"""Assembles the controllers, each with only the few objects that it needs."""

from collections.abc import Callable
from datetime import datetime
from time import monotonic

from msgspec import Struct

from reader.config import Settings
from reader.library import Library
from reader.sync.child_process import Child
from reader.ui.controllers.devices import DevicesController
from reader.ui.controllers.feeds import FeedsController
from reader.ui.controllers.filter import FilterController
from reader.ui.controllers.find import FindController
from reader.ui.controllers.headlines import HeadlinesController
from reader.ui.controllers.host import Host, Views
from reader.ui.controllers.labels import LabelsController
from reader.ui.controllers.layout import LayoutController
from reader.ui.controllers.links import LinksController
from reader.ui.controllers.marks import MarksController
from reader.ui.controllers.navigation import NavigationController
from reader.ui.controllers.panes import PanesController
from reader.ui.controllers.picking import PickingController
from reader.ui.controllers.preview import PreviewController
from reader.ui.controllers.program import Dialogs, Outside, Program
from reader.ui.controllers.reading import ReadingController
from reader.ui.controllers.search import SearchController
from reader.ui.controllers.sharing import SharingController
from reader.ui.controllers.similar import SimilarController
from reader.ui.controllers.stories import StoriesController
from reader.ui.controllers.sync import SyncController
from reader.ui.controllers.user_commands import UserCommandsController
from reader.ui.state.edition import Edition
from reader.ui.state.split import split_path
from reader.ui.state.view_state import ViewState


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
    labels: LabelsController
    links: LinksController
    panes: PanesController
    navigation: NavigationController
    layout: LayoutController
    sharing: SharingController
    feeds: FeedsController
    stories: StoriesController
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
    state: ViewState,
    host: Host,
    *,
    views: Views,
    dialogs: Dialogs,
) -> Controllers:
    """Return the controllers of a screen."""
    library, settings, now = around.library, around.settings, around.now
    common = (edition, state, host)
    core = _core(around, common, views)
    headlines, marks, reading, search = core.headlines, core.marks, core.reading, core.search
    quick_filter = FilterController(*common, views, headlines=headlines, search=search)
    picking = PickingController(state, host, headlines)
    sharing = SharingController(library.articles, host, headlines, around.outside, dialogs)
    links = LinksController(
        library.headlines, state, host, reading=reading, sharing=sharing, outside=around.outside
    )
    stories = StoriesController(
        library,
        *common,
        views.article,
        headlines=headlines,
        marks=marks,
        reading=reading,
        search=search,
        dialogs=dialogs,
        now=now,
    )
    panes = PanesController(
        state,
        host,
        reading=reading,
        search=search,
        quick_filter=quick_filter,
        find=core.find,
        picking=picking,
        links=links,
        stories=stories,
        program=around.program,
        sync=core.sync,
        strip=views.strip,
    )
    preview = PreviewController(
        state, host, headlines=headlines, reading=reading, enabled=settings.preview
    )
    navigation = NavigationController(
        *common, views, headlines=headlines, search=search, preview=preview
    )
    labels = LabelsController(
        library,
        *common,
        headlines=headlines,
        marks=marks,
        navigation=navigation,
        dialogs=dialogs,
        now=now,
    )
    return Controllers(
        headlines=headlines,
        marks=marks,
        sync=core.sync,
        reading=reading,
        search=search,
        filter=quick_filter,
        find=core.find,
        picking=picking,
        labels=labels,
        links=links,
        panes=panes,
        navigation=navigation,
        layout=LayoutController(split_path(settings.cache_path), state, host),
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
            labels=labels,
            dialogs=dialogs,
            now=now,
        ),
        stories=stories,
        devices=DevicesController(
            library,
            around.child,
            state,
            host,
            views.article,
            settings=settings,
            headlines=headlines,
            clock=monotonic,
        ),
        user_commands=UserCommandsController(
            settings.commands,
            library.articles,
            host,
            headlines=headlines,
            outside=around.outside,
            folder=settings.passing_folder,
        ),
        preview=preview,
        similar=SimilarController(library, *common),
        program=around.program,
    )


def _core(around: Surroundings, common: tuple[Edition, ViewState, Host], views: Views) -> _Core:
    library, settings, now = around.library, around.settings, around.now
    edition, state, host = common
    headlines = HeadlinesController(library, *common, views, now=now)
    marks = MarksController(
        library, *common, views.article, headlines=headlines, mark_read=settings.mark_read, now=now
    )
    sync = SyncController(
        library, around.child, state, host, settings, headlines=headlines, now=now
    )
    find = FindController(state, host, views)
    reading = ReadingController(
        library.articles,
        *common,
        views,
        feeds=library.feeds,
        headlines=headlines,
        marks=marks,
        sync=sync,
        find=find,
        now=now,
    )
    search = SearchController(
        library.search,
        state,
        host,
        views,
        headlines=headlines,
        reading=reading,
        apart=lambda: edition.apart,
        now=now,
    )
    return _Core(headlines, marks, sync, find, reading, search)
