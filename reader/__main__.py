"""Runs `znreader` for `python -m reader`."""

import sys

from reader.cli.entry import main

if __name__ == "__main__":
    sys.exit(main())
