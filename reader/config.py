"""The settings of one run, from the command line, the environment and an optional TOML file."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

from reader.errors import UsageError
from reader.glyphs import Glyphs
from reader.text.reltime import Language

APP_NAME = "znreader"
DEFAULT_SITE = "https://www.zeelandnet.nl/"
SELECTORS = ("main", "ignore", "headline", "dateline", "paragraph", "subheading", "age", "more")
_MIN_SYNC_MINUTES = 5
_WEB_SITE = r"https?://[^\s/?#\[\]]+"


@dataclass(frozen=True, slots=True)
class Settings:
    """What one run goes by; the README says what each is for.

    `sync_minutes` is None where the reader syncs on a key only; `pause` is in seconds between two
    requests; headlines go when they are older than `retain_days` or than the newest
    `retain_articles`, where that is not 0; `selectors` name, by CSS, elements that the parser would
    not know by itself.
    """

    cache_path: Path
    config_path: Path
    site: str = DEFAULT_SITE
    language: Language = "nl"
    offline: bool = False
    sync_at_start: bool = True
    sync_minutes: int | None = None
    follow: tuple[str, ...] = ()
    pages: int = 1
    articles: int = 300
    pause: float = 0.0
    keep_days: int = 7
    retain_days: int = 0
    retain_articles: int = 0
    glyphs: Glyphs = "auto"
    selectors: Mapping[str, str] = field(default_factory=dict)


def _is_whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and each for each in value)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What a key of the file may hold: a test for it, and the same in words."""

    allows: Callable[[Any], bool]
    words: str


_SETTINGS: dict[str, _Setting] = {
    "site": _Setting(
        lambda value: isinstance(value, str) and re.match(_WEB_SITE, value) is not None,
        "an address such as https://www.zeelandnet.nl/",
    ),
    "language": _Setting(lambda value: value in ("nl", "en"), '"nl" or "en"'),
    "offline": _Setting(lambda value: isinstance(value, bool), "true or false"),
    "sync": _Setting(
        lambda value: value in ("start", "key") or _is_whole(value, _MIN_SYNC_MINUTES, 1440),
        '"start", "key", or a number of minutes from 5 to 1440',
    ),
    "follow": _Setting(_are_texts, "a list of section names"),
    "pages": _Setting(lambda value: _is_whole(value, 1, 50), "a number from 1 to 50"),
    "articles": _Setting(lambda value: _is_whole(value, 1, 5000), "a number from 1 to 5000"),
    "pause": _Setting(
        lambda value: isinstance(value, int | float) and 0 <= value <= 60, "seconds from 0 to 60"
    ),
    "keep_days": _Setting(lambda value: _is_whole(value, 0, 365), "a number of days from 0 to 365"),
    "retain_days": _Setting(
        lambda value: _is_whole(value, 0, 36_500), "a number of days, or 0 to keep all"
    ),
    "retain_articles": _Setting(
        lambda value: _is_whole(value, 0, 1_000_000), "a number of articles, or 0 to keep all"
    ),
    "glyphs": _Setting(
        lambda value: value in ("auto", "unicode", "ascii"), '"auto", "unicode" or "ascii"'
    ),
    "selectors": _Setting(
        lambda value: isinstance(value, dict) and set(value) <= set(SELECTORS)
        and _are_texts(list(value.values())),
        f"CSS selectors for {', '.join(SELECTORS)}",
    ),
}  # fmt: skip


def load_settings(
    config: Path | None = None, site: str | None = None, *, offline: bool | None = None
) -> Settings:
    """Return the settings: arguments before the file at `config`, and that before the defaults.

    Raises UsageError where the file cannot be read or holds a wrong key or value.
    """
    path = config or platformdirs.user_config_path(APP_NAME) / "config.toml"
    stored = _read(path, required=config is not None)
    if site is not None:
        _check("site", site, "--site")
        stored["site"] = site
    sync = stored.pop("sync", "start")
    stored["site"] = str(stored.get("site", DEFAULT_SITE)).rstrip("/") + "/"
    stored["follow"] = tuple(stored.get("follow", ()))
    stored.setdefault("language", _language_of_locale())
    if offline is not None:
        stored["offline"] = offline
    return Settings(
        cache_path=data_folder() / "cache.sqlite3",
        config_path=path,
        sync_at_start=sync != "key",
        sync_minutes=sync if isinstance(sync, int) else None,
        **stored,
    )


def data_folder() -> Path:
    """Return the folder of the cache: ZNREADER_DATA, else the platform's own."""
    chosen = os.environ.get("ZNREADER_DATA")
    return Path(chosen) if chosen else platformdirs.user_data_path(APP_NAME)


def _read(path: Path, *, required: bool) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        if required:
            raise UsageError(f"{path}: there is no such settings file") from None
        return {}
    except OSError as error:
        raise UsageError(f"{path}: the settings cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: the settings are not valid TOML: {error}") from error
    # Most readers have no settings file, and so no use for what reads it.
    import tomllib  # noqa: PLC0415

    try:
        stored = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path}: the settings are not valid TOML: {error}") from error
    for key, value in stored.items():
        _check(key, value, str(path))
    return stored


def _check(key: str, value: object, where: str) -> None:
    setting = _SETTINGS.get(key)
    if setting is None:
        known = ", ".join(_SETTINGS)
        raise UsageError(f"{where}: unknown setting {key!r}; the settings are {known}")
    if not setting.allows(value):
        raise UsageError(f"{where}: {key} must be {setting.words}, not {value!r}")


def _language_of_locale() -> Language:
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return "en" if (locale or "").lower().startswith("en") else "nl"
