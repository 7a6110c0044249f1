"""Runs the measurements and prints one table: `python -m tests.bench --help`."""

import argparse
import importlib
import importlib.util
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from reader.errors import ReaderError
from tests.bench import (
    disk,
    keys,
    live,
    memory,
    opening,
    peers,
    placing,
    searching,
    sections,
    start,
    switched_on,
)
from tests.bench.archive import FOLDER, archive
from tests.bench.machine import description
from tests.bench.table import Missing, Row, markdown, missing, progress

_COUNT, _SMALL = 100_000, 100
_REPORT = Path(__file__).parents[2] / "BENCH.md"
_LAST_RUN = "## The last run\n"
_FAILURES = (Missing, TimeoutError, OSError, ReaderError, sqlite3.Error,
             subprocess.SubprocessError)  # fmt: skip

Measure = Callable[[], Iterator[Row]]


def main() -> None:
    """Print what the figures were taken on, and the figures; a whole run goes to BENCH.md."""
    chosen = _arguments()
    with TemporaryDirectory(dir=_made(FOLDER)) as name:
        if chosen.hour:
            groups = {"memory": lambda: memory.measure(
                archive(chosen.articles), Path(name), memory.HOUR)}  # fmt: skip
        else:
            groups = _groups(chosen.articles, Path(name), chosen.pages)
        alone = ["pages"] if chosen.pages else list(groups)
        wanted = chosen.only.split(",") if chosen.only else alone
        if unknown := set(wanted) - set(groups):
            raise SystemExit(f"no such group: {', '.join(unknown)}; there are {', '.join(groups)}")
        rows = [row for group in wanted for row in _run(group, groups[group])]
    report = "\n".join([*description(), "", *markdown(rows)])
    print(report)
    if not chosen.hour and wanted == list(groups) and chosen.articles == _COUNT:
        head = _REPORT.read_text(encoding="utf-8").partition(_LAST_RUN)[0]
        _REPORT.write_text(f"{head}{_LAST_RUN}\n{report}\n", encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", metavar="GROUP,...", help="only these groups of rows")
    parser.add_argument("--articles", metavar="N", type=int, default=_COUNT, help="in the archive")
    parser.add_argument("--pages", metavar="FOLDER", type=_folder, help="only the rows of a folder"
                        " of saved pages (*.html, *.html.gz)")  # fmt: skip
    parser.add_argument("--hour", action="store_true", help="the memory of an hour of use instead")
    return parser.parse_args()


def _groups(count: int, folder: Path, pages: Path | None) -> dict[str, Measure]:
    def large(measure: Callable[..., Iterator[Row]]) -> Measure:
        return lambda: measure(archive(count), folder)

    return {
        "start": lambda: start.measure(archive(count), archive(min(_SMALL, count)), folder),
        "keys": large(keys.measure),
        "opening": large(opening.measure),
        "search": large(searching.measure),
        "sections": large(sections.measure),
        "stories": large(placing.measure),
        "switched_on": large(switched_on.measure),
        "memory": large(memory.measure),
        "disk": large(disk.measure),
        "peers": lambda: peers.searches(count),
        "extraction": lambda: _measured("extraction"),
        "pages": lambda: _measured("folder", pages),
        "repair": lambda: _measured("salvage", folder),
        "live": live.measure,
        "feeds": lambda: _measured("feeds", folder),
        "exchange": lambda: _measured("exchange", folder),
    }


def _measured(name: str, *arguments: object) -> Iterator[Row]:
    """Yield the rows of a module that is imported when its turn comes."""
    module = f"tests.bench.{name}"
    if importlib.util.find_spec(module) is None:
        raise Missing("there is no measurement of it")
    yield from importlib.import_module(module).measure(*arguments)


def _folder(text: str) -> Path:
    if not (folder := Path(text)).is_dir():
        raise argparse.ArgumentTypeError(f"{text} is no folder")
    return folder


def _run(group: str, measure: Measure) -> Iterator[Row]:
    """Yield the rows of a group; what stops it is the last of them."""
    progress(group)
    try:
        yield from measure()
    except _FAILURES as error:
        yield missing(f"the rest of {group}", error)


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


if __name__ == "__main__":
    main()
