"""Runs `znreader` for `python -m reader`."""

import sys

from reader.cli.entry import main

if __name__ == "__main__":
    status = main()
    # Python would end itself by SIGINT instead of with this status, where an interrupt that was
    # caught since came in text that it executed last, as in making a dataclass.
    exec("")  # noqa: S102
    sys.exit(status)
