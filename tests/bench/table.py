"""Figures and the table that they are printed in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was measured, what came out, and what it is to be held against."""

    what: str
    figure: str
    beside: str = ""


def p50_p95(seconds: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 95th percentile, in milliseconds."""
    ordered = sorted(seconds)
    return median(ordered) * 1000, ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)] * 1000


def print_table(rows: Iterable[Row]) -> None:
    """Print the rows as a Markdown table."""
    print("| what | figure | beside |\n|---|---|---|")
    for row in rows:
        print(f"| {row.what} | {row.figure} | {row.beside} |", flush=True)
