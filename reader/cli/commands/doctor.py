"""`znreader doctor`: paths, versions, the cache's health, and what the parser sees of the site."""

import argparse
import os
import platform
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version

from reader import __version__
from reader.cli.cache import require_cache
from reader.cli.complaint import report, told
from reader.cli.moment import now
from reader.cli.settings_check import examined
from reader.config import Settings
from reader.errors import CacheError, FetchError, PageError, ReaderError, UsageError
from reader.fetch import Client, Unchanged
from reader.fetch.proxies import proxy_for, proxy_name
from reader.glyphs import shown
from reader.i18n import term
from reader.intake import refused_pages
from reader.library import AdminLibrary
from reader.model import Article, Listing, SyncState
from reader.parse import parse_page, survey_page
from reader.parse.quality import findings_of
from reader.sources.zeelandnet import zeelandnet
from reader.store import Store
from reader.store.maintenance.copies import copy_of, made_at
from reader.store.maintenance.pruner import Retained
from reader.store.maintenance.repair import repair
from reader.text.sanitize import clean_line

_PACKAGES = ("textual", "beautifulsoup4", "lxml", "httpx", "platformdirs")


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Examine everything, or repair the cache; return 1 where it cannot be used, else 0."""
    if chosen.repair:
        return _repair(settings)
    if chosen.remove and not chosen.junk:
        raise UsageError("remove_without_junk")
    if chosen.junk:
        return _junk(settings, remove=chosen.remove)
    return _examine(examined(settings), now())


def _junk(settings: Settings, *, remove: bool) -> int:
    """List what came in by mistake, and remove it where that is asked for."""
    require_cache(settings)
    with Store(settings.cache_path) as library:
        found = {junk.id: junk.why for junk in library.retention.junk()}
        for url, why in refused_pages(library, settings):
            if (number := library.headlines.find(url)) is not None:
                found.setdefault(number, why)
        for headline in library.headlines.load(list(found)):
            mark = f"{shown('★')} " if headline.saved else ""
            teaser = headline.teaser
            print(clean_line(f"{mark}{teaser.title or teaser.summary}: {told(found[headline.id])}"))
            if teaser.url:
                print(clean_line(f"  {teaser.url}"))
        if remove:
            gone = library.retention.remove(list(found), now())
            print(report("junk_removed", count=gone))
        elif not found:
            print(report("no_junk"))
    return 0


def _examine(settings: Settings, now: datetime) -> int:
    """Print what was found, one line each; return 1 where the cache cannot be used, else 0."""
    _say("znreader", __version__)
    _say("python", platform.python_version())
    _say("packages", ", ".join(f"{name} {_version(name)}" for name in _PACKAGES))
    _say("settings", f"{settings.config_path}{'' if settings.config_path.exists() else ' (none)'}")
    for problem in settings.problems:
        _say("", told(problem))
    _say("theme", _theme_text(settings))
    _say("site", settings.site)
    if proxy := _proxy_text(settings):
        _say("proxy", proxy)
    status = _examine_cache(settings, now)
    if settings.offline:
        _say("network", "not touched (--offline)")
    else:
        _examine_site(settings, now)
    return status


def _proxy_text(settings: Settings) -> str:
    """Return the proxy that the site is asked through, or why it cannot be; empty for none."""
    try:
        proxy = proxy_for(settings.site, os.environ)
    except FetchError as error:
        return f"NOT USABLE: {told(error)}"
    return proxy_name(proxy) if proxy else ""


def _examine_cache(settings: Settings, now: datetime) -> int:
    _say("cache", settings.cache_path)
    if not settings.cache_path.exists():
        _say("", "there is none yet")
        return 0
    try:
        with Store(settings.cache_path) as library:
            health, state = library.maintenance.health(), library.sources.sync_state()
            free, kept = library.maintenance.free_bytes(), library.retention.pruned_files()
            due = library.retention.announced(now, settings.retain_days, settings.retain_articles)
            obstacle = _obstacle(library)
    except ReaderError as error:
        _say("", f"NOT USABLE: {told(error)}")
        _say("", "`znreader doctor --repair` saves what can be read of it into a new one")
        _examine_copy(settings)
        return 1
    span = ""
    if health.oldest and health.newest:
        span = f", from {health.oldest:%Y-%m-%d} to {health.newest:%Y-%m-%d}"
    _say(
        "",
        f"{health.size / 1e6:.1f} MB ({free / 1e6:.1f} MB of it free), "
        f"format {health.version}, check: {health.check}",
    )
    _say(
        "",
        f"{health.headlines} headlines ({health.unread} unread, {health.saved} saved), "
        f"{health.articles} whole articles{span}",
    )
    _say("", f"{health.uncached} headlines without their article, {health.failed} of them failed; "
             f"{health.raw_pages} kept pages, {health.raw_bytes / 1e6:.1f} MB")  # fmt: skip
    _say("", _retention_text(settings, due, len(kept)))
    if obstacle:
        _say("", f"CAN ONLY BE READ: {obstacle}")
    if health.check != "ok":
        _say("", "`znreader doctor --repair` saves what can be read of it into a new one")
    _examine_copy(settings)
    _say("last sync", _state_text(state))
    return 0 if health.check == "ok" else 1


def _examine_copy(settings: Settings) -> None:
    """Tell of the copy that runs make by themselves."""
    if made := made_at(settings.cache_path):
        path = copy_of(settings.cache_path)
        _say("copy", f"{path}, of {made:%Y-%m-%d %H:%M} UTC; a repair adds what it has,"
             " `znreader restore` puts it back whole")  # fmt: skip


def _theme_text(settings: Settings) -> str:
    """Return the theme in force, and which was wanted where there is no such theme."""
    # The screen's library, which nothing else here needs.
    from reader.ui.chosen_theme import chosen_theme  # noqa: PLC0415
    from reader.ui.themes import first_theme  # noqa: PLC0415

    theme, wanted = first_theme(settings), chosen_theme(settings)
    return theme if wanted in ("", theme) else f"{theme}, for there is no theme {wanted!r}"


def _retention_text(settings: Settings, due: Retained, kept: int) -> str:
    """Return what the settings let go, what is due, and whether something can be taken back."""
    bounds = [
        f"{number} {unit}"
        for number, unit in (
            (settings.retain_days, "days"),
            (settings.retain_articles, "articles"),
        )
        if number
    ]
    text = f"kept: {' and '.join(bounds)}" if bounds else "kept: everything"
    if due.due:
        when = f"after {due.due_after:%Y-%m-%d %H:%M} UTC" if due.due_after else "in a day or two"
        text += f"; {due.due} headlines are due, and go with a sync {when}"
    return f"{text}; `znreader prune --undo` takes back what went" if kept else text


def _obstacle(library: AdminLibrary) -> str | None:
    try:
        library.require_writable()
    except CacheError as error:
        return told(error)
    return None


def _state_text(state: SyncState) -> str:
    text = f"{state.reached:%Y-%m-%d %H:%M} UTC" if state.reached else "never"
    if state.drifted:
        text += "; most pages could not be read: the site's layout seems to have changed"
    if state.failed:
        text += f"; failed {state.failed:%Y-%m-%d %H:%M} UTC"
    if state.failed and state.reason:
        text += f": {told(state.reason)}"
    return text


def _examine_site(settings: Settings, now: datetime) -> None:
    with Client(lambda: now) as client:
        front = _examine_page(client, settings, "front page", zeelandnet(settings.site).front)
        if isinstance(front, Listing):
            links = (teaser.url for teaser in (*front.teasers, *front.ticker) if teaser.url)
            if newest := next(links, None):
                _examine_page(client, settings, "an article", newest)


def _examine_page(
    client: Client, settings: Settings, name: str, url: str
) -> Article | Listing | None:
    """Print what the parser finds and misses on one page of the site."""
    try:
        fetched = client.get(url)
    except FetchError as error:
        _say(name, f"not reached: {url}: {told(error)}")
        return None
    if isinstance(fetched, Unchanged):
        return None
    _say(name, f"{fetched.url}, {len(fetched.data) / 1e3:.0f} kB")
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
        _say("", f"NOT UNDERSTOOD: {told(error)}")
        _say("", f"on it stand {survey_page(fetched.data, fetched.at, settings.selectors)}")
        _say("", "`selectors` in the settings can tell what is what")
        return None
    findings = findings_of(page)
    _say("", f"found: {_terms(findings.found) or 'nothing'}")
    _say("", f"missed: {_terms(findings.missed) or 'nothing'} "
             f"(sure for {findings.sureness:.0%})")  # fmt: skip
    return page


def _terms(names: Sequence[str]) -> str:
    return ", ".join(term(name, "en") for name in names)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def _say(label: str, text: object) -> None:
    print(f"{label:<10} {clean_line(str(text))}".rstrip())


def _repair(settings: Settings) -> int:
    """Save what can be read of a damaged cache into a new one."""
    require_cache(settings)
    found = repair(settings.cache_path, now())
    if found.kept is None:
        print(clean_line(f"{settings.cache_path}: the cache is sound; nothing is to be repaired"))
        return 0
    print(
        f"{found.headlines} headlines, {found.articles} articles and {found.saved} saved marks"
        " were saved into a new cache"
    )
    if found.rebuilt:
        print(f"of {found.rebuilt} headlines only address and marks were left; a sync fetches them")
    if found.lost:
        print(f"at least {found.lost} headlines are lost")
    print(clean_line(f"the damaged file is kept as {found.kept}"))
    return 0
