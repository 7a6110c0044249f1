"""Merges the lines of an export into the cache; no existing data is lost."""

import sqlite3
from datetime import datetime

from msgspec.structs import asdict

from reader.model import WATCH
from reader.store.archive.format import (
    ExportLine,
    HeadlineLine,
    MuteLine,
    PageLine,
    RelatedLine,
    SearchLine,
    SectionLine,
    StoryLine,
)
from reader.store.article_conversion import COLUMNS, columns_of_article
from reader.store.articles import store_place
from reader.store.clock import FIRST_STAMP, next_stamp
from reader.store.conversion import stored_reason
from reader.store.gone_pages import gone_page
from reader.store.ingest import items
from reader.store.ingest.entry_names import entry_name
from reader.store.ingest.identity import ItemName, match
from reader.store.ingest.item_merge import merge, merge_twins
from reader.store.marks import set_mark
from reader.store.mutes import mute_too
from reader.store.searches import save_too
from reader.store.story_choices import add_correction, apply_corrections, count_corrections
from reader.text.tags import mark_of_tag
from reader.text.url import address

# More choices of stories than these, with those of the cache, are left out.
_MOST_SAID = 10_000
_PAGE = """
INSERT INTO pages (address, url, etag, modified, article, checked, fetched, failure, failed, tries,
    gone, retry)
VALUES (:address, :url, :etag, :modified, :article, :checked, :fetched, :failure, :failed, :tries,
    :gone, :retry)
ON CONFLICT (address) DO UPDATE SET url = :url, etag = :etag, modified = :modified,
    article = :article, checked = :checked, fetched = :fetched,
    failure = :failure, failed = :failed, tries = :tries, gone = :gone, retry = :retry
WHERE coalesce(:checked, 0) > coalesce(pages.checked, 0)
"""
# With the validators of content that is not stored, the site would never send it.
_HAS_COPY = """
SELECT EXISTS (SELECT 1 FROM names JOIN articles ON articles.item = names.item
               WHERE kind = 'address' AND name = ? AND fetched >= ?)
"""
# Entries of feeds without a name, which are recognised by their words; each only once.
_NAMELESS = """
SELECT id FROM items INDEXED BY items_feed
WHERE source = :source AND source <> 'zeelandnet' AND title IS :title AND summary = :summary
    AND url IS :url AND iif(:own, id = :id, id <= :last)
    AND (:any OR id NOT IN (SELECT item FROM names))
ORDER BY id
"""
_SECTION = """
INSERT INTO sections (source, name, url, followed, position, seen)
VALUES (:source, :name, :url, :followed, :position, :seen)
ON CONFLICT (source, name) DO UPDATE SET url = :url, seen = :seen WHERE :seen > sections.seen
"""


