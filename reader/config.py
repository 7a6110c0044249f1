"""The settings of one run, from the command line, the environment and an optional TOML file."""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import platformdirs

from reader.errors import UsageError
from reader.text.reltime import Language

APP_NAME = "znreader"
DEFAULT_SITE = "https://www.zeelandnet.nl/"
_KEYS = frozenset({"site", "language", "offline"})


@dataclass(frozen=True, slots=True)
class Settings:
    """What one run goes by."""

    cache_path: Path
    config_path: Path
    site: str = DEFAULT_SITE
    language: Language = "nl"
    offline: bool = False


def load_settings(
    config: Path | None = None, site: str | None = None, *, offline: bool = False
) -> Settings:
    """Return the settings: arguments before the file at `config`, and that before the defaults.

    Raises UsageError where the file cannot be read or holds a wrong key or value.
    """
    path = config or platformdirs.user_config_path(APP_NAME) / "config.toml"
    stored = _read(path, required=config is not None)
    return Settings(
        cache_path=data_folder() / "cache.sqlite3",
        config_path=path,
        site=_site(site or stored.get("site", DEFAULT_SITE), path),
        language=_language(stored.get("language"), path),
        offline=offline or stored.get("offline") is True,
    )


def data_folder() -> Path:
    """Return the folder of the cache: ZNREADER_DATA, else the platform's own."""
    chosen = os.environ.get("ZNREADER_DATA")
    return Path(chosen) if chosen else platformdirs.user_data_path(APP_NAME)


def _read(path: Path, *, required: bool) -> dict[str, object]:
    try:
        with path.open("rb") as file:
            stored = tomllib.load(file)
    except FileNotFoundError:
        if required:
            raise UsageError(f"{path}: there is no such settings file") from None
        return {}
    except OSError as error:
        raise UsageError(f"{path}: the settings cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: the settings are not valid TOML: {error}") from error
    for key in stored:
        if key not in _KEYS:
            raise UsageError(
                f"{path}: unknown setting {key!r}; known are {', '.join(sorted(_KEYS))}"
            )
    return stored


def _site(site: object, path: Path) -> str:
    if not isinstance(site, str) or not site.startswith(("http://", "https://")):
        raise UsageError(f"site must begin with http:// or https:// (see --site and {path})")
    return site if site.endswith("/") else site + "/"


def _language(value: object, path: Path) -> Language:
    if value is not None:
        for language in get_args(Language):
            if value == language:
                return language  # type: ignore[no-any-return]
        raise UsageError(f'{path}: language must be "nl" or "en"')
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return "en" if (locale or "").lower().startswith("en") else "nl"
