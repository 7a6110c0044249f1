"""A stand-in for the ZeelandNet news site: generated pages in several layouts, with faults."""

from tests.site.faults import FAULTS, Fault, hostile, moved, scatter, status
from tests.site.layouts import LAYOUTS, READABLE
from tests.site.log import Log, Request
from tests.site.news import Desk, Edition, Item, desks, make_edition
from tests.site.pages import View
from tests.site.server import Site

__all__ = [
    "FAULTS",
    "LAYOUTS",
    "READABLE",
    "Desk",
    "Edition",
    "Fault",
    "Item",
    "Log",
    "Request",
    "Site",
    "View",
    "desks",
    "hostile",
    "make_edition",
    "moved",
    "scatter",
    "status",
]
