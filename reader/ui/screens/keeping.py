"""The part of the reading screen that hands an article on: to browser, clipboard or a file."""

from pathlib import Path

from reader.model import Article, Block, Headline
from reader.text.manuscript import as_text, file_name
from reader.ui import words
from reader.ui.browser import may_open
from reader.ui.newfile import default_folder, shown_path, write_new
from reader.ui.screens.export import ExportScreen
from reader.ui.screens.finding import FindingScreen

# Terminals take about 74 kB at once, in which three bytes have become four letters.
_CLIPBOARD_BYTES = 54_000


class KeepingScreen(FindingScreen):
    """Copies links and articles, writes them to files, and opens their pages in the browser."""

    def _at_hand(self) -> Headline | None:
        """Return the headline that a key is for: at the cursor, or in the article the opened."""
        opened_id = self.opened.headline.id if self.opened else None
        at_cursor = {
            "list": self.headlines.cursor_id,
            "hits": self.hits.cursor_id,
            "strip": self.strip.cursor_id,
        }
        headline_id = at_cursor.get(self.pane, opened_id)
        return None if headline_id is None else self._edition.headline(headline_id)

    def action_browser(self) -> None:
        """Open the page of the headline at hand in the web browser."""
        if url := self._link():
            self.app.open_url(url)

    def action_copy_link(self) -> None:
        """Put the address of the headline at hand on the clipboard."""
        if url := self._link():
            self.app.copy_to_clipboard(url)
            self._say(words.say("copy.link"))

    def action_copy_article(self) -> None:
        """Put the article at hand on the clipboard as plain text, as much as that takes."""
        with self._told:
            if headline := self._at_hand():
                article, whole = self._article(headline)
                data = as_text(article, "plain", words.language()).encode()
                copied = data[:_CLIPBOARD_BYTES].decode(errors="ignore")
                self.app.copy_to_clipboard(copied)
                if len(data) > _CLIPBOARD_BYTES:
                    self._say(words.say("copy.cut"))
                else:
                    self._say(words.say("copy.article") if whole else words.say("copy.teaser"))

    def action_export(self) -> None:
        """Ask for a name, and keep the article at hand under it."""
        with self._told:
            if headline := self._at_hand():
                article, _ = self._article(headline)
                proposed = default_folder() / file_name(article.teaser, "markdown")
                self.app.push_screen(
                    ExportScreen(proposed, lambda path: write_new(path, article)),
                    self._exported,
                )

    def _exported(self, path: Path | None) -> None:
        if path is not None:
            self._say(words.say("export.done", path=shown_path(path)))

    def _link(self) -> str | None:
        with self._told:
            headline = self._at_hand()
            url = headline.teaser.url if headline else None
            if may_open(url):
                return url
            if headline:
                self._say(words.say("notice.no-link"))
        return None

    def _article(self, headline: Headline) -> tuple[Article, bool]:
        """Return the article, else one of its summary, and whether that is the whole article."""
        article = self._library.articles.load(headline.id)
        if article is not None:
            return article, True
        summary = Block("paragraph", headline.teaser.summary)
        return Article(headline.teaser, (summary,), (), headline.seen), False
