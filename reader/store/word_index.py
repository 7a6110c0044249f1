"""Updates the word indexes from the tables, once for all changes of a transaction.

If a statement fires another one, each index writes its pending changes as a segment of its own, to
be merged with others later. So triggers only record the words that the indexes hold for each
changed item, and the indexes are updated here.
"""

import sqlite3

_STALE = "SELECT * FROM stale"
_DOCUMENTS = "SELECT documents.* FROM stale JOIN documents ON documents.id = stale.id"
_FORGET_HEAD = """
INSERT INTO heads (heads, rowid, title, place, agency, section) VALUES ('delete', ?, ?, ?, ?, ?)
"""
_LEARN_HEAD = "INSERT INTO heads (rowid, title, place, agency, section) VALUES (?, ?, ?, ?, ?)"
_FORGET = """
INSERT INTO search (search, rowid, title, place, agency, section, lead, body)
VALUES ('delete', ?, ?, ?, ?, ?, ?, ?)
"""
_LEARN = """
INSERT INTO search (rowid, title, place, agency, section, lead, body) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_HEAD = 5


def sync_fts(connection: sqlite3.Connection) -> None:
    """Update the indexes for all changed items, in the caller's transaction."""
    stale = connection.execute(_STALE).fetchall()
    if not stale:
        return
    present = {row[0]: row for row in connection.execute(_DOCUMENTS)}
    if not any(indexed for _, indexed, *_ in stale):
        # As above all when a feed is first followed.
        rows = [present[number] for number, *_ in stale if number in present]
        connection.executemany(_LEARN_HEAD, [row[:_HEAD] for row in rows])
        connection.executemany(_LEARN, rows)
        connection.execute("DELETE FROM stale")
        return
    # In ascending order, deleting before inserting; otherwise an index writes a segment for each.
    for number, indexed, *words in stale:
        before = (number, *words) if indexed else None
        after = present.get(number)
        head_before, head_after = before and before[:_HEAD], after and after[:_HEAD]
        _exchange(connection, head_before, head_after, _FORGET_HEAD, _LEARN_HEAD)
        _exchange(connection, before, after, _FORGET, _LEARN)
    connection.execute("DELETE FROM stale")


def _exchange(
    connection: sqlite3.Connection,
    before: tuple[object, ...] | None,
    after: tuple[object, ...] | None,
    forget: str,
    learn: str,
) -> None:
    if before == after:
        return
    if before:
        connection.execute(forget, before)
    if after:
        connection.execute(learn, after)
