"""The time from process start to headlines and to the first answered key, with comparisons.

Interactive means for every program: its first frame is there, a key is pressed at that moment, and
the answer to it stands on the screen. The key is `j`, to which the reader moves the cursor before
Textual is there; Enter, which waits for Textual, has a row of its own.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from reader.store import Store
from reader.ui.terminal.frame_colours import colours_path
from tests.bench import blank, peers
from tests.bench.archive import Archive, signs_of
from tests.bench.picture import Lines, Picture, cursor_text
from tests.bench.table import Missing, Row, missing, progress
from tests.bench.terminal import ROOT, Screen, environment, without_preview

_ROUNDS, _PEER_ROUNDS = 12, 3
_LIST = ("-m", "reader", "list", "--limit", "20")
_HEAVY = ("textual", "rich", "bs4", "lxml", "httpcore")
_IMPORTS = (
    "import sys\nfrom reader.cli.main import main\nmain(sys.argv[1:])\n"
    f"print(*sorted(set({_HEAVY}) & set(sys.modules)), file=sys.stderr)"
)

# The number of checks, each a tenth of a second after the last.
_LOOKS = 100


class Started(Struct, frozen=True):
    """A program under test: what its first frame holds, and when it has answered a key."""

    command: tuple[str, ...]
    ready: str
    answered: Callable[[Lines], bool]
    key: str = "j"


class Times(Struct, frozen=True):
    """Seconds from the start of one program to its first frame and to its first answer."""

    ready: tuple[float, ...]
    interactive: tuple[float, ...]


def measure(large: Archive, small: Archive, folder: Path) -> Iterator[Row]:
    """Yield the rows of starting."""
    homes = {"large": large.copy_to(folder / "large"), "small": small.copy_to(folder / "small")}
    programs = {name: _reader(home) for name, home in homes.items()}
    for name, program in programs.items():
        start_first(program.command, program.ready, homes[name])
    homes["opened"] = large.copy_to(folder / "opened")
    without_preview(homes["opened"])
    programs["opened"] = _opening(homes["opened"])
    start_first(programs["opened"].command, programs["opened"].ready, homes["opened"])
    programs["blank"] = Started(
        (sys.executable, "-m", "tests.bench.blank"), blank.READY,
        lambda lines: blank.ANSWERED in lines[0],
    )  # fmt: skip
    homes["blank"] = folder
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in programs}
    bare: list[float] = []
    listed: list[float] = []
    for number in range(_ROUNDS):
        progress(f"start, round {number + 1} of {_ROUNDS}")
        for name, program in programs.items():
            taken[name].append(_start(program, homes[name]))
        bare.append(_run(folder, "-c", "pass"))
        listed.append(_run(homes["large"], *_LIST))
    yield from _list_rows(bare, listed, homes["large"], large.count)
    times = {name: Times(*zip(*values, strict=True)) for name, values in taken.items()}
    yield from _rows(times, median(bare), large.count, small.count)
    yield from _peer_rows(large, median(times["large"].interactive))


def _reader(home: Path) -> Started:
    with Store(home / "cache.sqlite3") as library:
        first, second = library.headlines.load(library.headlines.ids(limit=2))
    names = [str(each.teaser.title).split()[1] for each in (first, second)]
    return Started(
        (sys.executable, "-m", "reader", "--offline"), names[0],
        lambda lines: names[1] in cursor_text(lines),
    )  # fmt: skip


def _opening(home: Path) -> Started:
    """Return the reader whose first headline is opened as soon as it is there."""
    with Store(home / "cache.sqlite3") as library:
        article = library.articles.load(library.headlines.ids(limit=1)[0])
    if article is None:
        raise Missing("the first headline has no article")
    title, lead = signs_of(article)
    return replace(_reader(home), ready=title, key="\r", answered=partial(_shows, lead))


def _shows(text: str, lines: Lines) -> bool:
    return any(text in line for line in lines)


def start_first(command: Sequence[str], ready: str, home: Path) -> None:
    """Let the reader find out the colours of its first frame, which any later start has."""
    screen = Screen(command, environment(home))
    try:
        screen.seconds_until(ready, screen.started)
        for _ in range(_LOOKS):
            if colours_path(home / "cache.sqlite3").exists():
                return
            screen.pause(0.1)
        raise TimeoutError("the colours of the first frame were never kept")
    finally:
        screen.kill()


def _start(program: Started, home: Path) -> tuple[float, float]:
    screen = Screen(program.command, environment(home))
    try:
        ready = screen.seconds_until(program.ready, screen.started)
        screen.type(program.key)
        what = "the answer to a key that was pressed at the first frame"
        answered = Picture(screen).seconds_until(program.answered, screen.started, what)
    finally:
        screen.kill()
    return ready, answered


def _run(home: Path, *arguments: str) -> float:
    return Screen([sys.executable, *arguments], environment(home)).end()


def _list_rows(bare: list[float], listed: list[float], home: Path, count: int) -> Iterator[Row]:
    above = median(listed) - median(bare)
    yield Row("`python -c pass`", f"{median(bare) * 1000:.0f} ms")
    yield Row(
        f"`znreader list --limit 20` of {count:,}",
        f"{median(listed) * 1000:.0f} ms, {above * 1000:.0f} ms above `python -c pass`",
        "100 ms above it",
        above < 0.1,
    )
    done = subprocess.run(
        [sys.executable, "-c", _IMPORTS, "list", "--limit", "20"],
        cwd=ROOT, check=True, capture_output=True, text=True, env=environment(home))  # fmt: skip
    heavy = done.stderr.split()
    what = f"of {', '.join(_HEAVY)} it imports"
    yield Row(what, ", ".join(heavy) or "none", "none", not heavy)


def _rows(times: dict[str, Times], bare: float, large: int, small: int) -> Iterator[Row]:
    headlines = median(times["large"].ready) - bare
    yield Row(
        f"start to first headlines on the screen, {large:,} articles",
        f"{median(times['large'].ready) * 1000:.0f} ms, "
        f"{headlines * 1000:.0f} ms above `python -c pass`",
        "100 ms above it",
        headlines < 0.1,
    )
    ours = median(times["large"].interactive)
    yield Row(f"start to an interactive reader, {large:,} articles", f"{ours * 1000:.0f} ms")
    opened = median(times["opened"].interactive)
    yield Row("start to an article, opened by Enter at the first frame", f"{opened * 1000:.0f} ms")
    for name, what, bound in (
        ("small", f"the same with {small} articles", 1.15),
        ("blank", "a blank Textual app", 1.5),
    ):
        other = median(times[name].interactive)
        yield Row(
            f"beside {what}",
            f"{other * 1000:.0f} ms: {ours / other:.2f} x",
            f"{bound} x",
            ours / other <= bound,
        )


def _peer_rows(archive: Archive, ours: float) -> Iterator[Row]:
    for peer in peers.ALL:
        what = f"{peer.name}: start to its list, {archive.count:,} articles"
        try:
            prepared = peer.prepare(archive.count)
            seconds = []
            for number in range(_PEER_ROUNDS):
                progress(f"start of {peer.name}, round {number + 1} of {_PEER_ROUNDS}")
                screen, ready = prepared.start()
                screen.kill()
                seconds.append(ready)
        except (Missing, TimeoutError) as error:
            yield missing(what, error)
        else:
            theirs = median(seconds)
            yield Row(what, f"{theirs * 1000:.0f} ms: ours takes {ours / theirs:.2f} x")
