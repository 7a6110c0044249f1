"""`znreader stories`: the stories of the cache, and a reader's changes to them."""

import argparse
from collections.abc import Sequence

from reader.cli.cache_check import require_cache
from reader.cli.headline_names import headline_named, headline_with_id
from reader.cli.moment import now
from reader.cli.news_output import print_headlines, print_json
from reader.cli.printer import Printer
from reader.config import Settings
from reader.errors import ReaderError
from reader.jsonform import Json, headline_json
from reader.store import Store
from reader.text.sanitize import clean_line


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """List stories, or show or change some of them; return 0.

    Raises ReaderError if there is no such story or report.
    """
    if chosen.action == "place":
        # Run by the reader at any time: a file that was moved away must find no other in its place.
        require_cache(settings)
    printer = Printer.of(settings)
    with Store(settings.cache_path) as library:
        if chosen.action in (None, "list"):
            _list(library, _numbers(chosen.items), printer, as_json=chosen.json)
        elif chosen.action == "place":
            printer.say("stories_placed", reports=library.stories.place(now()))
        elif chosen.action in ("watch", "unwatch"):
            _watch(library, _numbers(chosen.items), printer, value=chosen.action == "watch")
        elif chosen.action == "join":
            story = library.stories.join([_item(library, text) for text in chosen.items])
            if story is None:
                raise ReaderError("story_needs_two")
            printer.say("stories_joined", number=story)
        else:
            is_split = chosen.action == "split"
            items = [_item(library, text) for text in chosen.items] if is_split else []
            moved = library.stories.split(items) if is_split else library.stories.undo()
            if moved:
                printer.say("stories_split" if is_split else "stories_undone", reports=len(moved))
            else:
                printer.say("stories_unchanged")
    return 0


def _list(library: Store, numbers: Sequence[int], printer: Printer, *, as_json: bool) -> None:
    found: list[Json] = []
    watched = frozenset(library.stories.watched())
    for number in numbers or library.stories.numbers():
        headlines = library.headlines.load(library.stories.reports(number))
        if not headlines:
            raise ReaderError("no_story", number=number)
        if as_json:
            reports = [headline_json(each) for each in headlines]
            is_watched = number in watched
            found.append({"story": number, "watched": is_watched, "reports": reports})
        elif numbers:
            print_headlines(headlines, now(), printer)
        else:
            title = headlines[0].teaser.title or ""
            printer.say("story_line", number=number, reports=len(headlines), title=title)
    if as_json:
        print_json({"stories": found})
    elif not numbers and not library.stories.numbers():
        printer.say("no_stories")


def _watch(library: Store, numbers: Sequence[int], printer: Printer, *, value: bool) -> None:
    """Watch stories, or stop watching them; raises ReaderError if there is no such story."""
    for number in numbers:
        if not library.stories.reports(number):
            raise ReaderError("no_story", number=number)
        library.stories.watch(number, value=value)
        printer.say("story_watched" if value else "story_unwatched", number=number)


def _numbers(texts: Sequence[str]) -> list[int]:
    """Return the numbers of stories; raises ReaderError for anything else."""
    for text in texts:
        if not text.isdecimal() or len(text) > 15:
            raise ReaderError("no_story", number=text)
    return [int(text) for text in texts]


def _item(library: Store, text: str) -> int:
    """Return the report with an id, an address or a title; raises ReaderError if there is none."""
    text = clean_line(text)
    found = headline_with_id(library, text)
    if found is None:
        found = headline_named(library, text)
    if found is None:
        raise ReaderError("no_report", item=text)
    return found
