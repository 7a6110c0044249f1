"""`znreader doctor`: paths, versions, the cache's health, and the parser's view of the site."""

import argparse
import os
import platform
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version

from reader import __version__
from reader.cli.cache_check import require_cache
from reader.cli.devices_check import examine_devices
from reader.cli.diagnosis import diagnosis_lines
from reader.cli.feeds_check import examine_feeds
from reader.cli.moment import now
from reader.cli.printer import Printer
from reader.cli.settings_check import examined, theme_in_force
from reader.config import Settings
from reader.errors import CacheCorrupt, CacheError, FetchError, PageError, ReaderError, UsageError
from reader.fetch import Client, Unchanged
from reader.fetch.proxies import proxy_for, proxy_name
from reader.files import is_open_to_others, may_exist
from reader.intake import refused_pages
from reader.library import AdminLibrary
from reader.model import Article, Listing, SyncState
from reader.parse import parse_page, survey_page
from reader.parse.quality import Findings, findings_of
from reader.sources.zeelandnet import zeelandnet
from reader.store import Store
from reader.store.maintenance.copies import made_at
from reader.store.maintenance.health import Health
from reader.store.maintenance.pruner import Retained
from reader.store.maintenance.repair import repair
from reader.store.side_files import copy_of
from reader.text.sanitize import clean_line
from reader.ui.chosen_theme import chosen_theme

