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

_SECOND: tuple[str, ...] = (
    # Whether the whole article is there, kept by triggers: so no statement can forget it, not even
    # one of an older program that has the file open during the upgrade.
    "ALTER TABLE items ADD COLUMN cached INTEGER NOT NULL DEFAULT 0",
    "UPDATE items SET cached = 1 WHERE id IN (SELECT item FROM articles)",
    """CREATE TRIGGER articles_came AFTER INSERT ON articles BEGIN
        UPDATE items SET cached = 1 WHERE id = new.item;
    END""",
    """CREATE TRIGGER articles_went AFTER DELETE ON articles BEGIN
        UPDATE items SET cached = 0 WHERE id = old.item;
    END""",
    """CREATE TRIGGER articles_moved AFTER UPDATE OF item ON articles BEGIN
        UPDATE items SET cached = 0 WHERE id = old.item;
        UPDATE items SET cached = 1 WHERE id = new.item;
    END""",
    # What the site can still be asked for; the pages of the sample edition are not there.
    """CREATE INDEX items_uncached ON items (moment)
        WHERE cached = 0 AND sample = 0 AND url IS NOT NULL""",
    # Every page that was ever asked for.
    """CREATE TABLE pages (
        id INTEGER PRIMARY KEY,
        address TEXT NOT NULL UNIQUE,       -- as in names
        url TEXT NOT NULL,                  -- as it was asked
        etag TEXT,
        modified TEXT,
        article INTEGER NOT NULL DEFAULT 0, -- whether what was stored is an article
        checked INTEGER,                    -- when it last answered
        fetched INTEGER,                    -- when what is stored of it was fetched
        failure TEXT,                       -- why it could not be had since, if that was tried
        failed INTEGER,
        tries INTEGER NOT NULL DEFAULT 0    -- failures since it last answered
    )""",
    # Apart, so that the small rows stay close together.
    """CREATE TABLE raw_pages (
        page INTEGER PRIMARY KEY REFERENCES pages (id) ON DELETE CASCADE,
        fetched INTEGER NOT NULL,
        data BLOB NOT NULL                  -- compressed by zlib
    )""",
    "CREATE INDEX raw_pages_newest ON raw_pages (fetched)",
    """CREATE TABLE sections (
        name TEXT PRIMARY KEY,
        url TEXT NOT NULL,
        followed INTEGER NOT NULL DEFAULT 1,
        position INTEGER NOT NULL,
        seen INTEGER NOT NULL               -- when the site's navigation last had it
    )""",
    """CREATE TABLE state (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        reached INTEGER,
        failed INTEGER,
        reason TEXT,
        drifted INTEGER NOT NULL
    )""",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST, _SECOND)
VERSION = len(MIGRATIONS)
