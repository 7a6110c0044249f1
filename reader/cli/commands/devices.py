"""`znreader devices`: the machines of one reader that exchange marks."""

import argparse
from datetime import datetime

from reader.cli.moment import now
from reader.cli.news_output import print_json
from reader.cli.printer import Printer
from reader.config import Settings
from reader.errors import ReaderError, UsageError, reason
from reader.exchange.own_device import label, load_device, rename_device, shown_name
from reader.exchange.session import DeviceState, forget, last_exchange, survey
from reader.files import may_exist
from reader.jsonform import Json, time_json
from reader.store import Store
from reader.text.sanitize import clean_line


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """List the machines, rename this one, or forget one; return 0.

    Raises ReaderError if there is no such machine, or it cannot be renamed or forgotten.
    """
    if chosen.action == "rename":
        return _rename(chosen.name, settings)
    if chosen.action == "forget":
        return _forget(chosen.device, settings)
    return _list(settings, as_json=chosen.json)


def _rename(name: str, settings: Settings) -> int:
    if not label(name):
        raise UsageError("device_nameless")
    if settings.device_name:
        raise ReaderError("device_name_set", place=settings.config_path)
    own = rename_device(settings.cache_path, name)
    Printer.of(settings).say("device_renamed", name=own.name)
    return 0


def _forget(wanted: str, settings: Settings) -> int:
    found = [each for each in survey(settings) if wanted in (each.device, _name(each))]
    if not found:
        raise ReaderError("no_such_device", device=wanted)
    if len(found) > 1:
        raise ReaderError("several_devices", device=wanted, ids=[each.device for each in found])
    if found[0].is_own:
        raise ReaderError("own_device")
    with Store(settings.cache_path) as library:
        library.require_writable()
        forget(library.devices, settings, found[0].device, now())
    Printer.of(settings).say("device_forgotten", name=_name(found[0]))
    return 0


def _list(settings: Settings, *, as_json: bool) -> int:
    printer, path = Printer.of(settings), settings.sync_path
    at, since = last_exchange(settings.cache_path), _unsent_since(settings)
    # Before the first exchange the folder may not exist.
    is_there = path is not None and (at is not None or may_exist(path))
    states = survey(settings) if is_there else []
    own = load_device(settings.cache_path)
    if as_json:
        print_json({
            "device": own.device if own else None,
            "name": shown_name(own, settings.device_name) if own else None,
            "folder": None if path is None else str(path),
            "exchanged": time_json(at) if at else None,
            "untold": time_json(since) if since else None,
            "devices": list(map(_device_json, states)),
        })  # fmt: skip
        return 0
    if path is None:
        print(printer.message(reason("no_sync_folder", place=settings.config_path)))
        return 0
    print(clean_line(printer.sentence("devices_folder", path=str(path))))
    for state in states:
        print(printer.signs(clean_line(_line(state, printer))))
    if not states:
        printer.say("no_devices")
    if since:
        printer.say("devices_unsent", moment=_moment(since))
    return 0


def _unsent_since(settings: Settings) -> datetime | None:
    """Return when the oldest mark not yet sent to other machines was set, or None."""
    if settings.sync_path is None or not may_exist(settings.cache_path):
        return None
    with Store(settings.cache_path) as library:
        return library.devices.first_unsent()


def _line(state: DeviceState, printer: Printer) -> str:
    name = _name(state)
    if state.header is None:
        why = printer.message(state.why) if state.why else ""
        return f"{name} ({state.device}): {why}"
    return printer.sentence(
        "device_own" if state.is_own else "device_other",
        name=name,
        device=state.device,
        moment=_moment(state.header.at),
        program=state.header.program or "?",
    )


def _name(state: DeviceState) -> str:
    return state.header.name if state.header else state.device


def _device_json(state: DeviceState) -> Json:
    header = state.header
    return {
        "device": state.device,
        "name": header.name if header else None,
        "own": state.is_own,
        "at": time_json(header.at) if header else None,
        "program": header.program if header else None,
        "files": state.files,
    }


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
