"""The tables, as the steps that lead to them: a file's `user_version` counts the steps taken.

Times are whole Unix seconds. A step is never edited once released; a change is a further step.
"""

# Marks the file as this program's (SQLite's `application_id`): the letters `znrd`.
APPLICATION_ID = 0x7A6E7264

_FIRST: tuple[str, ...] = (
    # Numbers are never given twice, so a list on a screen cannot come to mean other headlines.
    """CREATE TABLE items (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        url TEXT,
        title TEXT,
        section TEXT COLLATE NOCASE,
        dateline TEXT,                      -- JSON: [[place, ...], [agency, ...]]
        summary TEXT NOT NULL,
        earliest INTEGER,
        latest INTEGER,
        seen INTEGER NOT NULL,              -- fetch time of the first page that showed it
        updated INTEGER NOT NULL,           -- fetch time of the page its texts are from
        read INTEGER NOT NULL DEFAULT 0,
        saved INTEGER NOT NULL DEFAULT 0,
        sample INTEGER NOT NULL DEFAULT 0,
        words TEXT NOT NULL,                -- all its text, folded, for the filter
        moment INTEGER GENERATED ALWAYS AS (coalesce(latest, seen)) VIRTUAL,
        CHECK (earliest <= latest)
    )""",
    # Every index ends in the id by itself, so each gives the newest first without sorting.
    "CREATE INDEX items_newest ON items (moment)",
    "CREATE INDEX items_unread ON items (moment) WHERE read = 0",
    "CREATE INDEX items_saved ON items (moment) WHERE saved = 1",
    "CREATE INDEX items_section ON items (section, moment)",
    "CREATE INDEX items_section_unread ON items (section, moment) WHERE read = 0",
    "CREATE INDEX items_sample ON items (id) WHERE sample = 1",
    # All that an item was ever known by, so that an old page finds it after its title changed;
    # where several items share a name, the lowest id tells which was known by it first.
    """CREATE TABLE names (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('address', 'slug', 'lead')),
        name TEXT NOT NULL,
        item INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
        UNIQUE (kind, name, item)
    )""",
    "CREATE UNIQUE INDEX names_address ON names (name) WHERE kind = 'address'",
    "CREATE INDEX names_item ON names (item)",
    """CREATE TABLE sightings (
        item INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
        seen INTEGER NOT NULL,
        earliest INTEGER NOT NULL,
        latest INTEGER NOT NULL,
        PRIMARY KEY (item, seen, earliest, latest)
    ) WITHOUT ROWID""",
    """CREATE TABLE articles (
        item INTEGER PRIMARY KEY REFERENCES items (id) ON DELETE CASCADE,
        fetched INTEGER NOT NULL,
        blocks TEXT NOT NULL                -- JSON: [[kind, text], ...]
    )""",
    """CREATE TABLE related (
        article INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        item INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
        PRIMARY KEY (article, position)
    ) WITHOUT ROWID""",
    "CREATE INDEX related_item ON related (item)",
    f"PRAGMA application_id = {APPLICATION_ID}",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST,)
VERSION = len(MIGRATIONS)
