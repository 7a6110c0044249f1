"""Opens pages in the web browser, without output on the terminal."""

import asyncio
import sys
import webbrowser
from asyncio.subprocess import DEVNULL
from urllib.parse import urlsplit

from reader.text.sanitize import clean_line

# Browsers that would need the terminal this program draws on.
_TERMINAL_BROWSERS = frozenset({"www-browser", "links", "elinks", "lynx", "w3m"})


def may_open(url: str | None) -> bool:
    """Tell whether `url` is a clean http or https address."""
    if not url or clean_line(url) != url or " " in url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def has_browser() -> bool:
    """Tell whether there is a web browser that does not need this terminal."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    return getattr(browser, "name", "") not in _TERMINAL_BROWSERS


async def open_page(url: str) -> bool:
    """Open an http or https `url` in the web browser; return whether that succeeded."""
    if not may_open(url) or not has_browser():
        return False
    # Browsers chatter on standard output and error, which here are the screen.
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        # A file of that name in the current folder is not run.
        "-P",
        "-m",
        "webbrowser",
        "-t",
        url,
        stdin=DEVNULL,
        stdout=DEVNULL,
        stderr=DEVNULL,
        start_new_session=True,
    )
    return await child.wait() == 0
