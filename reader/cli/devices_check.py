"""The findings of `znreader doctor` on the exchange of marks."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from reader.cli.printer import Printer
from reader.config import Settings
from reader.devices.hybrid_clock import moment_of_stamp
from reader.errors import ReaderError
from reader.exchange.mark_folder import MarkFolder
from reader.exchange.session import folder_of, survey
from reader.files import may_exist
from reader.store import Store

# A clock that is off by no more than this does no harm.
_MAX_OFF = timedelta(minutes=10)


def examine_devices(settings: Settings, printer: Printer, now: datetime) -> Iterator[str]:
    """Yield lines on the folder, the machines, and the marks that are not exchanged."""
    yield str(folder_of(settings))
    folder = MarkFolder(folder_of(settings))
    try:
        listing, states = folder.listing(), survey(settings)
    except ReaderError as error:
        yield printer.message(error)
        listing, states = None, []
    if listing is not None:
        files = sum(map(len, listing.files.values()))
        yield printer.sentence("doctor.devices", devices=len(states), files=files)
        if obstacle := folder.why_unwritable():
            yield printer.message(obstacle)
        if listing.conflicts:
            yield printer.sentence("doctor.conflicts", files=listing.conflicts)
    for state in states:
        if state.why is not None:
            yield f"{state.device}: {printer.message(state.why)}"
        elif state.header and state.header.at - now > _MAX_OFF:
            ahead = _hours(state.header.at - now)
            yield printer.sentence("doctor.clock_ahead", name=state.header.name, hours=ahead)
    yield from _examine_marks(settings, printer, now)


def _examine_marks(settings: Settings, printer: Printer, now: datetime) -> Iterator[str]:
    """Yield lines from the cache: since when marks are not exchanged, how far stamps are ahead."""
    if not may_exist(settings.cache_path):
        return
    try:
        with Store(settings.cache_path) as library:
            since, last = library.devices.first_unsent(), library.devices.last_stamp()
    except ReaderError:
        # Problems of the cache are reported elsewhere.
        return
    if since is not None:
        yield printer.sentence("devices_unsent", moment=f"{since:%Y-%m-%d %H:%M} UTC")
    ahead = moment_of_stamp(last) - now
    if ahead > _MAX_OFF:
        yield printer.sentence("doctor.stamps_ahead", hours=_hours(ahead))


def _hours(span: timedelta) -> float:
    return span / timedelta(hours=1)
