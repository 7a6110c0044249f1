"""Changes of section and filter, until the screen no longer changes."""

from collections.abc import Iterator
from pathlib import Path

from reader.store import Store
from reader.ui.commands.table import COMMANDS
from reader.ui.state.values import views_of
from tests.bench.archive import Archive
from tests.bench.picture import Lines, Picture
from tests.bench.prose import COMMON
from tests.bench.table import Missing, Row, latency, missing, progress
from tests.bench.terminal import Screen, reader, without_preview

_ROUNDS = 3
_QUIET = 0.3
# The first line of headlines; the counts above may follow a tenth of a second later.
_HEADLINES = 2
# The first of these that the reader knows narrows the list by words.
_FILTERS = ("reading.quick-filter", "reading.filter")
_WORDS = (*(word for word, _, _ in COMMON), "goes", "veere", "haven", "minsk geverfd", "zzz")


def key_of(*commands: str) -> str:
    """Return the key of the first command that the reader knows; raises Missing."""
    known = {command.id: command.keys[0] for command in COMMANDS if command.keys}
    for command in commands:
        if key := known.get(command):
            return {"slash": "/", "backslash": "\\", "right_square_bracket": "]"}.get(key, key)
    raise Missing(f"the reader has no command {' or '.join(commands)}")


def measure(large: Archive, folder: Path) -> Iterator[Row]:
    """Yield the rows of sections and filter."""
    home = large.copy_to(folder / "sections")
    with Store(home / "cache.sqlite3") as library:
        names = [view.name for view in views_of(library.headlines.sections())]
    without_preview(home)
    screen = reader(home, "--offline")
    try:
        picture = Picture(screen)
        screen.seconds_until("▌", screen.started)
        screen.settle(1)
        picture.catch_up()
        yield from _sections(screen, picture, names, large.count)
        try:
            yield latency("letter of the quick filter, to its headlines, standing still",
                          _filtered(screen, picture), 100)  # fmt: skip
        except Missing as error:
            yield missing("letter of the quick filter", error)
    finally:
        screen.kill()


def _sections(screen: Screen, picture: Picture, names: list[str], count: int) -> Iterator[Row]:
    seconds: list[float] = []
    for number in range(_ROUNDS):
        progress(f"sections, round {number + 1} of {_ROUNDS}")
        for name in [*names[1:], names[0]]:
            seconds += _changed(screen, picture, key_of("reading.next-section"), name)
    yield latency(f"next section to its headlines, standing still, {count:,}", seconds, 100)


def _filtered(screen: Screen, picture: Picture) -> list[float]:
    seconds: list[float] = []
    key = key_of(*_FILTERS)
    for word in _WORDS:
        progress(f"filter by {word!r}")
        screen.type(key)
        screen.settle(_QUIET)
        picture.catch_up()
        for end in range(1, len(word) + 1):
            seconds += _changed(screen, picture, word[end - 1], word[:end])
        screen.type("\x1b")
        screen.settle(_QUIET)
        picture.catch_up()
    return seconds


def _changed(screen: Screen, picture: Picture, key: str, shows: str) -> list[float]:
    def is_right(lines: Lines) -> bool:
        return any(shows in line for line in lines)

    seconds = picture.seconds_to_final(screen.type(key), _QUIET, is_right, below=_HEADLINES)
    return [] if seconds is None else [seconds]
