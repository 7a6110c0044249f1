"""The machine and the versions of the programs that were measured."""

import os
import platform
import re
import shutil
import sqlite3
import subprocess
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGES = ("textual", "beautifulsoup4", "lxml", "trafilatura", "newspaper4k", "readability-lxml")
_VERSION = re.compile(r"\d+\.\d[\w.]*")


def description() -> list[str]:
    """Return the lines that tell date, machine and versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(f"{name} {_package(name)}" for name in _PACKAGES)
    return [
        f"- {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores of {_processor()}, "
        f"{memory:.0f} GiB of memory, {platform.system()} {platform.release()}",
        f"- Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}",
        f"- newsboat {_newsboat()}, sfeed_curses {_installed('sfeed_curses')}",
    ]


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        text = ""
    names = re.search(r"model name\s*:\s*(.+)", text)
    return names[1].strip() if names else platform.processor() or platform.machine()


def _package(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def _newsboat() -> str:
    if shutil.which("newsboat") is None:
        return "missing"
    done = subprocess.run(["newsboat", "-v"], capture_output=True, text=True, check=False)
    found = _VERSION.search(done.stdout)
    return found[0] if found else "of unknown version"


def _installed(command: str) -> str:
    return "installed" if shutil.which(command) else "missing"
