"""The links of the opened article: numbered in its text, to open or copy one."""

from reader.library import HeadlineQueries
from reader.text.article_links import ArticleLink, links_of
from reader.ui import wording
from reader.ui.controllers.program import Outside
from reader.ui.controllers.reading import ReadingController
from reader.ui.controllers.screen import ScreenAccess
from reader.ui.controllers.sharing import SharingController
from reader.ui.state.linking import Linking
from reader.ui.state.notices import notice_of
from reader.ui.state.pending import Pending
from reader.ui.state.screen_state import ScreenState

# The hint stays as long as the numbers do, or until another notice comes.
_SECONDS = 3600.0


class LinksController:
    """Numbers the links of the opened article, and opens or copies one; may raise ReaderError."""

    def __init__(
        self,
        headlines: HeadlineQueries,
        state: ScreenState,
        screen: ScreenAccess,
        *,
        reading: ReadingController,
        sharing: SharingController,
        outside: Outside,
    ) -> None:
        self._headlines = headlines
        self._state = state
        self._screen = screen
        self._reading = reading
        self._sharing = sharing
        self._outside = outside

    def begin(self) -> None:
        """Show or hide the numbers of the links in the article, and the links below it."""
        if self._state.linking:
            self.end()
            return
        if self._state.preview is not None:
            # A request for the links of a previewed article counts as reading it.
            self._screen.focus_pane("article")
        opened = self._state.opened
        links = (
            links_of(opened.article, wording.say("links.image"))
            if opened and opened.article
            else ()
        )
        if not links:
            if opened is None:
                key = "empty.nothing-opened"
            else:
                key = "links.none" if opened.article else "links.not-fetched"
            self._screen.say(wording.say(key), about="article")
            return
        self._state.comparing = None
        self._screen.focus_pane("article")
        self._state.linking = Linking(links)
        self._screen.show_notice(notice_of("links.open", seconds=_SECONDS, about="links"))

    def copy(self) -> None:
        """Copy the link of the next number; without numbers, copy that of the headline."""
        if not self._state.linking:
            self._sharing.copy_link()
            return
        self._state.linking = Linking(self._state.linking.links, copying=True)
        self._screen.say(wording.say("links.copy"), _SECONDS, about="links")

    def typed(self) -> None:
        """Open or copy the link whose number is typed, once no further digit is possible."""
        number, linking = self._state.pending.count, self._state.linking
        if not linking or number is None:
            return
        if linking.is_whole(number):
            self.choose(number)
        else:
            self._screen.say(wording.say("links.typed", number=number), _SECONDS, about="links")

    def choose(self, number: int) -> None:
        """Open or copy the link with this number."""
        linking = self._state.linking
        self._state.pending = Pending()
        link = linking.link(number)
        if link is None:
            self._screen.say(wording.say("links.no-number", number=number))
        elif linking.copying:
            self._outside.copy_to_clipboard(link.url)
            self.end()
            self._screen.say(wording.say("copy.link"))
        else:
            self._open(link)

    def end(self) -> bool:
        """Remove the numbers; return whether there were any."""
        were = bool(self._state.linking)
        if were:
            self._state.linking = Linking()
        return were

    def _open(self, link: ArticleLink) -> None:
        """Open an address that the cache has in the reader, any other in the browser."""
        headline_id = self._headlines.find(link.url)
        if headline_id is not None:
            self._reading.open(headline_id, related=True)
        else:
            self._outside.open_url(link.url)
