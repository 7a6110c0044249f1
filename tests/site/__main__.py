"""Runs the stand-in by hand: `python -m tests.site --articles 200 --latency 50`."""

import argparse
import signal
import threading
from datetime import UTC, datetime

from tests.site.faults import scatter
from tests.site.layouts import LAYOUTS
from tests.site.log import Request
from tests.site.news import make_edition
from tests.site.server import Site


def main() -> None:
    """Serve an edition until Ctrl-C, one line a request."""
    options = _arguments().parse_args()
    now = datetime.now(UTC)
    edition = make_edition(options.seed, options.articles, now)
    site = Site(
        edition,
        options.layout,
        size=options.size,
        latency=options.latency / 1000,
        faults=scatter(edition, options.faults, options.seed),
        port=options.port,
        tell=_tell,
    )
    if options.still:
        site.clock = lambda: now
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with site:
        print(f"{len(edition.items)} articles at {site.url}, faults at {len(site.faults)} of them")
        print(f"try it:  znreader --site {site.url}", flush=True)
        stop.wait()
    print(f"\n{len(site.log.requests)} requests, {site.log.sent:,} bytes,", end=" ")
    print(f"at most {site.log.most_connections} connections at once")


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.site", description=__doc__)
    parser.add_argument("--port", type=int, default=8017, help="0 takes any that is free")
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--latency", type=float, default=0, metavar="MS")
    parser.add_argument(
        "--size", type=int, default=0, metavar="BYTES", help="least bytes of a page"
    )
    parser.add_argument("--layout", choices=sorted(LAYOUTS), default="semantic")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=float, default=0, metavar="FRACTION", help="from 0 to 1")
    parser.add_argument(
        "--still", action="store_true", help="stop the site's clock, so that no page changes"
    )
    return parser


def _tell(request: Request) -> None:
    # Ages change with every minute, so most conditional requests of a later sync get a page.
    mark = "?" if request.conditional else " "
    broken = "  broken off" if request.aborted else ""
    print(
        f"{request.status or '---':>4}{mark}{request.sent:>9,} B {request.seconds * 1000:>6.0f} ms"
        f"  #{request.connection:<3} {request.method} {request.target}{broken}",
        flush=True,
    )


if __name__ == "__main__":
    main()