class LineImport:
    """The import of one export, over several transactions of the caller.

    In an empty cache, and if the lines are the cache's `own`, headlines keep their numbers.
    `headlines` counts those that are new to the cache.
    """

    def __init__(self, connection: sqlite3.Connection, now: datetime, *, own: bool = False) -> None:
        self.headlines = 0
        # The cache keeps later marks of its own headlines in `pending`; these take precedence.
        self._stamp = FIRST_STAMP if own else next_stamp(connection, now)
        self._connection = connection
        (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM items").fetchone()
        self._last_item = last
        self._given: set[int] = set()
        (self._last_name,) = connection.execute("SELECT coalesce(max(id), 0) FROM names").fetchone()
        self._empty = not last
        self._own = own
        self._keeps = own or self._empty
        self._numbers: dict[int, int] = {}
        self._moved: dict[int, int] = {}
        self._choices: int | None = None
        self._has_stories = False

    def add(self, line: ExportLine) -> None:
        """Import one line."""
        if isinstance(line, HeadlineLine):
            self._add_headline(line)
        elif isinstance(line, RelatedLine):
            self._add_related(line)
        elif isinstance(line, PageLine):
            self._add_page(line)
        elif isinstance(line, MuteLine):
            mute_too(self._connection, line.name)
        elif isinstance(line, SearchLine):
            save_too(self._connection, line.name, line.query)
        elif isinstance(line, StoryLine):
            self._add_story(line)
        else:
            self._add_section(line)

    def finish(self) -> None:
        """Bring the stories into line with what the lines say of them, after the last line."""
        if self._has_stories:
            apply_corrections(self._connection)

    def _add_story(self, line: StoryLine) -> None:
        if self._choices is None:
            self._choices = count_corrections(self._connection)
        if self._choices < _MOST_SAID and add_correction(
            self._connection, line.field, line.report, line.other
        ):
            self._choices += 1
            self._has_stories = True

    def _add_headline(self, line: HeadlineLine) -> None:
        known = self._known(line)
        keeps = self._keeps and not self._exists(line.id)
        given = line.id if keeps else None
        number = items.insert(self._connection, line.item, line.sightings, given)
        watch = (WATCH,) if line.watched else ()
        for mark in (*line.marks, *map(mark_of_tag, line.tags), *watch):
            set_mark(self._connection, mark, [number], value=True, stamp=self._stamp)
        self._name(number, line)
        if line.article is not None:
            self._connection.execute(
                f"INSERT INTO articles (item, {COLUMNS}) VALUES (?, ?, ?, ?, ?)",  # noqa: S608
                (number, *columns_of_article(line.article)),
            )
        # The time of the position is not known; a position that is already here is kept.
        store_place(self._connection, number, line.place, FIRST_STAMP)
        if known is None:
            self.headlines += 1
        else:
            merge(self._connection, known, number)
            number = self._absorb_twins(known)
        self._numbers[line.id] = number

    def _known(self, line: HeadlineLine) -> int | None:
        """Return the existing item of a line; lines of one file match only by address."""
        if not line.names:
            return self._nameless(line)
        if self._own and self._is_same(line):
            return line.id
        names = [name for _, name in line.names if not self._empty or name.kind == "address"]
        teaser = line.item.teaser
        found = match(self._connection, names, url=teaser.url, title=teaser.title)
        if found is not None or any(name.kind == "address" for _, name in line.names):
            return found
        entries = [name for _, name in line.names if entry_name(line.item.source, name)]
        found = match(self._connection, entries, url=None, title=None)
        return self._nameless(line) if found is None else found

    def _nameless(self, line: HeadlineLine) -> int | None:
        """Return the item of a line without an address, if it is in the cache."""
        teaser = line.item.teaser
        values = {
            "source": line.item.source,
            "title": teaser.title,
            "summary": teaser.summary,
            "url": teaser.url,
            "own": self._own,
            "id": line.id,
            "last": self._last_item,
            "any": not line.names,
        }
        numbers = (row[0] for row in self._connection.execute(_NAMELESS, values).fetchall())
        found = next((number for number in numbers if number not in self._given), None)
        if found is not None:
            self._given.add(found)
        return found

    def _name(self, number: int, line: HeadlineLine) -> None:
        """Give an item its names, in the order in which all headlines of the file got them."""
        for order, name in line.names:
            place = order if self._keeps else self._last_name + order
            statement = "INSERT OR IGNORE INTO names (id, kind, name, item) VALUES (?, ?, ?, ?)"
            if not self._connection.execute(statement, (place, *name, number)).rowcount:
                self._connection.execute(statement, (None, *name, number))

    def _absorb_twins(self, number: int) -> int:
        """Merge `number` with all items that now prove to be the same, and return the result."""
        for keep, gone in merge_twins(self._connection, number):
            self._moved[gone] = number = keep
        return number

    def _add_related(self, line: RelatedLine) -> None:
        """Put related headlines under an article, unless a newer or more complete copy is here."""
        article = self._final(line.article)
        found = [each for each in map(self._final, line.items) if each is not None]
        stored = self._connection.execute(
            "SELECT fetched, (SELECT count(*) FROM related WHERE article = articles.item)"
            " FROM articles WHERE item = ?",
            (article,),
        ).fetchone()
        if article is None or stored is None or stored[0] > line.fetched or stored[1] > len(found):
            return
        self._connection.execute("DELETE FROM related WHERE article = ?", (article,))
        self._connection.executemany(
            "INSERT INTO related (article, position, item) VALUES (?, ?, ?)",
            [(article, position, item) for position, item in enumerate(found)],
        )

    def _final(self, original: int) -> int | None:
        """Return the item for a number in the file, None if there is none."""
        number = self._numbers.get(original, original if self._own else None)
        while number in self._moved:
            number = self._moved[number]
        return number if number is not None and self._exists(number) else None

    def _is_same(self, line: HeadlineLine) -> bool:
        rows = self._connection.execute("SELECT kind, name FROM names WHERE item = ?", (line.id,))
        return not {name for _, name in line.names}.isdisjoint(ItemName(*row) for row in rows)

    def _exists(self, number: int) -> bool:
        row = self._connection.execute("SELECT 1 FROM items WHERE id = ?", (number,)).fetchone()
        return row is not None

    def _add_page(self, line: PageLine) -> None:
        failure = line.failure and stored_reason(line.failure)
        gone = line.failure and gone_page(line.failure, None, line.failed or 0)
        since, retry = gone or (None, None)
        values = asdict(line) | {"address": address(line.url), "failure": failure}
        values |= {"gone": since, "retry": retry}
        if line.article:
            (held,) = self._connection.execute(
                _HAS_COPY, (values["address"], line.fetched or 0)
            ).fetchone()
            if not held:
                values |= {"etag": None, "modified": None}
        self._connection.execute(_PAGE, values)

    def _add_section(self, line: SectionLine) -> None:
        (behind,) = self._connection.execute(
            "SELECT coalesce(max(position) + 1, 0) FROM sections"
        ).fetchone()
        position = line.position if self._empty else behind
        self._connection.execute(_SECTION, asdict(line) | {"position": position})
