"""Runs the user's own commands on the selected article."""

from collections.abc import Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from signal import SIGINT

from reader.config.user_commands import UserCommand, filled, names_in
from reader.errors import ReaderError
from reader.files import passing_file
from reader.library import ArticleQueries
from reader.programs import NOT_STARTED, start_reason
from reader.text.article_links import may_open
from reader.text.rendering import as_text
from reader.text.sanitize import clean_line
from reader.ui import wording
from reader.ui.controllers.headlines import HeadlinesController
from reader.ui.controllers.program import Outside
from reader.ui.controllers.screen import ScreenAccess
from reader.ui.controllers.sharing import feed_of, shared_article
from reader.ui.other_programs import run_here, start_beside

_GROUP = "own"
# The exit statuses with which a program and a shell report that a key ended them.
_INTERRUPTED = (-SIGINT, 128 + SIGINT)


class UserCommandsController:
    """Runs the commands from `[commands]` in the settings; may raise ReaderError."""

    def __init__(
        self,
        commands: Mapping[str, UserCommand],
        articles: ArticleQueries,
        screen: ScreenAccess,
        *,
        headlines: HeadlinesController,
        outside: Outside,
        folder: Path,
    ) -> None:
        self._commands = commands
        self._articles = articles
        self._screen = screen
        self._headlines = headlines
        self._outside = outside
        self._folder = folder

    def run(self, name: str) -> None:
        """Run a command on the selected headline; lend it the terminal if it needs that."""
        command = self._commands[name]
        headline = self._headlines.require_selected()
        if headline is None:
            return
        names, url = names_in(command.run), headline.teaser.url
        if "url" in names and not may_open(url):
            self._screen.say(wording.say("notice.no-link"))
            return
        values = {
            "url": url or "",
            "title": clean_line(headline.teaser.title or headline.teaser.summary),
        }
        text = ""
        if "file" in names:
            article, _ = shared_article(self._articles, headline)
            text = as_text(article, "plain", wording.language(), feed_of(headline))
        label = command.label or clean_line(name)
        self._screen.start(_GROUP, partial(self._carry_out, label, command, values, text))

    async def _carry_out(
        self, label: str, command: UserCommand, values: Mapping[str, str], text: str
    ) -> None:
        """Run a command; raises ReaderError if it cannot be started, or fails."""
        with ExitStack() as afterwards:
            try:
                if "file" in names_in(command.run):
                    path = afterwards.enter_context(passing_file(text, self._folder))
                    values = {**values, "file": str(path)}
                run = filled(command.run, values)
                if command.terminal:
                    status = await run_here(run, self._outside.lend_terminal)
                else:
                    child = await start_beside(run)
                    self._screen.say(wording.say("own.started", label=label))
                    status = await child.wait()
            except NOT_STARTED as error:
                cause = start_reason(error)
                raise ReaderError("own_unusable", label=label, cause=cause) from error
        if status and status not in _INTERRUPTED:
            raise ReaderError("own_failed", label=label, status=status)
