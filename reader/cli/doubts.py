"""Complaints about parts of a question to the cache that mean nothing, on standard error."""

from collections.abc import Iterable, Iterator

from reader.cli.printer import Printer
from reader.errors import Reason, reason
from reader.model import Selection
from reader.store import Store


def complain_of(doubts: Iterable[Reason], printer: Printer) -> None:
    """Print each reason for doubt as a line; the command has its usual output and status."""
    for doubt in doubts:
        printer.complain(doubt)


def selection_doubts(library: Store, selection: Selection) -> Iterator[Reason]:
    """Yield the reasons for doubt about a selection without headlines: names that do not exist."""
    section, tag = selection.section, selection.tag
    if section is not None and not has_section(library, section):
        yield reason("unknown_section", section=section)
    if tag and tag.casefold() not in map(str.casefold, library.headlines.tags()):
        yield reason("unknown_tag", tag=tag)
    if selection.query and selection.at:
        yield from library.search.doubts(selection.query, selection.at)


def has_section(library: Store, name: str) -> bool:
    """Tell whether there is a section of this name, or a headline in it."""
    sections = {each.section.name.casefold() for each in library.sources.followings()}
    return name.casefold() in sections or any(
        library.headlines.ids(Selection(section=name, muted=muted), 1) for muted in (False, True)
    )
