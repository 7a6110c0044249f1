"""Files as older versions of the program made them."""

import sqlite3
from contextlib import closing
from pathlib import Path

from reader.store.schema import MIGRATIONS

from .builders import NOON, SITE

_AT = int(NOON.timestamp())
# Three headlines (an article that was read, a saved headline, one without address), every table.
_FIRST = f"""
INSERT INTO items (id, url, title, section, dateline, summary, earliest, latest, seen, updated,
                   read, saved, words)
VALUES (3, '{SITE}krab', 'Krab wint', 'Goes', '[["GOES"], ["ANP"]]', 'De krab won.',
        {_AT - 7200}, {_AT - 3600}, {_AT}, {_AT}, 1, 0, 'krab wint'),
       (5, '{SITE}boot', 'Boot vaart', NULL, NULL, '', NULL, NULL, {_AT}, {_AT}, 0, 1, 'boot'),
       (8, NULL, 'Haven krijgt bank', NULL, NULL, '', NULL, NULL, {_AT}, {_AT}, 0, 0, 'haven');
INSERT INTO names (kind, name, item)
VALUES ('address', 'zeelandnet.nl/nieuws/krab', 3), ('slug', 'krab-wint', 3), ('slug', 'krab', 3),
       ('address', 'zeelandnet.nl/nieuws/boot', 5), ('slug', 'boot', 5),
       ('slug', 'haven-krijgt-bank', 8);
INSERT INTO sightings VALUES (3, {_AT}, {_AT - 7200}, {_AT - 3600});
INSERT INTO articles VALUES (3, {_AT}, '[["paragraph", "De krab won."], ["quote", "Mooi."]]');
INSERT INTO related VALUES (3, 0, 5), (3, 1, 8);
"""  # noqa: S608


def make_first(path: Path, headlines: int = 0) -> None:
    """Make a file of version 1 with a row or more in every table, and further `headlines`."""
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        for statement in MIGRATIONS[0]:
            connection.execute(statement)
        connection.executescript(_FIRST)
        connection.executemany(
            "INSERT INTO items (url, title, summary, seen, updated, words)"
            " VALUES (?, ?, ?, 0, 0, '')",
            [(f"{SITE}{number}", f"Bericht {number}", "x" * 300) for number in range(headlines)],
        )
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
