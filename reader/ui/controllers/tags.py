"""Tags: given to headlines, and as views of their headlines."""

from reader.library import Library
from reader.text.tags import mark_of_tag, tag_of
from reader.ui.controllers.headlines import HeadlinesController
from reader.ui.controllers.marks import MarksController
from reader.ui.controllers.navigation import NavigationController
from reader.ui.controllers.program import Dialogs
from reader.ui.controllers.screen import ScreenAccess
from reader.ui.state.edition import Edition
from reader.ui.state.notices import notice_of
from reader.ui.state.values import NamedChoice


class TagsController:
    """Tags headlines, and shows those with a tag; may raise ReaderError."""

    def __init__(
        self,
        library: Library,
        edition: Edition,
        screen: ScreenAccess,
        *,
        headlines: HeadlinesController,
        marks: MarksController,
        navigation: NavigationController,
        dialogs: Dialogs,
    ) -> None:
        self._library = library
        self._edition = edition
        self._screen = screen
        self._headlines = headlines
        self._marks = marks
        self._navigation = navigation
        self._dialogs = dialogs

    def tag(self) -> None:
        """Ask for a tag, and add it to the selected headline or the picked ones, or remove it."""
        targets = self._headlines.targets()
        if not targets:
            return
        known = self._library.headlines.tags()
        choices = [
            NamedChoice(tag, is_set=all(tag in each.tags for each in targets), detail="")
            for tag in known
        ]

        def give(written: str) -> None:
            if tag := tag_of(written, known):
                value = not all(tag in each.tags for each in targets)
                ids = [each.id for each in targets]
                self._marks.mark_many(mark_of_tag(tag), ids, value=value)

        self._dialogs.ask_name("tag", choices, give)

    def choose_tag(self) -> None:
        """Choose a tag and show its headlines; if there is only one tag, show them at once."""
        choices, go_to = self._edition.tagged(), self._navigation.go_to_view
        if not choices:
            self._screen.show_notice(notice_of("notice.no-tags"))
        elif len(choices) == 1:
            go_to(choices[0].view)
        else:
            self._dialogs.choose_view(choices, self._edition.view, go_to)
