"""znreader: a terminal reader for the ZeelandNet news site."""

__version__ = "0.1.0"
