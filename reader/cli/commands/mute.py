"""`znreader mute`: words, phrases and sections that the lists leave out."""

import argparse

from reader.cli.cache_check import require_cache
from reader.cli.doubts import has_section
from reader.cli.news_output import print_json
from reader.cli.printer import Printer
from reader.config import Settings
from reader.errors import UsageError, reason
from reader.store import Store


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Mute or unmute something, or list the mute rules; return 1 if it was not muted.

    Raises UsageError if there is no word to mute.
    """
    require_cache(settings)
    printer = Printer.of(settings)
    with Store(settings.cache_path) as library:
        library.mutes.adopt(settings.mute)
        if chosen.action == "list":
            return _list(library, printer, as_json=chosen.json)
        words = " ".join(chosen.words)
        if chosen.action == "remove":
            if library.mutes.remove(words):
                printer.say("unmuted", name=words)
                return 0
            printer.remark("not_muted", name=words)
            return 1
        mute = library.mutes.add(words)
        if mute is None:
            raise UsageError("no_words", text=words)
        hidden = next(each.hidden for each in library.mutes.all() if each.kind == mute.kind
                      and each.name.casefold() == mute.name.casefold())  # fmt: skip
        if mute.kind == "section" and not has_section(library, mute.name):
            printer.complain(reason("unknown_section", section=mute.name))
    printer.say("muted", name=mute.name, headlines=hidden)
    return 0


def _list(library: Store, printer: Printer, *, as_json: bool) -> int:
    mutes = library.mutes.all()
    if as_json:
        print_json(
            {
                "mutes": [
                    {
                        "kind": each.kind,
                        "name": each.name,
                        "hidden": each.hidden,
                        "settings": each.fixed,
                    }
                    for each in mutes
                ]
            }
        )
        return 0
    for each in mutes:
        if each.kind == "section":
            printer.say("muted_section", name=each.name, headlines=each.hidden)
        else:
            printer.say("muted", name=each.name, headlines=each.hidden)
    if not mutes:
        printer.say("nothing_muted")
    return 0
