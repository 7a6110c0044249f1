"""Opens pages in the web browser: a graphical one beside the reader, a text browser in its place.

The variable BROWSER names one or several, separated by colons, each a command with arguments;
the address replaces `%s`, or else comes last. Without it the usual browsers are tried.
"""

import asyncio
import os
import shlex
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from reader.errors import ReaderError, os_reason
from reader.text.article_links import may_open
from reader.ui.other_programs import LendTerminal, run_here, start_beside

# Browsers that need the terminal this program draws on.
_TEXT_BROWSERS = tuple(
    "www-browser lynx w3m links links2 elinks browsh carbonyl cha retawq edbrowse".split()
)
_GRAPHICAL_BROWSERS = tuple(
    "xdg-open wslview x-www-browser gnome-www-browser firefox firefox-esr chromium"
    " chromium-browser google-chrome konqueror epiphany falkon dillo netsurf".split()
)
# Programs that run the command given in their arguments.
_RUNNERS = frozenset({"env", "sh", "bash", "nice", "nohup", "sudo"})
# A browser that fails ends within this time (seconds); one that runs longer has started.
_AT_ONCE = 2.0


def browsers(environment: Mapping[str, str]) -> list[list[str]]:
    """Return the commands of the browsers to try, in order of preference, without an address.

    Raises ReaderError if the variable BROWSER cannot be parsed.
    """
    chosen = environment.get("BROWSER", "")
    if chosen.strip(" :"):
        try:
            return [shlex.split(each) for each in chosen.split(":") if each.strip()]
        except ValueError as error:
            raise ReaderError("command_unreadable", variable="BROWSER", value=chosen) from error
    return [[name] for name in _usual(environment) if shutil.which(name)]


def needs_terminal(command: Sequence[str]) -> bool:
    """Tell whether a browser draws on the terminal."""
    names = [Path(word).name for each in command for word in each.split()]
    return any(name in _TEXT_BROWSERS for name in (names if names[0] in _RUNNERS else names[:1]))


async def open_page(url: str, lend_terminal: LendTerminal) -> None:
    """Open an http or https `url` in the first browser that can be started.

    A text browser runs while the terminal is lent to it. Raises ReaderError with the reason why
    the last of the browsers failed.
    """
    failure = ReaderError("no_browser")
    for command in browsers(os.environ) if may_open(url) else ():
        try:
            if needs_terminal(command):
                await _run_here(_with(command, url), lend_terminal)
            else:
                await _start_beside(_with(command, url))
        except ReaderError as error:
            failure = error
        else:
            return
    raise failure


def _usual(environment: Mapping[str, str]) -> Iterator[str]:
    if sys.platform == "darwin":
        yield "open"
    elif environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"):
        yield from _GRAPHICAL_BROWSERS
    elif "WSL_DISTRO_NAME" in environment:
        yield "wslview"
    yield from _TEXT_BROWSERS


def _with(command: Sequence[str], url: str) -> list[str]:
    if any("%s" in word for word in command[1:]):
        return [command[0], *(word.replace("%s", url) for word in command[1:])]
    return [*command, url]


async def _run_here(command: Sequence[str], lend_terminal: LendTerminal) -> None:
    with _failing(command):
        status = await run_here(command, lend_terminal)
    _require_success(command, status)


async def _start_beside(command: Sequence[str]) -> None:
    with _failing(command):
        child = await start_beside(command)
    with suppress(TimeoutError):
        async with asyncio.timeout(_AT_ONCE):
            _require_success(command, await child.wait())


@contextmanager
def _failing(command: Sequence[str]) -> Iterator[None]:
    """Raise ReaderError if a browser cannot be started."""
    try:
        yield
    except OSError as error:
        name, cause = Path(command[0]).name, os_reason(error)
        raise ReaderError("browser_unusable", browser=name, cause=cause) from error


def _require_success(command: Sequence[str], status: int) -> None:
    if status:
        raise ReaderError("browser_failed", browser=Path(command[0]).name, status=status)
