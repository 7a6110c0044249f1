"""Runs `znreader` for `python -m reader`."""

import sys

from reader.cli.entry import main

if __name__ == "__main__":
    status = main()
    # If an interrupt came in the text that Python executed last, as in making a dataclass, Python
    # would end itself by SIGINT instead of with this status, although the interrupt was caught;
    # so this executes another text.
    exec("")  # noqa: S102
    sys.exit(status)
