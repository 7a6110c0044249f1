"""Shares an article: with the browser, the clipboard or a file."""

from collections.abc import Sequence
from pathlib import Path

from reader.library import ArticleQueries
from reader.model import DEFAULT_SOURCE, Article, Block, Headline
from reader.text.article_links import may_open
from reader.text.rendering import as_text, file_name
from reader.ui import wording
from reader.ui.article_file import default_folder, make_folder, shown_path, write_new
from reader.ui.controllers.headlines import HeadlinesController
from reader.ui.controllers.program import Dialogs, Outside
from reader.ui.controllers.screen import ScreenAccess
from reader.ui.state.notices import notice_of

# The largest number of pages opened at once.
_MOST_PAGES = 10
# Terminals accept about 74 kB at once, in which three bytes have become four letters.
_CLIPBOARD_BYTES = 54_000


class SharingController:
    """Copies links and articles, writes them to files, and opens their pages in the browser.

    Every method may raise ReaderError.
    """

    def __init__(
        self,
        articles: ArticleQueries,
        screen: ScreenAccess,
        headlines: HeadlinesController,
        outside: Outside,
        dialogs: Dialogs,
    ) -> None:
        self._articles = articles
        self._screen = screen
        self._headlines = headlines
        self._outside = outside
        self._dialogs = dialogs

    def open_in_browser(self) -> None:
        """Open the page of the selected headline, or those of the picked ones, in the browser."""
        if picked := self._headlines.picked():
            urls = [each.teaser.url for each in picked if may_open(each.teaser.url)]
            for url in urls[:_MOST_PAGES]:
                self._outside.open_url(url or "")
            if not urls:
                self._screen.say(wording.say("notice.no-link"))
            elif len(urls) > _MOST_PAGES:
                text = wording.say("notice.opened-some", count=_MOST_PAGES, total=len(urls))
                self._screen.say(text)
            return
        if url := self._link():
            self._outside.open_url(url)

    def copy_link(self) -> None:
        """Put the address of the selected headline on the clipboard."""
        if url := self._link():
            self._outside.copy_to_clipboard(url)
            self._screen.say(wording.say("copy.link"))

    def copy_article(self) -> None:
        """Put the selected article on the clipboard as plain text, up to the terminal's limit."""
        headline = self._headlines.require_selected()
        if headline is None:
            return
        article, whole = shared_article(self._articles, headline)
        data = as_text(article, "plain", wording.language(), feed_of(headline)).encode()
        self._outside.copy_to_clipboard(data[:_CLIPBOARD_BYTES].decode(errors="ignore"))
        if len(data) > _CLIPBOARD_BYTES:
            self._screen.show_notice(notice_of("copy.cut"))
        else:
            self._screen.say(wording.say("copy.article") if whole else wording.say("copy.teaser"))

    def export(self) -> None:
        """Ask for a name, and write the selected article to a file of that name.

        Ask for a folder if several are picked, and write them to files with default names.
        """
        targets = self._headlines.targets()
        if len(targets) > 1:
            self._export_all(targets)
        if len(targets) != 1:
            return
        (headline,) = targets
        article, _ = shared_article(self._articles, headline)
        proposed = default_folder() / file_name(article.teaser, "markdown")
        self._dialogs.ask_path(
            proposed, lambda path: write_new(path, article, feed_of(headline)), self._say_exported
        )

    def _export_all(self, headlines: Sequence[Headline]) -> None:
        def write(folder: Path) -> Path:
            make_folder(folder)
            for headline in headlines:
                article, _ = shared_article(self._articles, headline)
                name = file_name(article.teaser, "markdown")
                write_new(folder / name, article, feed_of(headline))
            return folder

        def say(folder: Path | None) -> None:
            if folder is not None:
                count = len(headlines)
                self._screen.say(wording.say("export.all", count=count, folder=shown_path(folder)))

        self._dialogs.ask_path(default_folder(), write, say, count=len(headlines))

    def _say_exported(self, path: Path | None) -> None:
        if path is not None:
            self._screen.say(wording.say("export.done", path=shown_path(path)))

    def _link(self) -> str | None:
        headline = self._headlines.require_selected()
        url = headline.teaser.url if headline else None
        if may_open(url):
            return url
        if headline:
            self._screen.say(wording.say("notice.no-link"))
        return None


def shared_article(articles: ArticleQueries, headline: Headline) -> tuple[Article, bool]:
    """Return an article, else one made of its summary, and whether it is the whole article."""
    article = articles.load(headline.id)
    if article is not None:
        return article, True
    summary = Block("paragraph", headline.teaser.summary)
    return Article(headline.teaser, (summary,), (), headline.seen), False


def feed_of(headline: Headline) -> str:
    """Return the name of the feed that brought a headline, "" where the site did."""
    return headline.source if headline.source != DEFAULT_SOURCE else ""