# The advice that the sentence of an error may give.
_ADVICE = "doctor --repair"
_LABELS = (
    "znreader", "python", "packages", "settings", "theme", "site", "proxy", "cache", "copy",
    "sync", "devices", "feeds", "network", "front", "article",
)  # fmt: skip
_PACKAGES = ("textual", "beautifulsoup4", "lxml", "httpcore", "platformdirs")


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Examine everything, or repair the cache; return 1 if it cannot be used, else 0.

    Raises UsageError for options that do not go together.
    """
    if chosen.repair:
        return _repair(settings)
    if chosen.remove and not chosen.junk:
        raise UsageError("remove_without_junk")
    if chosen.junk:
        return _junk(settings, remove=chosen.remove)
    if chosen.report:
        return _report(settings)
    return _Examination(examined(settings), now()).run()


def _report(settings: Settings) -> int:
    """Print the report for maintainers."""
    for line in diagnosis_lines(examined(settings), now()):
        print(line)
    return 0


def _junk(settings: Settings, *, remove: bool) -> int:
    """List items that were stored by mistake, and remove them if asked to."""
    require_cache(settings)
    printer = Printer.of(settings)
    with Store(settings.cache_path) as library:
        found = {junk.id: junk.why for junk in library.retention.junk()}
        for url, why in refused_pages(library, settings):
            if (number := library.headlines.find(url)) is not None:
                found.setdefault(number, why)
        for headline in library.headlines.load(list(found)):
            mark = f"{printer.signs('★')} " if headline.saved else ""
            teaser, refusal = headline.teaser, printer.message(found[headline.id])
            print(clean_line(f"{mark}{teaser.title or teaser.summary}: {refusal}"))
            if teaser.url:
                print(clean_line(f"  {teaser.url}"))
        if not found:
            printer.say("no_junk")
        elif remove:
            gone = library.retention.remove(list(found), now())
            printer.say("junk_removed", headlines=gone)
    return 0


class _Examination:
    """Examines everything, and prints each finding on one line."""

    def __init__(self, settings: Settings, now: datetime) -> None:
        self._settings = settings
        self._now = now
        self._printer = Printer.of(settings)
        self._labels = {label: self._text(f"label-{label}") for label in _LABELS}
        self._width = max(map(len, self._labels.values()))

    def run(self) -> int:
        """Print the findings; return 1 if the cache cannot be used, else 0."""
        settings = self._settings
        self._print("znreader", __version__)
        self._print("python", platform.python_version())
        self._print("packages", ", ".join(f"{name} {self._version(name)}" for name in _PACKAGES))
        path = settings.config_path
        self._print("settings", path if may_exist(path) else self._text("no_settings", path=path))
        for problem in settings.problems:
            self._print("", self._printer.message(problem))
        self._print("theme", self._theme())
        self._print("site", settings.site)
        if proxy := self._proxy():
            self._print("proxy", proxy)
        status = self._examine_cache()
        if settings.sync_path is not None:
            self._examine_devices()
        if status == 0:
            self._examine_feeds()
        if settings.offline:
            self._print("network", self._text("offline"))
        else:
            self._examine_site()
        return status

    def _examine_devices(self) -> None:
        for number, line in enumerate(examine_devices(self._settings, self._printer, self._now)):
            self._print("" if number else "devices", line)

    def _examine_feeds(self) -> None:
        for number, line in enumerate(examine_feeds(self._settings, self._printer)):
            self._print("" if number else "feeds", line)

    def _print(self, label: str, text: object) -> None:
        name = self._labels.get(label, "")
        print(f"{name:<{self._width}} {clean_line(str(text))}".rstrip())

    def _text(self, code: str, /, **arguments: object) -> str:
        return self._printer.sentence(f"doctor.{code}", **arguments)

    def _version(self, package: str) -> str:
        try:
            return version(package)
        except PackageNotFoundError:
            return self._text("missing")

    def _theme(self) -> str:
        """Return the theme in force, and the requested one if there is no such theme."""
        theme, wanted = theme_in_force(self._settings), chosen_theme(self._settings)
        if theme is None:
            return self._text("missing")
        is_there = wanted in ("", theme)
        return theme if is_there else self._text("theme_missing", theme=theme, wanted=repr(wanted))

    def _proxy(self) -> str:
        """Return the proxy for the site, or why it cannot be used; empty for none."""
        try:
            proxy = proxy_for(self._settings.site, os.environ)
        except FetchError as error:
            return self._text("unusable", why=self._printer.message(error))
        return proxy_name(proxy) if proxy else ""

    def _examine_cache(self) -> int:
        settings = self._settings
        self._print("cache", settings.cache_path)
        if not may_exist(settings.cache_path):
            self._print("", self._text("no_cache"))
            return 0
        try:
            with Store(settings.cache_path) as library:
                health, state = library.maintenance.health(), library.sources.sync_state()
                free, kept = library.maintenance.free_bytes(), library.retention.pruned_files()
                due = library.retention.announced(
                    self._now, settings.retain_days, settings.retain_articles
                )
                obstacle = _obstacle(library)
        except ReaderError as error:
            why = self._printer.message(error)
            self._print("", self._text("unusable", why=why))
            # Most of these sentences give the advice themselves.
            if isinstance(error, CacheCorrupt) and _ADVICE not in why:
                self._print("", self._text("repairable"))
            self._examine_copy()
            return 1
        if is_open_to_others(folder := settings.cache_path.parent):
            self._print("", self._text("open_folder", folder=folder))
        self._print_health(health, free)
        self._print("", self._retention(due, is_undoable=bool(kept)))
        if obstacle is not None:
            self._print("", self._text("read_only", why=self._printer.message(obstacle)))
        if health.check != "ok":
            self._print("", self._text("repairable"))
        self._examine_copy()
        self._print("sync", self._last_sync(state))
        return 0 if health.check == "ok" else 1

    def _examine_copy(self) -> None:
        """Print the location of the copy that runs make automatically."""
        path = self._settings.cache_path
        if made := made_at(path):
            self._print("copy", self._text("copy", path=copy_of(path), moment=_moment(made)))

    def _print_health(self, health: Health, free: int) -> None:
        """Print the contents of the cache file, of which `free` bytes are unused."""
        file = self._text(
            "file",
            size=health.size / 1e6,
            free=free / 1e6,
            version=health.version,
            check=health.check,
        )
        counts = {
            "headlines": health.headlines,
            "unread": health.unread,
            "saved": health.saved,
            "articles": health.articles,
        }
        if health.oldest and health.newest:
            span = {"oldest": f"{health.oldest:%Y-%m-%d}", "newest": f"{health.newest:%Y-%m-%d}"}
            content = self._text("content_dated", **counts, **span)
        else:
            content = self._text("content", **counts)
        lacking = self._text(
            "lacking",
            headlines=health.uncached,
            failed=health.failed,
            pages=health.raw_pages,
            size=health.raw_bytes / 1e6,
        )
        for text in (file, content, lacking):
            self._print("", text)

    def _retention(self, due: Retained, *, is_undoable: bool) -> str:
        """Return the retention settings, the headlines due, and whether a removal can be undone."""
        days, articles = self._settings.retain_days, self._settings.retain_articles
        if days and articles:
            parts = [self._text("keeps_both", days=days, articles=articles)]
        elif days:
            parts = [self._text("keeps_days", days=days)]
        elif articles:
            parts = [self._text("keeps_articles", articles=articles)]
        else:
            parts = [self._text("keeps_all")]
        if due.due and due.due_after:
            parts.append(self._text("due", headlines=due.due, moment=_moment(due.due_after)))
        elif due.due:
            parts.append(self._text("due_soon", headlines=due.due))
        if is_undoable:
            parts.append(self._text("undoable"))
        return "; ".join(parts)

    def _last_sync(self, state: SyncState) -> str:
        parts = [_moment(state.reached) if state.reached else self._text("never")]
        if state.drifted:
            parts.append(self._text("drifted"))
        if state.failed and state.reason:
            why = self._printer.message(state.reason)
            parts.append(self._text("failed_why", moment=_moment(state.failed), why=why))
        elif state.failed:
            parts.append(self._text("failed", moment=_moment(state.failed)))
        return "; ".join(parts)

    def _examine_site(self) -> None:
        with Client(lambda: self._now) as client:
            front = self._examine_page(client, "front", zeelandnet(self._settings.site).front)
            if isinstance(front, Listing):
                links = (teaser.url for teaser in (*front.teasers, *front.ticker) if teaser.url)
                if newest := next(links, None):
                    self._examine_page(client, "article", newest)

    def _examine_page(self, client: Client, label: str, url: str) -> Article | Listing | None:
        """Print the parts that the parser finds and misses on one page of the site."""
        settings = self._settings
        try:
            fetched = client.get(url)
        except FetchError as error:
            why = self._printer.message(error)
            self._print(label, self._text("not_reached", url=url, why=why))
            return None
        if isinstance(fetched, Unchanged):
            return None
        size = len(fetched.data) / 1e3
        self._print(label, self._text("page", url=fetched.url, size=size))
        try:
            page = parse_page(
                fetched.data,
                fetched.at,
                url,
                settings.site,
                settings.selectors,
                charset=fetched.charset,
            )
        except PageError as error:
            survey = survey_page(fetched.data, fetched.at, settings.selectors)
            self._print("", self._text("not_understood", why=self._printer.message(error)))
            self._print("", self._text("survey", **survey))
            self._print("", self._text("selectors"))
            return None
        self._print_findings(findings_of(page))
        return page

    def _print_findings(self, findings: Findings) -> None:
        if findings.found:
            self._print("", self._text("found", parts=findings.found))
        else:
            self._print("", self._text("found_nothing"))
        sureness = findings.sureness
        if findings.missed:
            self._print("", self._text("missed", parts=findings.missed, sureness=sureness))
        else:
            self._print("", self._text("missed_nothing", sureness=sureness))


def _obstacle(library: AdminLibrary) -> CacheError | None:
    """Return why the cache is read-only, or None if it can be written."""
    try:
        library.require_writable()
    except CacheError as error:
        return error
    return None


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _repair(settings: Settings) -> int:
    """Save the readable parts of a damaged cache to a new one."""
    require_cache(settings)
    printer = Printer.of(settings)
    found = repair(settings.cache_path, now())
    if found.kept is None:
        printer.say("cache_sound", path=settings.cache_path)
        return 0
    printer.say("repaired", headlines=found.headlines, articles=found.articles, saved=found.saved)
    if found.rebuilt:
        printer.say("rebuilt", headlines=found.rebuilt)
    if found.lost:
        printer.say("lost", headlines=found.lost)
    printer.say("damaged_file", path=found.kept)
    return 0
