"""The state shown in the header, as pieces of text; no text means all is well."""

from collections.abc import Sequence
from datetime import datetime

from reader.events import Progress
from reader.text.sanitize import clean_line
from reader.ui import wording
from reader.ui.state.network import Network, stopped_text
from reader.ui.state.values import ViewStatus
from reader.ui.typeset.text import clock_text, joined
from reader.ui.widgets.header_line import HeaderPart

_FULL, _EMPTY = "▰", "▱"
_BAR_WIDTH = 6
_FRESH = "▲"
_ELSEWHERE = "⇄"
_ALL = 100
# The order in which pieces are dropped if there is no room; offline mode never is.
_EXCHANGE, _SAMPLE, _AVAILABLE, _CLOCK, _FIGURE, _NEW, _RUNNING, _TROUBLE = range(8)


def state_pieces(
    status: ViewStatus, network: Network, now: datetime, figure: str = ""
) -> list[HeaderPart]:
    """Return the pieces from left to right; `figure` is the place in the pane."""
    if status.words:
        return (
            [HeaderPart(status.found, status.shown, "count", None)] if status.shown.strip() else []
        )
    return [
        *_storage(network),
        *_connection(status, network, now),
        *_folder(network),
        *_read_further(network),
        *_news(status, network),
        *([HeaderPart(figure, figure, "count", _FIGURE)] if figure else ()),
        *_rest(status, network, now),
    ]


def without_list(pieces: Sequence[HeaderPart]) -> list[HeaderPart]:
    """Return the pieces without those about the list, which an article has replaced."""
    return [each for each in pieces if each.rank not in (_AVAILABLE, _CLOCK)]


def _storage(network: Network) -> list[HeaderPart]:
    """Return that nothing is stored, which is shown however narrow the header is."""
    if network.unstored is None:
        return []
    full, short = wording.say("status.unstored"), wording.say("status.unstored-short")
    return [HeaderPart(f"! {full}", f"! {short}", "trouble", None)]


def _folder(network: Network) -> list[HeaderPart]:
    """Return any trouble with the exchange of marks with the other machines."""
    if network.folder is None:
        return []
    is_gone = network.folder.code == "marks_folder_gone"
    text = wording.say("status.folder" if is_gone else "status.exchange")
    return [_trouble(text, text)]


def _read_further(network: Network) -> list[HeaderPart]:
    """Return the machine on which the opened article was read further."""
    if not network.elsewhere:
        return []
    text = f"{_ELSEWHERE} {clean_line(network.elsewhere)}"
    return [HeaderPart(text, text, "new", _EXCHANGE)]


def _connection(status: ViewStatus, network: Network, now: datetime) -> list[HeaderPart]:
    """Return any trouble, and the offline mode."""
    share = _share(status)
    if network.offline:
        mode = f" {wording.say('status.offline-mode')} "
        pieces = [HeaderPart(mode, mode, "offline", None)]
        return pieces + ([HeaderPart(share, share, "count", _AVAILABLE)] if share else [])
    state, pieces = network.state, []
    if network.halted_at is not None:
        full = stopped_text(network.halted_at)
        return [_trouble(full, wording.say("network.stopped"))]
    if state.failed is not None and network.progress is None:
        # A site may answer and ask not to be read.
        refuses = state.reason is not None and state.reason.code == "robots"
        clock = clock_text(state.failed, now)
        if refuses:
            full = wording.say("network.refused-since", clock=clock)
            pieces = [_trouble(full, wording.say("network.refused"))]
        else:
            full = wording.say("network.unreachable-since", clock=clock)
            pieces = [_trouble(full, wording.say("network.unreachable"))]
        if share:
            available = wording.say("status.share-available", share=share)
            pieces.append(HeaderPart(available, share, "count", _AVAILABLE))
        return pieces
    if network.failures and network.progress is None:
        failed = wording.say("network.failed", count=network.failures)
        pieces.append(_trouble(failed, failed))
    if state.drifted:
        pieces.append(_trouble(wording.say("status.drifted"), wording.say("status.drifted-short")))
    return pieces


def _trouble(full: str, short: str) -> HeaderPart:
    return HeaderPart(f"! {full}", f"! {short}", "trouble", _TROUBLE)


def _news(status: ViewStatus, network: Network) -> list[HeaderPart]:
    """Return what is new, and the progress of a run."""
    pieces = []
    if status.fresh:
        new = f"{_FRESH} {wording.say('status.fresh', count=status.fresh)}"
        pieces.append(HeaderPart(new, new, "new", _NEW))
    if network.progress is not None:
        pieces.append(_progress(network.progress, network.fraction))
    return pieces


def _progress(progress: Progress, fraction: float) -> HeaderPart:
    if not progress.total:
        running = wording.say("network.syncing")
        return HeaderPart(running, running, "progress", _RUNNING)
    # The progress is not in pages, as their number is known only at the end.
    share, full = f"{int(_ALL * fraction):3}%", int(fraction * _BAR_WIDTH)
    bar = _FULL * full + _EMPTY * (_BAR_WIDTH - full)
    return HeaderPart(f"{share} {bar}", share, "progress", _RUNNING)


def _rest(status: ViewStatus, network: Network, now: datetime) -> list[HeaderPart]:
    """Return what can be read without a network, when news last came in, and its kind."""
    pieces, state = [], network.state
    quiet = network.progress is None and not network.offline and state.failed is None
    if quiet and (share := _share(status)):
        full = wording.say("status.available", count=status.cached, total=status.total)
        pieces.append(HeaderPart(full, share, "count", _AVAILABLE))
    if quiet and state.reached is not None:
        clock = clock_text(state.reached, now)
        pieces.append(HeaderPart(clock, clock, "count", _CLOCK))
    if status.sample:
        pieces.append(
            HeaderPart(
                wording.say("status.sample"), wording.say("status.sample-short"), "new", _SAMPLE
            )
        )
    return pieces


def _share(status: ViewStatus) -> str:
    """Return the share of the view that can be read without a network, or nothing if all can."""
    if status.cached is None or not status.total or status.cached >= status.total:
        return ""
    return percent(status.cached, status.total)


def percent(part: int, whole: int) -> str:
    """Return a share in the format of the reader's language; only the whole is 100 %."""
    return wording.say("status.percent", percent=str(_ALL * part // whole))


def list_labels(status: ViewStatus) -> tuple[str, ...]:
    """Return the label of the rule above the list: how much of the view is unread.

    The first is the fullest; the others are for rules that lack the room for it. There is none in
    an empty list, nor where the header says how much was found.
    """
    if status.shown.strip() or not status.total:
        return ()
    unread, total, stories = status.unread, status.total, status.stories
    brief = wording.say("status.unread", unread=unread)
    label = (
        brief if unread == total else wording.say("status.unread-of", unread=unread, total=total)
    )
    muted = wording.say("status.muted", count=status.muted) if status.muted else ""
    if not stories:
        return tuple(dict.fromkeys((joined(label, muted), label, brief)))
    # The figure at the end of the rule counts stories, so a total of reports does not stand alone.
    whole = wording.say_count("status.unread-in", stories, unread=label)
    beside = wording.say_count("status.unread-and", stories, unread=brief)
    return tuple(dict.fromkeys((joined(whole, muted), whole, beside, brief)))


def list_figure(cursor: int, total: int) -> str:
    """Return the row of the cursor and the number of rows; nothing if there are none."""
    return wording.out_of(cursor + 1, total) if total else ""
