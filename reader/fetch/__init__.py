"""The polite HTTP client; nothing else opens a socket."""

from reader.fetch.client import Client, Fetched, Unchanged
from reader.fetch.hosts import Hosts, HostState, rest
from reader.fetch.manner import FEED, PAGE, Manner, page_of_feed
from reader.fetch.pool import Answer, Pool, Request
from reader.fetch.robots import Robots

__all__ = [
    "FEED",
    "PAGE",
    "Answer",
    "Client",
    "Fetched",
    "HostState",
    "Hosts",
    "Manner",
    "Pool",
    "Request",
    "Robots",
    "Unchanged",
    "page_of_feed",
    "rest",
]
