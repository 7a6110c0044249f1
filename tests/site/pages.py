"""Pages of an edition: the page at an address, and its HTML at a moment."""

import json
from datetime import UTC, datetime
from functools import cache
from html import escape

from msgspec import Struct

from reader.text.dateline import format_dateline
from reader.text.dates import SITE_ZONE
from tests.site.layouts import Layout
from tests.site.news import MONTHS, WEEKDAYS, Desk, Edition, Item, desks

PAGE_ITEMS = 20
_TICKER_LINES = 8
_FRONT_ITEMS = 12
# The place of the padding, which is made once the size of the page is known.
_ROOM = "<!-- room -->"
# Seconds in a unit of time, and its name for one and for more.
_UNITS = (
    (365 * 86_400, "jaar", "jaar"),
    (30 * 86_400, "maand", "maanden"),
    (7 * 86_400, "week", "weken"),
    (86_400, "dag", "dagen"),
    (3_600, "uur", "uur"),
    (60, "minuut", "minuten"),
    (1, "seconde", "seconden"),
)


class Page(Struct, frozen=True):
    """A page's HTML, and when its news was last changed."""

    html: str
    modified: datetime


class View(Struct, frozen=True):
    """The site at `now`: an edition in a layout, at `base`, in pages of `size` bytes."""

    edition: Edition
    layout: Layout
    now: datetime
    base: str = ""
    size: int = 0

    def page(self, path: str, number: int = 1) -> Page | None:
        """Return page `number` of the list at `path`, or None if there is none."""
        if path in {"/", "/nieuws"} and number == 1:
            return self.front()
        for desk in desks():
            if desk.path == path:
                return self.listing(desk, number)
        item = self.edition.find(path) if number == 1 else None
        return self.article(item) if item else None

    def article(self, item: Item) -> Page:
        """Return the page of one item with the newest others of its section."""
        layout, others = self.layout, self.edition.related(item)
        body = "".join(
            (layout.heading if block.kind == "heading" else layout.paragraph).format(
                text=escape(block.text, quote=False)
            )
            for block in item.body
        )
        lead = layout.lead.format(
            dateline=escape(format_dateline(item.dateline)), text=escape(item.lead, quote=False)
        )
        rows = "".join(self._row(layout.teaser, other) for other in others)
        related = layout.related.format(section=item.section, rows=rows) if others else ""
        content = layout.article.format(
            title=escape(item.title), lead=lead, body=body, related=related
        )
        head = self._json_ld(item) if layout.linked else ""
        return self._page(item.title, head, content, (item, *others))

    def listing(self, desk: Desk, number: int) -> Page | None:
        """Return page `number` of a section or region, newest first; None behind the last."""
        start = (number - 1) * PAGE_ITEMS
        found = self.edition.of(desk.name)
        items = found[start : start + PAGE_ITEMS]
        if number < 1 or (not items and number > 1):
            return None
        layout = self.layout
        newer = layout.newer.format(path=f"{desk.path}?page={number - 1}")
        older = layout.older.format(path=f"{desk.path}?page={number + 1}")
        template = layout.brief if desk.regional else layout.row
        content = layout.listing.format(
            ticker=self._ticker() if desk.regional else "",
            section=desk.name,
            rows="".join(self._row(template, item) for item in items),
            newer=newer if number > 1 else "",
            older=older if len(found) > start + PAGE_ITEMS else "",
        )
        shown = (*items, *self.edition.items[:_TICKER_LINES]) if desk.regional else items
        return self._page(desk.name, "", content, shown)

    def front(self) -> Page:
        """Return the front page: the newest items of all sections."""
        items = self.edition.items[:_FRONT_ITEMS]
        rows = "".join(self._row(self.layout.row, item) for item in items)
        content = self.layout.listing.format(
            ticker="", section="Nieuws", rows=rows, newer="", older=""
        )
        return self._page("Nieuws", "", content, items)

    def _page(self, title: str, head: str, content: str, items: tuple[Item, ...]) -> Page:
        links = [self.layout.link.format(path=desk.path, name=desk.name) for desk in desks()]
        regional = [desk.regional for desk in desks()]
        local = self.now.astimezone(SITE_ZONE)
        html = self.layout.page.format(
            title=escape(title),
            head=head,
            padding=_ROOM,
            sections="".join(link for link, far in zip(links, regional, strict=True) if not far),
            regions="".join(link for link, near in zip(links, regional, strict=True) if near),
            date=f"{WEEKDAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]} {local.year}",
            content=content,
        )
        room = self.size - len(html.encode()) + len(_ROOM)
        html = html.replace(_ROOM, filler(room), 1)
        return Page(html, max((item.changed for item in items), default=self.edition.now))

    def _row(self, template: str, item: Item) -> str:
        return template.format(
            base=self.base,
            path=item.path,
            title=escape(item.title),
            section=item.section,
            dateline=escape(format_dateline(item.dateline)),
            lead=escape(item.lead, quote=False),
            age=age(item.published, self.now),
            clock=clock(item.published),
            moment=item.published.astimezone(UTC).isoformat(),
        )

    def _ticker(self) -> str:
        lines = self.edition.items[:_TICKER_LINES]
        rows = "".join(self._row(self.layout.ticker_line, item) for item in lines)
        return self.layout.ticker.format(rows=rows)

    def _json_ld(self, item: Item) -> str:
        address = self.base + item.path
        linked = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": item.title,
            "datePublished": item.published.astimezone(SITE_ZONE).isoformat(),
            "dateModified": item.changed.astimezone(SITE_ZONE).isoformat(),
            "publisher": {"@type": "Organization", "name": "ZeelandNet"},
        }
        # The text must not end the script.
        told = json.dumps(linked).replace("<", "\\u003c")
        return (
            f'<link rel="canonical" href="{escape(address)}">'
            f'<script type="application/ld+json">{told}</script>'
        )


def age(published: datetime, now: datetime) -> str:
    """Return how long ago something was published, rounded down as the site does."""
    seconds = int((now - published).total_seconds())
    for length, one, more in _UNITS:
        if count := max(seconds, 0) // length:
            return f"{count} {one if count == 1 else more} geleden"
    return "zojuist"


def clock(published: datetime) -> str:
    """Return the local time of publishing as the ticker shows it: `9:05`."""
    local = published.astimezone(SITE_ZONE)
    return f"{local.hour}:{local.minute:02}"


def filler(size: int) -> str:
    """Return a script of `size` bytes, which packs as scripts do; empty where it has no room."""
    opening, closing = '<script>"use strict";', "</script>"
    room = size - len(opening) - len(closing)
    return f"{opening}{_code(room // 65_536 + 1)[:room]}{closing}" if room > 0 else ""


@cache
def _code(blocks: int) -> str:
    """Return at least this many times 64 kB of code, with all lines different."""
    lines, length, number = [], 0, 1
    while length < blocks * 65_536:
        number = number * 48_271 % 2_147_483_647
        lines.append(f"function f{number:x}(a){{return a.map(x=>x*{number})}}\n")
        length += len(lines[-1])
    return "".join(lines)
