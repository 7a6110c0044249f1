"""`znreader exchange`: exchanges marks with the other machines, once."""

import argparse

from reader.cli.moment import now
from reader.cli.news_output import print_json
from reader.cli.printer import Printer
from reader.config import Settings
from reader.errors import ReaderError
from reader.events import Done, Exchanged, Failed, to_line
from reader.exchange.engine import ExchangeResult
from reader.exchange.session import exchange, folder_of
from reader.jsonform import reason_json
from reader.sources.subscriptions import Subscriptions
from reader.store import Store


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Exchange marks and print the result; return 1 if a part of it failed."""
    folder_of(settings)
    with Store(settings.cache_path) as library:
        library.require_writable()
        outcome = _exchange(library, settings)
    if chosen.events:
        _print_events(outcome)
    elif chosen.json:
        left = [reason_json(each.reason) for each in outcome.left]
        print_json({
            "written": outcome.written, "read": outcome.read, "changed": outcome.changed,
            "left": left,
        })  # fmt: skip
    else:
        printer = Printer.of(settings)
        printer.say("exchanged", written=outcome.written, changed=outcome.changed)
        for error in outcome.left:
            printer.complain(error)
    return 1 if any(map(_is_failure, outcome.left)) else 0


def _exchange(library: Store, settings: Settings) -> ExchangeResult:
    """Exchange marks and followed feeds; failures of the feed list are added to `left`."""
    subscriptions = Subscriptions(settings, library.feeds)
    subscriptions.note_choices()
    outcome = exchange(library.devices, settings, now())
    try:
        subscriptions.apply_choices()
    except ReaderError as error:
        outcome.left.append(error)
    if subscriptions.unwritten:
        outcome.left.append(ReaderError.of(subscriptions.unwritten))
    return outcome


def _is_failure(error: ReaderError) -> bool:
    """Tell whether an error is more than a file that is still being received."""
    return error.code != "marks_not_whole"


def _print_events(outcome: ExchangeResult) -> None:
    for error in outcome.left:
        print(to_line(Failed(str(error.arguments.get("place", "")), error.reason)))
    print(to_line(Exchanged(outcome.written, outcome.changed)))
    print(to_line(Done()), flush=True)
