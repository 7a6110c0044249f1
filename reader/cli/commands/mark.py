"""`znreader mark`: marks headlines as read or saved, tags them, or undoes that."""

import argparse
from collections.abc import Iterator, Sequence

from reader.cli.cache_check import require_cache
from reader.cli.headline_names import headline_with_id
from reader.cli.moment import now
from reader.cli.printer import Printer
from reader.cli.standard_input import read_standard_input
from reader.config import Settings
from reader.errors import ReaderError, UsageError
from reader.library import AdminLibrary
from reader.model import Mark
from reader.store import Store
from reader.text.tags import mark_of_tag, tag_of

# The longest input that is read (bytes): a million addresses.
_MAX_INPUT = 100_000_000


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Set or clear marks on headlines; return 1, after the rest, if any is not in the cache.

    Raises UsageError if no mark is named, or a tag is none.
    """
    wanted = list(_marks(chosen))
    if not (wanted or chosen.tag or chosen.untag):
        raise UsageError("no_mark")
    for written in (*chosen.tag, *chosen.untag):
        if not tag_of(written):
            raise UsageError("no_tag", text=written)
    require_cache(settings)
    printer, present = Printer.of(settings), now()
    with Store(settings.cache_path) as library:
        found, unknown = _find(library, list(_items(chosen.items)))
        changed: set[int] = set()
        for mark, value in [*wanted, *_tags(chosen, library.headlines.tags())]:
            # Undoing in the reader is for what was done there, and a script may mark meanwhile.
            done = library.marks.set(mark, found, present, value=value, logged=False)
            changed.update(done)
    printer.say("marked", headlines=len(changed))
    for text in unknown:
        printer.complain(ReaderError("no_such_item", item=text))
    return 1 if unknown else 0


def _marks(chosen: argparse.Namespace) -> Iterator[tuple[Mark, bool]]:
    """Yield the marks that were asked for, each with the value that it gets."""
    if chosen.read or chosen.unread:
        yield "read", chosen.read
    if chosen.save or chosen.unsave:
        yield "saved", chosen.save


def _tags(chosen: argparse.Namespace, known: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Yield the marks for the tags to add and for those to remove."""
    for written in chosen.tag:
        yield mark_of_tag(tag_of(written, known)), True
    for written in chosen.untag:
        yield mark_of_tag(tag_of(written, known)), False


def _items(given: Sequence[str]) -> Iterator[str]:
    """Yield the items that were given; `-` stands for the lines of standard input."""
    for text in given:
        if text == "-":
            lines = read_standard_input(_MAX_INPUT).decode("utf-8", "replace").splitlines()
            yield from filter(None, map(str.strip, lines))
        else:
            yield text


def _find(library: AdminLibrary, items: Sequence[str]) -> tuple[list[int], list[str]]:
    """Return the numbers of the headlines found, and the items that name none."""
    numbers, unknown = [], []
    for text in items:
        number = _number(library, text)
        if number is None:
            unknown.append(text)
        else:
            numbers.append(number)
    return numbers, unknown


def _number(library: AdminLibrary, text: str) -> int | None:
    """Return the number of the headline with this id or at this address, or None."""
    if text.isdecimal():
        return headline_with_id(library, text)
    return library.headlines.find(text)
