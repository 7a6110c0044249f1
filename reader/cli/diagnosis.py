"""A report for maintainers on the program's state, without addresses, paths, titles or names.

It is in English, whatever the reader's language, and needs no network.
"""

import os
import platform
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from importlib.metadata import PackageNotFoundError, requires, version

from reader import __version__
from reader.cli.settings_check import theme_in_force
from reader.config import Settings
from reader.config.settings import table_of_settings
from reader.errors import ReaderError, Reason
from reader.files import may_exist
from reader.library import AdminLibrary
from reader.store import Store
from reader.store.opening import SQLITE_VERSION
from reader.ui.chosen_theme import chosen_theme

# The name of a package at the start of a requirement.
_PACKAGE = re.compile(r"[\w.-]+")
_TERMINAL = ("TERM", "COLORTERM", "LANG", "LC_ALL", "LC_CTYPE", "NO_COLOR")
_MOST_LENGTH = 40
# Arguments of a reason that reveal nothing but what happened.
_TELLING = ("status", "errno")


def diagnosis_lines(
    settings: Settings, now: datetime, environment: Mapping[str, str] = os.environ
) -> Iterator[str]:
    """Yield the lines, each a name and its value."""
    yield f"znreader: {__version__}"
    yield f"python: {platform.python_version()} ({platform.python_implementation()})"
    yield f"system: {platform.system()} {platform.release()} {platform.machine()}"
    yield f"sqlite: {SQLITE_VERSION}"
    yield f"packages: {', '.join(f'{name} {_version(name)}' for name in packages())}"
    terminal = [f"{name}={environment[name][:_MOST_LENGTH]}" for name in _TERMINAL
                if environment.get(name)]  # fmt: skip
    terminal += ["tmux"] if environment.get("TMUX") else []
    yield f"terminal: {_plain(', '.join(terminal)) or 'unknown'}"
    yield f"theme: {_theme(settings)}"
    yield f"settings: {', '.join(_changed(settings)) or 'all as they come'}"
    yield f"problems: {_counted(settings.problems) or 'none'}"
    yield from _cache_lines(settings, now)


def packages() -> list[str]:
    """Return the names of the packages that the program needs, without those of its extras."""
    try:
        wanted = requires("znreader") or []
    except PackageNotFoundError:
        return []
    names = (_PACKAGE.match(each) for each in wanted if "extra ==" not in each)
    return [name[0] for name in names if name]


def _theme(settings: Settings) -> str:
    theme = chosen_theme(settings)
    if not theme:
        return "default"
    return theme if theme == theme_in_force(settings) else "unknown"


def _cache_lines(settings: Settings, now: datetime) -> Iterator[str]:
    if not may_exist(settings.cache_path):
        yield "cache: none yet"
        return
    try:
        with Store(settings.cache_path) as library:
            yield from _store_lines(library, now)
    except ReaderError as error:
        yield f"cache: unusable, {_reason_text(error.reason)}"


def _store_lines(library: AdminLibrary, now: datetime) -> Iterator[str]:
    health, state = library.maintenance.health(), library.sources.sync_state()
    check = "ok" if health.check == "ok" else "damaged"
    yield f"cache: format {health.version}, {health.size} bytes, check {check}"
    yield (
        f"items: {health.headlines}, unread {health.unread}, saved {health.saved}, articles"
        f" {health.articles}, missing {health.uncached}, of which failed {health.failed}"
    )
    yield f"kept pages: {health.raw_pages}, {health.raw_bytes} bytes"
    yield f"sections: {len(library.sources.followings())}"
    feeds = library.feeds.states()
    failing = [feed.failure for feed in feeds if feed.failure]
    yield f"feeds: {len(feeds)}, failing: {_counted(failing) or 'none'}"
    reached = f"{_hours(now, state.reached)} ago" if state.reached else "never"
    why = f", failed since: {_reason_text(state.reason)}" if state.failed and state.reason else ""
    yield f"last sync: {reached}{', most pages not understood' if state.drifted else ''}{why}"
    yield f"failed pages: {_counted(library.maintenance.failures()) or 'none'}"
    parsers = library.maintenance.parsers()
    yield f"parsers: {', '.join(f'{number}: {count}' for number, count in parsers) or 'none'}"


def _changed(settings: Settings) -> Iterator[str]:
    """Yield the settings that are not at their default, with values that reveal nothing private."""
    for name, setting in table_of_settings().items():
        value, usual = getattr(settings, name, None), setting.default
        if name in ("theme", "language") or value == usual or (not value and not usual):
            continue
        description = setting.kind.description
        is_choice = isinstance(value, str) and description.code.startswith("kind_choice")
        shown = isinstance(value, bool | int | float) or is_choice
        yield f"{name}={value}" if shown else f"{name} is set"


def _counted(reasons: Sequence[Reason]) -> str:
    """Return the codes of the reasons, each with its count, the most frequent first."""
    counts = Counter(map(_reason_text, reasons))
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return ", ".join(f"{text} ({count})" for text, count in ordered)


def _reason_text(why: Reason) -> str:
    """Return the code of a reason, with only its numeric arguments."""
    numbers = [str(why.arguments[name]) for name in _TELLING
               if isinstance(why.arguments.get(name), int)]  # fmt: skip
    return " ".join((why.code, *numbers))


def _hours(now: datetime, at: datetime) -> str:
    return f"{(now - at).total_seconds() / 3600:.1f} hours"


def _plain(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"
