"""`znreader` alone: the reader."""

import argparse
import io
import sys

from reader.cli.moment import now
from reader.config import Settings
from reader.errors import ReaderError
from reader.store import Store
from reader.ui.terminal.early_paint import painted
from reader.ui.terminal.environment import settle_environment
from reader.ui.terminal.guard import guarded

# How long a key may wait for another program that is writing (seconds).
_PATIENCE = 5.0


def run(_: argparse.Namespace, settings: Settings) -> int:
    """Open the reader on this terminal; return its exit status.

    Raises ReaderError if there is no terminal.
    """
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        raise ReaderError("needs_terminal")
    # The screen is drawn in UTF-8 whatever the locale; Textual writes to standard error.
    for stream in (sys.__stdout__, sys.__stderr__):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    settle_environment(sys.stdout.fileno())
    with (
        guarded() as guard,
        Store(settings.cache_path, patience=_PATIENCE) as library,
        painted(library, settings, now, guard) as prepared,
    ):
        # Imported after the first screen is drawn.
        from reader.sync.child_process import Child
        from reader.ui.app import ReaderApp
        from reader.ui.terminal.heap import limit_heap
        from reader.ui.textual_compat import limit_caches

        limit_heap()
        limit_caches()
        empty = not library.headlines.ids(limit=1)
        child = Child(settings)
        app = ReaderApp(library, settings, now, child, empty=empty, prepared=prepared, guard=guard)
        app.run()
        return app.return_code or 0
