"""Discover, fetch, parse, store: runs over the site, told as a stream of events."""

from reader.sync.run import Plan, sync
from reader.sync.single import fetch

__all__ = ["Plan", "fetch", "sync"]
