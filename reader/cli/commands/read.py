"""`znreader read`: the edition as a dialogue, line by line, in the normal screen."""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from io import TextIOWrapper
from textwrap import fill
from typing import TextIO, TypeVar

from reader.cli.doubts import selection_doubts
from reader.cli.moment import now
from reader.cli.news_output import title_of
from reader.cli.online import fetch_into
from reader.cli.printer import Printer
from reader.cli.spoken import article_lines, headline_line
from reader.cli.standard_output import width_of
from reader.config import Settings
from reader.errors import ReaderError, Reason
from reader.model import Headline, Selection
from reader.store import Store
from reader.text.article_links import ArticleLink, links_of
from reader.text.sanitize import clean_line

# How many headlines are read out at once.
_AT_ONCE = 10
_MOST_HITS = 100
# The most characters of an answer.
_LONGEST = 1_000

# Handles a number that is typed next, from 1; returns whether there is such an item.
_Choose = Callable[[int], bool]
_T = TypeVar("_T")


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Read the edition out as it is asked for, until `q` or the end of the input; return 0."""
    # Bytes that are not text are to be an answer like any other.
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    with Store(settings.cache_path) as library:
        dialogue = Dialogue(library, settings)
        if not library.headlines.last_id():
            dialogue.say("no_headlines")
            return 0
        begun = Selection(section=chosen.section, unread=not chosen.all)
        dialogue.begin(begun)
        # The whole question is asked only once, as it would be heard each time.
        answer = _ask(dialogue.printer.sentence("read_first_prompt"), dialogue.printer)
        while answer is not None and dialogue.answer(answer):
            answer = _ask(dialogue.printer.sentence("read_prompt"), dialogue.printer)
    return 0


def _ask(prompt: str, printer: Printer) -> str | None:
    """Return the typed line, or None at the end of the input."""
    print(printer.signs(prompt), end=" ", flush=True)
    line = _read_line(sys.stdin) if sys.stdin is not None else ""
    if not line:
        print()
        return None
    return clean_line(line)


def _read_line(stream: TextIO) -> str:
    """Return the beginning of the next line, and drop its rest; empty at the end of the input."""
    line = rest = stream.readline(_LONGEST)
    while rest and not rest.endswith("\n"):
        rest = stream.readline(_LONGEST)
    return line


def _chooser(items: Sequence[_T], act: Callable[[_T], None]) -> _Choose:
    """Return what does `act` on the item with a number."""

    def choose(number: int) -> bool:
        if not 1 <= number <= len(items):
            return False
        act(items[number - 1])
        return True

    return choose


class Dialogue:
    """The state of the dialogue, and the effect of each answer; output is line by line."""

    def __init__(self, library: Store, settings: Settings) -> None:
        self._library = library
        self._settings = settings
        self.printer = Printer.of(settings)
        self._ids: Sequence[int] = ()
        # How many of them were read out, and the position among them.
        self._listed = 0
        self._place = -1
        self._present: Headline | None = None
        self._choose: _Choose = self._open_number
        self._commands: dict[str, Callable[[], None]] = {
            "n": self._next,
            "p": self._previous,
            "a": lambda: self.begin(Selection()),
            "g": lambda: self.begin(Selection(unread=True)),
            "s": self._toggle_saved,
            "u": self._toggle_read,
            "f": self._fetch,
            "l": self._list_links,
            "v": self._list_related,
            "r": self._list_sections,
            "h": self._help,
            "?": self._help,
        }

    def begin(self, selection: Selection) -> None:
        """Begin to read out the selected headlines."""
        name = selection.section or self.printer.sentence(
            "read_unread_name" if selection.unread else "read_all_name"
        )
        ids = self._library.headlines.ids(selection)
        if not ids:
            self._say_doubts(selection_doubts(self._library, selection))
        self._show(ids, name)

    def answer(self, answer: str) -> bool:
        """Run the typed command; return whether to go on. Errors are printed as sentences."""
        if answer.casefold() == "q":
            return False
        try:
            if not answer:
                self._go_on()
            elif answer.startswith("/"):
                self._search(answer[1:].strip())
            elif answer.isdecimal():
                if len(answer) > 6 or not self._choose(int(answer)):
                    self.say("read_no_number", number=answer)
            elif answer == "U":
                self._undo()
            elif answer.casefold() in self._commands:
                self._commands[answer.casefold()]()
            else:
                self.say("read_unknown", answer=answer)
        except ReaderError as error:
            self._print(self.printer.message(error))
        return True

    # Lists.

    def _show(self, ids: Sequence[int], name: str) -> None:
        """Read out the beginning of a list."""
        self._ids, self._listed, self._place, self._present = ids, 0, -1, None
        self._choose = self._open_number
        unread = len(self._library.headlines.unread_among(ids))
        self.say("read_list", headlines=len(ids), unread=unread, name=name)
        self._more()

    def _more(self) -> None:
        """Read out the next headlines of the list."""
        shown = self._ids[self._listed : self._listed + _AT_ONCE]
        moment = now()
        # One that was removed meanwhile keeps its number, so that the others keep theirs.
        loaded = {each.id: each for each in self._library.headlines.load(shown)}
        for number, headline_id in enumerate(shown, self._listed + 1):
            if headline := loaded.get(headline_id):
                self._print(f"{number}. {headline_line(headline, moment, self.printer)}")
        self._listed += len(shown)
        left = len(self._ids) - self._listed
        if left:
            self.say("read_more", left=left)
        elif self._ids:
            self.say("read_all_told")

    def _go_on(self) -> None:
        """Read out more of the list; after an article the next unread one."""
        if self._present is not None:
            self._next()
        elif self._listed < len(self._ids):
            self._more()
        else:
            self._next()

    def _search(self, words: str) -> None:
        found = self._library.search.find(words, now(), _MOST_HITS)
        self._say_doubts(found.doubts)
        self._show([hit.headline.id for hit in found.hits], f"/{words}")

    def _say_doubts(self, doubts: Iterable[Reason]) -> None:
        """Read out which parts of a question mean nothing."""
        for doubt in doubts:
            self._print(self.printer.message(doubt))

    def _list_sections(self) -> None:
        sections = self._library.headlines.sections()
        for number, section in enumerate(sections, 1):
            self.say("read_section", number=number, name=section.name, unread=section.unread)

        self._choose = _chooser(sections, lambda each: self.begin(Selection(section=each.name)))

    # Articles.

    def _open_number(self, number: int) -> bool:
        if not 1 <= number <= len(self._ids):
            return False
        self._place = number - 1
        self._read(self._ids[self._place])
        return True

    def _read(self, headline_id: int) -> None:
        """Read an article out, and mark it as read if it is offline."""
        found = self._library.headlines.load([headline_id])
        if not found:
            self.say("read_gone")
            return
        self._present = headline = found[0]
        self._choose = self._open_number
        article = self._library.articles.load(headline_id)
        offline = self._settings.offline
        for line in article_lines(headline, article, now(), self.printer, offline=offline):
            self._print(line)
        if article is not None:
            self._library.marks.set("read", [headline_id], now(), logged=False)

    def _next(self) -> None:
        self._step(1)

    def _previous(self) -> None:
        self._step(-1)

    def _step(self, step: int) -> None:
        """Read out the next unread article of the list, or the previous one in the list."""
        if step < 0:
            if self._place > 0:
                self._open_number(self._place)
            else:
                self.say("read_no_previous")
            return
        ahead = self._ids[self._place + 1 :]
        unread = self._library.headlines.unread_among(ahead)
        number = next((each for each in ahead if each in unread), None)
        if number is None:
            self.say("read_no_next")
            return
        self._place = self._ids.index(number, self._place + 1)
        self._read(number)

    def _fetch(self) -> None:
        """Fetch the article that is not offline, and read it out."""
        if (headline := self._opened()) is None:
            return

        if self._library.articles.load(headline.id) is None:
            fetch_into(self._library, self._settings, headline.teaser.url or "")
        self._read(headline.id)

    def _list_links(self) -> None:
        """Read out the links of the article; the number of one gives its address."""
        if (headline := self._opened()) is None:
            return
        article = self._library.articles.load(headline.id)
        image = self.printer.sentence("read_image")
        links = list(links_of(article, image)) if article else []
        url = headline.teaser.url
        if url and all(link.url != url for link in links):
            links.append(ArticleLink(self.printer.sentence("read_page"), url))
        for number, link in enumerate(links, 1):
            self._print(f"{number}. {link.text}")
        if not links:
            self.say("read_no_links")

        def follow(link: ArticleLink) -> None:
            found = self._library.headlines.find(link.url)
            if found is None or found == headline.id:
                self._print(link.url)
            else:
                self._read(found)

        self._choose = _chooser(links, follow)

    def _list_related(self) -> None:
        """Read out the headlines listed under the article; a number reads one out."""
        if (headline := self._opened()) is None:
            return
        related = self._library.articles.related(headline.id)
        for number, each in enumerate(related, 1):
            self._print(f"{number}. {headline_line(each, now(), self.printer)}")
        if not related:
            self.say("read_no_related")

        self._choose = _chooser(related, lambda each: self._read(each.id))

    # Marks.

    def _toggle_saved(self) -> None:
        if (headline := self._opened()) is not None:
            value = not headline.saved
            self._library.marks.set("saved", [headline.id], now(), value=value)
            title = title_of(headline.teaser)
            self.say("read_saved" if value else "read_unsaved", title=title)

    def _toggle_read(self) -> None:
        if (headline := self._opened()) is not None:
            value = not headline.read
            self._library.marks.set("read", [headline.id], now(), value=value)
            title = title_of(headline.teaser)
            self.say("read_read" if value else "read_unread", title=title)

    def _undo(self) -> None:
        """Undo the last mark that was set by hand, also in the reader, and say which it was."""
        change = self._library.marks.undo(now())
        found = self._library.headlines.load(change.ids[:1]) if change else []
        if change is None or not found:
            self.say("read_nothing_undone")
        elif len(change.ids) == 1 and change.mark == "saved":
            code = "read_unsaved" if change.value else "read_saved"
            self.say(code, title=title_of(found[0].teaser))
        elif len(change.ids) == 1 and change.mark == "read":
            code = "read_unread" if change.value else "read_read"
            self.say(code, title=title_of(found[0].teaser))
        else:
            self.say("read_undone", headlines=len(change.ids))

    def _opened(self) -> Headline | None:
        """Return the article read out last with its current marks; say so if there is none."""
        found = self._library.headlines.load([self._present.id]) if self._present else []
        if not found:
            self.say("read_none")
            return None
        return found[0]

    # Output.

    def _help(self) -> None:
        for line in self.printer.sentence("read_help").split("; "):
            self._print(line)

    def say(self, code: str, /, **arguments: object) -> None:
        """Print the sentence for `code` with its arguments as one line."""
        self._print(self.printer.sentence(code, **arguments))

    def _print(self, text: str) -> None:
        """Print a text as a line; on a terminal, wrapped into as many lines as needed."""
        line = self.printer.signs(clean_line(text))
        if sys.stdout.isatty():
            line = fill(line, max(width_of(sys.stdout) - 1, 1), break_on_hyphens=False)
        print(line)
