"""The polite HTTP client; nothing else opens a socket."""

from reader.fetch.client import Client, Fetched, Unchanged
from reader.fetch.hosts import Host, Hosts
from reader.fetch.pool import Answer, Pool, Request
from reader.fetch.robots import Robots

__all__ = ["Answer", "Client", "Fetched", "Host", "Hosts", "Pool", "Request", "Robots", "Unchanged"]
