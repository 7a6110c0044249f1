"""The settings of one run, from the command line, the environment and an optional TOML file."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import platformdirs

from reader.config.settings import (
    DEFAULT_SITE,
    Density,
    MarkRead,
    Opening,
    Settings,
    table_of_settings,
)
from reader.errors import Reason, UsageError
from reader.text.relative_time import LANGUAGES, Language

__all__ = [
    "APP_NAME",
    "DEFAULT_SITE",
    "Density",
    "MarkRead",
    "Opening",
    "Settings",
    "data_folder",
    "language_of_locale",
    "load_settings",
    "settings_path",
]

APP_NAME = "znreader"


def load_settings(
    config: Path | None = None, site: str | None = None, *, offline: bool | None = None
) -> Settings:
    """Return the settings; arguments override the file at `config`, which overrides the defaults.

    Invalid parts of the file are left out, and reported in the settings' `problems`. Raises
    UsageError if `config` is missing or `site` is not an address.
    """
    path = config or settings_path()
    defaults = {"language": language_of_locale()}
    stored, problems = _read(path, defaults, required=config is not None)
    values: dict[str, Any] = {**defaults, **stored}
    origins = {"language": "the locale"} | dict.fromkeys(stored, str(path))
    if site is not None:
        address = table_of_settings()["site"].kind
        if not address.allows(site):
            raise UsageError(
                "bad_option", option="--site", allowed=address.description, value=repr(site)
            )
        values["site"], origins["site"] = address.take(site), "--site"
    if offline is not None:
        values["offline"], origins["offline"] = offline, "--offline" if offline else "--online"
    return Settings(
        cache_path=data_folder() / "cache.sqlite3",
        config_path=path,
        origins=origins,
        problems=problems,
        **values,
    )


def settings_path() -> Path:
    """Return the path where the settings file is expected."""
    return platformdirs.user_config_path(APP_NAME) / "config.toml"


def data_folder() -> Path:
    """Return the folder of the cache: ZNREADER_DATA, else the platform's own."""
    chosen = os.environ.get("ZNREADER_DATA")
    return Path(chosen) if chosen else platformdirs.user_data_path(APP_NAME)


def _read(
    path: Path, defaults: Mapping[str, Any], *, required: bool
) -> tuple[Mapping[str, Any], tuple[Reason, ...]]:
    """Return the values in the file at `path`, and the errors in it."""
    try:
        path.stat()
    except FileNotFoundError:
        if required:
            raise UsageError("no_settings_file", place=path) from None
        return {}, ()
    except OSError:
        # Reading it raises the error that says why.
        pass
    # Most users have no settings file, and need not import the module that reads it.
    from reader.config.loader import read_settings

    stored = read_settings(path, defaults)
    return stored.values, stored.problems


def language_of_locale() -> Language:
    """Return the language that the environment names, else Dutch."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    named = (locale or "").lower()
    return next((each for each in LANGUAGES if named.startswith(each)), LANGUAGES[0])
