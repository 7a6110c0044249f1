"""`znreader doctor`: paths, versions, the cache's health, and what the parser sees of the site."""

import platform
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version

from reader import __version__
from reader.config import Settings
from reader.errors import ReaderError
from reader.library import Library
from reader.model import Article
from reader.text.clean import clean_line

_PACKAGES = ("textual", "beautifulsoup4", "lxml", "httpx", "platformdirs")


def examine(settings: Settings, now: datetime) -> int:
    """Print what was found, one line each; return 1 where the cache cannot be used, else 0."""
    _say("znreader", __version__)
    _say("python", platform.python_version())
    _say("packages", ", ".join(f"{name} {_version(name)}" for name in _PACKAGES))
    _say("settings", f"{settings.config_path}{'' if settings.config_path.exists() else ' (none)'}")
    _say("site", settings.site)
    status = _examine_cache(settings)
    if settings.offline:
        _say("network", "not touched (--offline)")
    else:
        _examine_site(settings, now)
    return status


def _examine_cache(settings: Settings) -> int:
    _say("cache", settings.cache_path)
    try:
        with Library(settings.cache_path) as library:
            health = library.health()
    except ReaderError as error:
        _say("", f"NOT USABLE: {error}")
        return 1
    span = ""
    if health.oldest and health.newest:
        span = f", from {health.oldest:%Y-%m-%d} to {health.newest:%Y-%m-%d}"
    _say("", f"{health.size / 1e6:.1f} MB, format {health.version}, check: {health.check}")
    _say(
        "",
        f"{health.headlines} headlines ({health.unread} unread, {health.saved} saved), "
        f"{health.articles} whole articles{span}",
    )
    return 0 if health.check == "ok" else 1


def _examine_site(settings: Settings, now: datetime) -> None:
    from reader.fetch import fetch_page  # noqa: PLC0415
    from reader.parse import parse_page  # noqa: PLC0415

    front = settings.site + "nieuws"
    try:
        fetched = fetch_page(front, now)
    except ReaderError as error:
        _say("network", f"the site was not reached: {error}")
        return
    _say("network", f"reached {fetched.url}, {len(fetched.data) / 1e3:.0f} kB")
    try:
        page = parse_page(fetched.data, now, fetched.url, settings.site)
    except ReaderError as error:
        _say("parser", f"the front page was not understood: {error}")
        return
    if isinstance(page, Article):
        _say(
            "parser",
            f"an article: {page.teaser.title}, {len(page.blocks)} blocks, "
            f"{len(page.related)} related",
        )
    else:
        _say(
            "parser",
            f"a listing: {len(page.teasers)} teasers, {len(page.ticker)} in the ticker, "
            f"sections {', '.join(section.name for section in page.sections) or 'none'}",
        )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def _say(label: str, text: object) -> None:
    print(f"{label:<10} {clean_line(str(text))}".rstrip())
