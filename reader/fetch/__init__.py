"""The polite HTTP client; nothing else opens a socket."""

from reader.fetch.client import Client, Fetched, Unchanged
from reader.fetch.hosts import Hosts, HostState, rest
from reader.fetch.pool import Answer, Pool, Request
from reader.fetch.request_policy import FEED, PAGE, RequestPolicy, page_of_feed
from reader.fetch.robots import Robots

__all__ = [
    "FEED",
    "PAGE",
    "Answer",
    "Client",
    "Fetched",
    "HostState",
    "Hosts",
    "Pool",
    "Request",
    "RequestPolicy",
    "Robots",
    "Unchanged",
    "page_of_feed",
    "rest",
]
