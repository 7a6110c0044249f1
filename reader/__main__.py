"""Lets `python -m reader` do what `znreader` does."""

import sys

from reader.cli.entry import main

if __name__ == "__main__":
    sys.exit(main())
