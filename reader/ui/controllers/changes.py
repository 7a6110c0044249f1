"""Changes: comparing the texts of the opened article, version by version."""

from collections.abc import Sequence

from reader.library import ArticleQueries
from reader.model import Article
from reader.ui import wording
from reader.ui.controllers.screen import ArticlePane, ScreenAccess
from reader.ui.state.comparison import Comparison, comparison_in
from reader.ui.state.opened_articles import compared
from reader.ui.state.screen_state import ScreenState
from reader.ui.state.values import Opened


class ChangesController:
    """Compares texts of the opened article; every method may raise ReaderError."""

    def __init__(
        self,
        articles: ArticleQueries,
        state: ScreenState,
        screen: ScreenAccess,
        article: ArticlePane,
    ) -> None:
        self._articles = articles
        self._state = state
        self._screen = screen
        self._article = article

    def toggle(self) -> None:
        """Toggle between what changed in the opened article and its text.

        That is what changed since it was read, or in its latest version if nothing did since.
        """
        if self._state.preview is not None:
            # A request for the changes of a previewed article counts as reading it.
            self._screen.focus_pane("article")
        if comparison_in(self._state.comparing, self._state.opened) is not None:
            self._state.comparing = None
            self._screen.focus_pane("article")
            self._article.to_start()
        elif (found := self._several_texts()) is not None:
            opened, texts = found
            self._show(self._since_read(opened, texts) or _latest_changes(opened, texts))

    def step(self, versions: int) -> None:
        """Show the changes this many versions later, or earlier if negative, at most to an end.

        Show the latest ones if none are shown.
        """
        found = self._several_texts()
        if found is None:
            return
        opened, texts = found
        present = comparison_in(self._state.comparing, opened)
        if present is None:
            self._show(_latest_changes(opened, texts))
        elif versions < 0 and not present.before:
            self._screen.say(wording.say("notice.oldest-version"), about="article")
        elif versions > 0 and not present.after:
            self._screen.say(wording.say("notice.newest-version"), about="article")
        else:
            # What changed since reading may span several versions: the last one alone is next.
            spans = present.before == present.version - 1
            version = len(texts) if spans else present.version + versions
            self._show(_changes_in(opened, texts, min(max(version, 2), len(texts))))

    def _since_read(self, opened: Opened, texts: Sequence[Article]) -> Comparison | None:
        spanned = self._articles.revision_read(opened.headline.id)
        if opened.changes is None or not 0 < spanned < len(texts):
            return None
        before = len(texts) - (2 if spanned == 1 else 1)
        return Comparison(
            opened.headline.id,
            opened.changes,
            len(texts),
            len(texts),
            (texts[-1 - spanned].fetched, texts[-1].fetched),
            before,
            since_read=True,
        )

    def _several_texts(self) -> tuple[Opened, Sequence[Article]] | None:
        """Return the opened article and its texts, the oldest first; say so if it has not two."""
        opened = self._state.opened
        if opened is None:
            self._screen.say(wording.say("empty.nothing-opened"))
            return None
        if opened.article is None:
            self._screen.say(wording.say("notice.changes-not-fetched"), about="article")
            return None
        headline_id = opened.headline.id
        numbers = [each.number for each in self._articles.revisions(headline_id)]
        older = (self._articles.revision(headline_id, number) for number in reversed(numbers))
        texts = [*(text for text in older if text is not None), opened.article]
        if len(texts) < 2:
            self._screen.say(wording.say("notice.no-changes"), about="article")
            return None
        return opened, texts

    def _show(self, comparison: Comparison) -> None:
        self._state.comparing = comparison
        self._screen.focus_pane("article")
        self._article.to_start()


def _latest_changes(opened: Opened, texts: Sequence[Article]) -> Comparison:
    return _changes_in(opened, texts, len(texts))


def _changes_in(opened: Opened, texts: Sequence[Article], version: int) -> Comparison:
    """Return the changes in one version of an article, whose texts are `texts`."""
    old, new = texts[version - 2], texts[version - 1]
    return Comparison(
        opened.headline.id,
        compared(old, new),
        version,
        len(texts),
        (old.fetched, new.fetched),
        version - 2,
    )
