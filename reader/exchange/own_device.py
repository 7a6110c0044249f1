"""The identity of this machine: a random id in a file beside the cache, and its name.

It is not in the cache, since a copy of the cache may be restored on another machine.
"""

import json
import os
import secrets
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict, replace

from reader.devices.records import is_device
from reader.errors import CacheError, os_reason
from reader.files import read_beginning, written_whole
from reader.text.sanitize import clean_line

_MOST = 4_000
MAX_NAME = 60


class OwnDevice(Struct, frozen=True):
    """The id of this machine and the name that it was given, "" for none."""

    device: str
    name: str = ""


def device_path(cache: Path) -> Path:
    """Return the path of the file with this machine's id, beside the cache."""
    return cache.with_name("device.json")


def load_device(cache: Path) -> OwnDevice | None:
    """Return the identity of this machine, or None if it has no id or it cannot be read."""
    try:
        document = json.loads(read_beginning(device_path(cache), _MOST))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or not is_device(document.get("device")):
        return None
    name = document.get("name")
    return OwnDevice(document["device"], label(name) if isinstance(name, str) else "")


def new_device(cache: Path) -> OwnDevice:
    """Give this machine a new id, keeping its name, and return it; raises CacheError."""
    before = load_device(cache) or OwnDevice("")
    return _store(cache, replace(before, device=secrets.token_hex(5)))


def rename_device(cache: Path, name: str) -> OwnDevice:
    """Give this machine a name and return it; raises CacheError."""
    before = load_device(cache) or new_device(cache)
    return _store(cache, replace(before, name=label(name)))


def shown_name(own: OwnDevice, wanted: str) -> str:
    """Return the name of this machine: `wanted` by the settings, else its own, else the host's."""
    return label(wanted) or own.name or label(os.uname().nodename) or own.device


def label(text: str) -> str:
    """Return a name cleaned and cut to be shown on one line."""
    return clean_line(text[:MAX_NAME])


def _store(cache: Path, own: OwnDevice) -> OwnDevice:
    path = device_path(cache)
    try:
        with written_whole(path) as part:
            part.write_text(json.dumps(asdict(own)) + "\n", encoding="utf-8")
    except OSError as error:
        raise CacheError("file_unwritable", place=path, cause=os_reason(error)) from error
    return own
