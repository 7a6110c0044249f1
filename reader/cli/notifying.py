"""Runs the notification command of the settings on the news of a sync."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from itertools import chain

from reader.cli.printer import Printer
from reader.config import Settings
from reader.config.user_commands import filled, names_in
from reader.errors import CacheError, ReaderError, os_reason
from reader.events import Done, Event, NotifyFailed
from reader.files import passing_file
from reader.library import NewsLibrary
from reader.model import Headline, NotificationGroup
from reader.text.article_links import may_open
from reader.text.sanitize import clean_line

_SECONDS = 30.0
_SETTING = "[notify]"
# How many names and headlines are listed one by one.
_MOST_NAMES, _MOST_HEADLINES = 5, 20
_Groups = Sequence[NotificationGroup]


def with_notification(
    events: Iterator[Event],
    library: NewsLibrary,
    settings: Settings,
    now: Callable[[], datetime],
) -> Iterator[Event]:
    """Yield the events of a sync; before Done, run the command, and yield any failure of it."""
    for event in events:
        if isinstance(event, Done):
            try:
                notify(library, settings, now())
            except ReaderError as error:
                yield NotifyFailed(error.reason)
        yield event


def notify(library: NewsLibrary, settings: Settings, now: datetime) -> bool:
    """Run the command on news for saved searches and watched stories; return whether there was any.

    If the command fails, the news is reported another time. Raises ReaderError.
    """
    upto = library.headlines.last_id()
    groups = library.notifications.groups(now, upto) if settings.notify_run else []
    if groups:
        run_command(settings, groups)
    library.notifications.note(upto, chain.from_iterable(each.ids for each in groups))
    return bool(groups)


def run_command(settings: Settings, groups: _Groups) -> None:
    """Run the command of the settings for the new headlines; raises ReaderError."""
    # Most runs have nothing to tell.
    from reader.programs import run_silently

    run, printer = settings.notify_run, Printer.of(settings)
    headlines = [headline for each in groups for headline in each.headlines]
    count = sum(each.count for each in groups)
    urls = (each.teaser.url for each in headlines)
    values = {
        "title": _summary(groups, count, printer),
        "text": _titles(headlines[:_MOST_HEADLINES], count, printer),
        "url": next((url for url in urls if url and may_open(url)), ""),
    }
    with ExitStack() as afterwards:
        if "file" in names_in(run):
            try:
                path = afterwards.enter_context(
                    passing_file(_listing(groups), settings.passing_folder)
                )
            except OSError as error:
                raise CacheError(
                    "file_unwritable", place="{file}", cause=os_reason(error)
                ) from error
            values["file"] = str(path)
        run_silently(filled(run, values), _SECONDS, _SETTING)


def _summary(groups: _Groups, count: int, printer: Printer) -> str:
    """Return how many headlines there are for what: `3 new: harbour (2), Storm at sea (1)`."""
    names = [f"{clean_line(each.name)} ({each.count})" for each in groups[:_MOST_NAMES]]
    more = ["…"] if len(groups) > _MOST_NAMES else []
    return printer.sentence("notify_title", count=count, names=", ".join([*names, *more]))


def _titles(headlines: Sequence[Headline], total: int, printer: Printer) -> str:
    lines = [_title(each) for each in headlines]
    if total > len(lines):
        lines.append(printer.sentence("notify_more", count=total - len(lines)))
    return "\n".join(lines)


def _title(headline: Headline) -> str:
    return clean_line(headline.teaser.title or headline.teaser.summary)


def _listing(groups: _Groups) -> str:
    """Return the loaded headlines below the names of what they are for, with lead and address."""
    parts = []
    for group in groups:
        entries = [
            "\n".join(filter(None, (_title(each), each.teaser.summary, each.teaser.url)))
            for each in group.headlines
        ]
        parts.append("\n\n".join([f"== {clean_line(group.name)} ==", *entries]))
    return "\n\n".join(parts) + "\n"
