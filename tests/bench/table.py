"""Figures and the table that they are printed in."""

import sys
from collections.abc import Iterable, Sequence
from statistics import median

from msgspec import Struct


class Row(Struct, frozen=True):
    """One figure: what was measured, what came out, what it is held against, whether it holds.

    `holds` is None where there is no bound, or nothing was measured.
    """

    what: str
    figure: str
    bound: str = ""
    holds: bool | None = None


class Missing(Exception):
    """Something to be measured is missing; the message says why."""


def missing(what: str, why: object) -> Row:
    """Return the row of what could not be measured."""
    return Row(what, f"missing: {why}")


def percentile(values: Sequence[float], share: float) -> float:
    """Return the least value that `share` of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def p50_p95(seconds: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 95th percentile, in milliseconds."""
    return median(seconds) * 1000, percentile(seconds, 0.95) * 1000


def spread(seconds: Sequence[float]) -> str:
    """Return median, 95th percentile and maximum in milliseconds, as the table tells them."""
    p50, p95 = p50_p95(seconds)
    return f"p50 {p50:.0f}, p95 {p95:.0f}, max {max(seconds) * 1000:.0f} ms ({len(seconds)})"


def latency(what: str, seconds: Sequence[float], bound: float) -> Row:
    """Return the row of latencies whose 95th percentile is to stay under `bound` milliseconds."""
    if not seconds:
        return missing(what, "nothing was answered")
    holds = p50_p95(seconds)[1] < bound
    return Row(what, spread(seconds), f"p95 under {bound:.0f} ms", holds)


def markdown(rows: Iterable[Row]) -> Iterable[str]:
    """Yield the lines of the table in Markdown."""
    yield "| what | figure | bound | holds |"
    yield "|---|---|---|---|"
    for row in rows:
        holds = {None: "", True: "yes", False: "**no**"}[row.holds]
        yield f"| {row.what} | {row.figure} | {row.bound} | {holds} |"


def progress(text: str) -> None:
    """Tell on standard error what is going on."""
    print(f"bench: {text}", file=sys.stderr, flush=True)
