"""The tables, as the steps that create them: a file's `user_version` counts the steps taken.

Times are whole Unix seconds. A step is never edited after its release; a change is a new step.
"""

# ruff: noqa: S608 - these statements are built from constants of this module.

# Marks the file as this program's (SQLite's `application_id`): the letters `znrd`.
APPLICATION_ID = 0x7A6E7264
# The page size of a cache, SQLite's default (bytes).
PAGE_BYTES = 4096

_FIRST: tuple[str, ...] = (
    # Numbers are never reused, so a list on a screen cannot come to refer to other headlines.
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
    # Every index ends in the id implicitly, so each gives the newest first without sorting.
    "CREATE INDEX items_newest ON items (moment)",
    "CREATE INDEX items_unread ON items (moment) WHERE read = 0",
    "CREATE INDEX items_saved ON items (moment) WHERE saved = 1",
    "CREATE INDEX items_section ON items (section, moment)",
    "CREATE INDEX items_section_unread ON items (section, moment) WHERE read = 0",
    "CREATE INDEX items_sample ON items (id) WHERE sample = 1",
    # All names that an item ever had, so that an old page finds it after its title changed; if
    # several items share a name, the lowest id tells which had it first.
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
    # Whether the full article is there. Triggers maintain this, so no statement can forget it, not
    # even one of an older program that has the file open during the upgrade.
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
    # The headlines whose article the site can be asked for; the sample edition is not on the site.
    """CREATE INDEX items_uncached ON items (moment)
        WHERE cached = 0 AND sample = 0 AND url IS NOT NULL""",
    # Every page that was ever requested.
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
    # In a table of their own, so that the small rows stay close together.
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

# The indexed columns of an item, from a row of `items`, or from a trigger's old or new row. The
# JSON punctuation around places and agencies is not part of a word.
_HEAD = "{0}title, json_extract({0}dateline, '$[0]'), json_extract({0}dateline, '$[1]'), {0}section"
# Records what the indexes hold for an item before its first change. A deletion must give an index
# exactly the text that was inserted, or it would keep words that no text contains. So `body_of` of
# `records`, `words_of` of `article_records` and `searchable` of `slug` must keep returning what
# they returned when an item was indexed.
_NOTE = (
    "INSERT INTO stale SELECT id, 1, title, place, agency, section, lead, body FROM documents"
    " WHERE id = {0}item AND id NOT IN (SELECT id FROM stale);"
)
_NOTE_ITEM = _NOTE.replace("{0}item", "old.id")

_THIRD: tuple[str, ...] = (
    "ALTER TABLE items DROP COLUMN words",
    # Compressed, to make room for an index of all words.
    "UPDATE articles SET blocks = packed(blocks)",
    f"CREATE VIEW documents (id, title, place, agency, section, lead, body) AS"
    f" SELECT items.id, {_HEAD.format('')}, summary, body_of(blocks, summary)"
    " FROM items LEFT JOIN articles ON articles.item = items.id",
    # The index of all words. It stores no text, but reads what it needs from the view.
    """CREATE VIRTUAL TABLE search USING fts5 (
        title, place, agency, section, lead, body, content = documents, content_rowid = id,
        tokenize = 'unicode61 remove_diacritics 2')""",
    # The words above an article, for prefixes that are too short or common to look up in all words.
    """CREATE VIRTUAL TABLE heads USING fts5 (
        title, place, agency, section, content = documents, content_rowid = id, columnsize = 0,
        detail = column, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2')""",
    "INSERT INTO search (search) VALUES ('rebuild')",
    "INSERT INTO heads (heads) VALUES ('rebuild')",
    # The items whose index entries differ from the tables: the indexed text, and whether there is
    # any. Triggers fill this, so no statement can forget it; it is emptied at the end of a
    # transaction.
    """CREATE TABLE stale (
        id INTEGER PRIMARY KEY,
        indexed INTEGER NOT NULL,
        title TEXT, place TEXT, agency TEXT, section TEXT, lead TEXT, body TEXT)""",
    """CREATE TRIGGER items_noted AFTER INSERT ON items
        WHEN NOT EXISTS (SELECT 1 FROM stale WHERE id = new.id) BEGIN
        INSERT INTO stale (id, indexed) VALUES (new.id, 0);
    END""",
    # Before the article is deleted with it.
    f"CREATE TRIGGER items_forgotten BEFORE DELETE ON items BEGIN {_NOTE_ITEM} END",
    f"""CREATE TRIGGER items_reworded BEFORE UPDATE OF title, section, dateline, summary ON items
        WHEN old.title IS NOT new.title OR old.section COLLATE BINARY IS NOT new.section
          OR old.dateline IS NOT new.dateline OR old.summary IS NOT new.summary BEGIN
        {_NOTE_ITEM}
    END""",
    f"CREATE TRIGGER articles_noted BEFORE INSERT ON articles BEGIN {_NOTE.format('new.')} END",
    f"CREATE TRIGGER articles_forgotten BEFORE DELETE ON articles BEGIN {_NOTE.format('old.')} END",
    f"""CREATE TRIGGER articles_rewritten BEFORE UPDATE OF item, blocks ON articles
        WHEN old.item <> new.item OR old.blocks IS NOT new.blocks BEGIN
        {_NOTE.format("old.")} {_NOTE.format("new.")}
    END""",
)

_FOURTH: tuple[str, ...] = (
    # The reading position in an article: the number of characters of its body before it, not
    # counting spaces, which is the same at any width.
    """CREATE TABLE places (
        item INTEGER PRIMARY KEY REFERENCES items (id) ON DELETE CASCADE,
        characters INTEGER NOT NULL
    )""",
    # When the reader was last used, and the last headline that had come in by then.
    """CREATE TABLE visits (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        at INTEGER NOT NULL,
        item INTEGER NOT NULL
    )""",
)

# For a trigger's old or new row of `items`. No column of the key may be NULL.
_TALLY = "coalesce({0}.section, ''), {0}.read, {0}.saved"
_TALLIED = (
    f"INSERT INTO tallies (section, read, saved, headlines) VALUES ({_TALLY.format('new')}, 1)"
    " ON CONFLICT DO UPDATE SET headlines = headlines + 1;"
)
_UNTALLIED = (
    "UPDATE tallies SET headlines = headlines - 1"
    f" WHERE (section, read, saved) = ({_TALLY.format('old')});"
)

_FIFTH: tuple[str, ...] = (
    # The number of items of each kind that lists are made of, because counting a hundred thousand
    # takes longer than drawing them. Triggers maintain it.
    """CREATE TABLE tallies (
        section TEXT NOT NULL COLLATE NOCASE, -- empty for none
        read INTEGER NOT NULL,
        saved INTEGER NOT NULL,
        headlines INTEGER NOT NULL,
        PRIMARY KEY (section, read, saved)
    ) WITHOUT ROWID""",
    """INSERT INTO tallies SELECT coalesce(section, ''), read, saved, count(*) FROM items
        GROUP BY coalesce(section, '') COLLATE NOCASE, read, saved""",
    f"CREATE TRIGGER items_tallied AFTER INSERT ON items BEGIN {_TALLIED} END",
    f"CREATE TRIGGER items_untallied AFTER DELETE ON items BEGIN {_UNTALLIED} END",
    f"""CREATE TRIGGER items_retallied AFTER UPDATE OF section, read, saved ON items
        WHEN old.section IS NOT new.section OR old.read <> new.read OR old.saved <> new.saved BEGIN
        {_UNTALLIED} {_TALLIED}
    END""",
)

_SIXTH: tuple[str, ...] = (
    # The details that a page gives besides the text of its article. JSON: authors, modified
    # (seconds), image ([url, caption, credit]), description, tags, language; absent ones are left
    # out.
    "ALTER TABLE articles ADD COLUMN details TEXT",
    # For an article without details the view is unchanged, so no index is rebuilt.
    "DROP VIEW documents",
    f"CREATE VIEW documents (id, title, place, agency, section, lead, body) AS"
    f" SELECT items.id, {_HEAD.format('')}, summary,"
    " body_of(blocks, summary) || coalesce(char(10) || words_of(details), '')"
    " FROM items LEFT JOIN articles ON articles.item = items.id",
    "DROP TRIGGER articles_rewritten",
    f"""CREATE TRIGGER articles_rewritten BEFORE UPDATE OF item, blocks, details ON articles
        WHEN old.item <> new.item OR old.blocks IS NOT new.blocks
          OR old.details IS NOT new.details BEGIN
        {_NOTE.format("old.")} {_NOTE.format("new.")}
    END""",
)

# The rows of `item_marks` for the marks that are only set in the columns of `items`. Their time is
# unknown: after the item was first seen, and before the year 2100.
MARKS_OF_COLUMNS = """
INSERT OR IGNORE INTO item_marks (item, mark, value, stamp)
SELECT id, mark, 1, min(max(seen, 1), 4102444799) * 1000 << 10
FROM items JOIN (SELECT 'read' AS mark UNION ALL SELECT 'saved')
WHERE CASE mark WHEN 'read' THEN read ELSE saved END = 1
"""
# No stamp may be later than the clock.
CLOCK_OF_MARKS = """
UPDATE clock SET stamp = max(stamp, (SELECT coalesce(max(stamp), 0) FROM item_marks))
"""
# Copies the value of a row of `item_marks` to its column of `items`.
_REPEAT = """
CREATE TRIGGER item_{0}_{1} AFTER {2} ON item_marks WHEN new.mark = '{0}' BEGIN
    UPDATE items SET {0} = new.value WHERE id = new.item AND {0} <> new.value;
END"""
# Records a mark that another program, which knows no `item_marks`, writes to such a column.
_HEED = """
CREATE TRIGGER items_{0}_written AFTER UPDATE OF {0} ON items
WHEN new.{0} <> coalesce((SELECT value FROM item_marks WHERE item = new.id AND mark = '{0}'), 0)
BEGIN
    UPDATE clock SET stamp = stamp + 1;
    INSERT INTO item_marks (item, mark, value, stamp)
    VALUES (new.id, '{0}', new.{0}, (SELECT stamp FROM clock))
    ON CONFLICT DO UPDATE SET value = excluded.value, stamp = excluded.stamp, device = NULL;
END"""

_SEVENTH: tuple[str, ...] = (
    # The marks of an item, and when they were set; a mark without a row was never set. `read` and
    # `saved` of `items` repeat them for the indexes of the lists.
    """CREATE TABLE item_marks (
        item INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
        mark TEXT NOT NULL,                 -- 'read', 'saved'
        value INTEGER NOT NULL,
        stamp INTEGER NOT NULL,             -- milliseconds << 10 | counter
        device TEXT,                        -- which other machine set it; NULL for this one
        PRIMARY KEY (item, mark)
    ) WITHOUT ROWID""",
    """CREATE TABLE clock (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        stamp INTEGER NOT NULL,             -- the last one that was given or read
        told INTEGER NOT NULL               -- the last one that other machines were told
    )""",
    "INSERT INTO clock (id, stamp, told) VALUES (1, 0, 0)",
    MARKS_OF_COLUMNS,
    CLOCK_OF_MARKS,
    *(
        _REPEAT.format(mark, when, event)
        for mark in ("read", "saved")
        for when, event in (("set", "INSERT"), ("changed", "UPDATE OF value"))
    ),
    *(_HEED.format(mark) for mark in ("read", "saved")),
)

_EIGHTH: tuple[str, ...] = (
    # The name of the source that brought an item; existing items came from the site or from files.
    "ALTER TABLE items ADD COLUMN source TEXT NOT NULL DEFAULT 'zeelandnet'",
    "ALTER TABLE sections RENAME TO site_sections",
    """CREATE TABLE sections (
        source TEXT NOT NULL DEFAULT 'zeelandnet',
        name TEXT NOT NULL,
        url TEXT NOT NULL,
        followed INTEGER NOT NULL DEFAULT 1,
        position INTEGER NOT NULL,
        seen INTEGER NOT NULL,              -- when the source's navigation last had it
        PRIMARY KEY (source, name)
    )""",
    """INSERT INTO sections (name, url, followed, position, seen)
        SELECT name, url, followed, position, seen FROM site_sections""",
    "DROP TABLE site_sections",
)

_NINTH: tuple[str, ...] = (
    # Since when a page is gone, as its site says, and when it may be requested again.
    "ALTER TABLE pages ADD COLUMN gone INTEGER",
    "ALTER TABLE pages ADD COLUMN retry INTEGER",
    # Addresses lose the parameters that only track where a reader came from, and are encoded.
    """UPDATE OR IGNORE names SET name = address_of(name)
        WHERE kind = 'address' AND name <> address_of(name)""",
    "UPDATE OR IGNORE pages SET address = address_of(address) WHERE address <> address_of(address)",
)

_TENTH: tuple[str, ...] = (
    # The version of the parser that made a text; for earlier texts it is unknown.
    "ALTER TABLE articles ADD COLUMN parser INTEGER NOT NULL DEFAULT 1",
    # The title on the article's own page, which may differ from those in lists.
    "ALTER TABLE articles ADD COLUMN own_title TEXT",
    # Digest of title and text, to recognise a page that many addresses show; empty for older texts.
    "ALTER TABLE articles ADD COLUMN digest BLOB",
    "CREATE INDEX articles_alike ON articles (digest) WHERE digest IS NOT NULL",
    # The earlier texts of an article, in the form that `revisions.py` defines.
    """CREATE TABLE revisions (
        item INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
        fetched INTEGER NOT NULL,
        replaced INTEGER NOT NULL,          -- when the text after it came
        parser INTEGER NOT NULL,
        title TEXT,
        data BLOB NOT NULL,
        PRIMARY KEY (item, fetched)
    )""",
    "CREATE INDEX revisions_replaced ON revisions (replaced)",
)

# Why a page could not be fetched: the code and arguments of the message, as JSON.
_CODED = """
UPDATE {table} SET {column} = CASE
    WHEN {column} LIKE 'the site answered ___%' AND substr({column}, 19, 3) GLOB '[1-5][0-9][0-9]'
    THEN json_object('code', 'http_status', 'arguments',
                     json_object('status', CAST(substr({column}, 19, 3) AS INTEGER)))
    WHEN {column} LIKE 'the page did not come within % seconds'
    THEN json_object('code', 'too_slow', 'arguments',
                     json_object('seconds', CAST(substr({column}, 30) AS INTEGER)))
    ELSE coalesce(
        (SELECT json_object('code', code, 'arguments', json('{{}}')) FROM (
            SELECT 'the site''s name is not known here (is there a network?)' AS said,
                   'site_unknown' AS code
            UNION VALUES
                ('no connection to the site could be made (is there a network?)', 'no_connection'),
                ('the site refuses the connection', 'connection_refused'),
                ('the site does not answer', 'no_answer'),
                ('no secure connection could be made to the site', 'no_secure_connection'),
                ('the site stopped sending in mid-page', 'connection_lost'),
                ('the connection broke off before the page was complete', 'connection_lost'),
                ('the site answered with an empty page', 'empty_answer'),
                ('the site''s answer makes no sense', 'bad_answer'),
                ('the site''s robots.txt asks not to fetch it', 'robots'),
                ('the page redirects in a circle', 'redirect_loop'),
                ('no article was found in it: no headline with text below it', 'no_article')
        ) WHERE said = {column}),
        json_object('code', 'text', 'arguments', json_object('text', {column})))
END
WHERE {column} IS NOT NULL AND coalesce(json_valid({column}), 0) = 0
"""

_ELEVENTH: tuple[str, ...] = (
    _CODED.format(table="pages", column="failure"),
    _CODED.format(table="state", column="reason"),
)

_TWELFTH: tuple[str, ...] = (
    # Words are indexed by their plain letters, and symbols such as emoji as separate words.
    "DROP VIEW documents",
    """CREATE VIEW documents (id, title, place, agency, section, lead, body) AS
        SELECT items.id, searchable(title), searchable(json_extract(dateline, '$[0]')),
            searchable(json_extract(dateline, '$[1]')), searchable(section), searchable(summary),
            searchable(
                body_of(blocks, summary) || coalesce(char(10) || words_of(details), ''))
        FROM items LEFT JOIN articles ON articles.item = items.id""",
    "INSERT INTO search (search) VALUES ('rebuild')",
    "INSERT INTO heads (heads) VALUES ('rebuild')",
    "DELETE FROM stale",
)

_THIRTEENTH: tuple[str, ...] = (
    # The digests of title and text that were found at too many addresses to be an article of any.
    """CREATE TABLE common_pages (
        digest BLOB PRIMARY KEY,
        found INTEGER NOT NULL              -- Unix seconds
    ) WITHOUT ROWID""",
)

_FOURTEENTH: tuple[str, ...] = (
    # The story that an item is a report of; NULL if no other report of its event is known.
    "ALTER TABLE items ADD COLUMN story INTEGER",
    "CREATE INDEX items_story ON items (story, moment) WHERE story IS NOT NULL",
    # Numbers are never reused.
    """CREATE TABLE stories (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        watched INTEGER NOT NULL DEFAULT 0
    )""",
    # A reader's corrections: whether a report belongs to a story. Corrections made together share
    # the number `act`, and `before` is the story that the report was in.
    """CREATE TABLE story_hands (
        item INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
        story INTEGER NOT NULL,
        belongs INTEGER NOT NULL,
        before INTEGER,
        act INTEGER NOT NULL,
        PRIMARY KEY (item, act)
    )""",
    # The words of recent reports with weights, as JSON, which match later reports to them.
    """CREATE TABLE reports (
        item INTEGER PRIMARY KEY REFERENCES items (id) ON DELETE CASCADE,
        moment INTEGER NOT NULL,
        placed INTEGER NOT NULL,            -- a number that is higher for what was placed later
        words TEXT NOT NULL,
        traits TEXT NOT NULL
    )""",
    "CREATE INDEX reports_placed ON reports (placed)",
    """CREATE TABLE report_words (
        word TEXT NOT NULL,
        moment INTEGER NOT NULL,
        item INTEGER NOT NULL,
        PRIMARY KEY (word, moment, item)
    ) WITHOUT ROWID""",
    "CREATE TABLE word_counts (word TEXT PRIMARY KEY, reports INTEGER NOT NULL) WITHOUT ROWID",
    """CREATE TRIGGER reports_insert AFTER INSERT ON reports BEGIN
        INSERT INTO report_words (word, moment, item)
            SELECT key, NEW.moment, NEW.item FROM json_each(NEW.words);
        INSERT INTO word_counts (word, reports) SELECT key, 1 FROM json_each(NEW.words) WHERE true
            ON CONFLICT DO UPDATE SET reports = reports + 1;
    END""",
    """CREATE TRIGGER reports_delete AFTER DELETE ON reports BEGIN
        DELETE FROM report_words WHERE (word, moment, item) IN
            (SELECT key, OLD.moment, OLD.item FROM json_each(OLD.words));
        UPDATE word_counts SET reports = reports - 1
            WHERE word IN (SELECT key FROM json_each(OLD.words));
        DELETE FROM word_counts
            WHERE reports <= 0 AND word IN (SELECT key FROM json_each(OLD.words));
    END""",
    # The items to be placed in a story, new or with a changed text.
    """CREATE TABLE unplaced (
        item INTEGER PRIMARY KEY REFERENCES items (id) ON DELETE CASCADE
    )""",
    "INSERT INTO unplaced (item) SELECT id FROM items",
    """CREATE TRIGGER unplaced_items AFTER INSERT ON items BEGIN
        INSERT OR IGNORE INTO unplaced (item) VALUES (NEW.id);
    END""",
    """CREATE TRIGGER unplaced_articles AFTER INSERT ON articles BEGIN
        INSERT OR IGNORE INTO unplaced (item) VALUES (NEW.item);
    END""",
    """CREATE TRIGGER unplaced_texts AFTER UPDATE OF blocks ON articles BEGIN
        INSERT OR IGNORE INTO unplaced (item) VALUES (NEW.item);
    END""",
)

_FIFTEENTH: tuple[str, ...] = (
    # The feeds that were ever followed, and their last answers.
    """CREATE TABLE feeds (
        id INTEGER PRIMARY KEY,
        source TEXT NOT NULL UNIQUE,        -- what items name it by
        url TEXT NOT NULL,                  -- where it is asked for
        name TEXT,                          -- what it is shown as
        title TEXT,
        home TEXT,
        digest BLOB,                        -- of the bytes that were last read
        etag TEXT,
        modified TEXT,
        checked INTEGER,                    -- when it last answered
        fetched INTEGER,                    -- when it was last sent whole
        ttl INTEGER,                        -- minutes that it asks to be left alone for
        due INTEGER,                        -- when it is to be asked for again
        failure TEXT,
        failed INTEGER,
        failures INTEGER NOT NULL DEFAULT 0,
        gone INTEGER NOT NULL DEFAULT 0,
        moving TEXT,                        -- where its site says that it has moved to for good
        moves INTEGER NOT NULL DEFAULT 0    -- runs in a row that read it there
    )""",
    # Few items are from feeds, and all items of a feed are counted.
    "CREATE INDEX items_feed ON items (source, read) WHERE source <> 'zeelandnet'",
    # The names of the entries of a feed, including those of removed items.
    """CREATE TABLE feed_names (
        feed INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,                 -- 'guid', 'address', 'path', 'slug', 'lead', 'shared'
        name TEXT NOT NULL,
        item INTEGER NOT NULL,              -- 0 for a guid that several entries share
        seen INTEGER NOT NULL,
        PRIMARY KEY (feed, kind, name)
    ) WITHOUT ROWID""",
    "CREATE INDEX feed_names_item ON feed_names (item)",
    # The feed's text of an item, whether its page is to be fetched, and the outcome.
    """CREATE TABLE feed_texts (
        item INTEGER NOT NULL,
        feed INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
        digest TEXT NOT NULL,
        blocks BLOB,                        -- as in articles
        wanted INTEGER NOT NULL DEFAULT 0,
        chosen TEXT,                        -- 'feed' or 'page', where the reader said so
        reason TEXT,                        -- why the text of the feed stays
        PRIMARY KEY (item, feed)
    ) WITHOUT ROWID""",
    "CREATE INDEX feed_texts_wanted ON feed_texts (feed, item) WHERE wanted = 1",
    # The list of feeds, kept here while its file cannot be written.
    "CREATE TABLE feed_list (id INTEGER PRIMARY KEY CHECK (id = 1), text TEXT NOT NULL)",
)

# Whether a new row for the same thing ranks higher than the existing one.
COUNTS_MORE = """(excluded.stamp, coalesce(excluded.device, ''), excluded.{0})
    > ({1}.stamp, coalesce({1}.device, ''), {1}.{0})"""
# The value of a row of `places` as JSON, in the form that all machines compare.
PLACE_VALUE = "iif({0}characters, json_array({0}characters, {0}length), 'null')"
PLACE_COUNTS_MORE = f"""
    (excluded.stamp, coalesce(excluded.device, ''), {PLACE_VALUE.format("excluded.")})
    > (places.stamp, coalesce(places.device, ''), {PLACE_VALUE.format("places.")})"""
_LEARN_MARKS = f"""
INSERT INTO item_marks (item, mark, value, stamp, device)
SELECT new.item, field, value = 'true', stamp, device FROM pending
WHERE name = new.kind || ':' || new.name AND (field IN ({{0}}) OR field GLOB 'tag:?*')
ON CONFLICT DO UPDATE SET value = excluded.value, stamp = excluded.stamp, device = excluded.device
WHERE {COUNTS_MORE.format("value", "item_marks")}
"""
_LEARN_PLACE = f"""
INSERT INTO places (item, characters, length, stamp, device)
SELECT new.item, coalesce(json_extract(value, '$[0]'), 0), json_extract(value, '$[1]'),
    stamp, device
FROM pending WHERE name = new.kind || ':' || new.name AND field = 'place'
ON CONFLICT DO UPDATE SET characters = excluded.characters, length = excluded.length,
    stamp = excluded.stamp, device = excluded.device
WHERE {PLACE_COUNTS_MORE}
"""
_NAMES_LEARNED = f"""CREATE TRIGGER names_learned AFTER INSERT ON names
        WHEN EXISTS (SELECT 1 FROM pending WHERE name = new.kind || ':' || new.name)
          AND (SELECT sample FROM items WHERE id = new.item) = 0 BEGIN
        {_LEARN_MARKS};
        {_LEARN_PLACE};
        DELETE FROM pending WHERE name = new.kind || ':' || new.name
            AND (field IN ({{0}}, 'place') OR field GLOB 'tag:?*');
    END"""
# The surest name of a deleted item, if it has one; an item of the sample edition has none.
_OLD_NAME = """
(SELECT kind || ':' || name AS name FROM names WHERE item = old.id AND old.sample = 0
 ORDER BY CASE kind WHEN 'address' THEN 1 WHEN 'slug' THEN 2 ELSE 3 END, id LIMIT 1)
"""
_MARKS_STAY = f"""
INSERT INTO pending (name, field, value, stamp, device)
SELECT name, mark, iif(value, 'true', 'false'), stamp, device
FROM {_OLD_NAME} JOIN item_marks ON item = old.id WHERE true
ON CONFLICT DO UPDATE SET value = excluded.value, stamp = excluded.stamp, device = excluded.device
WHERE {COUNTS_MORE.format("value", "pending")}
"""
_PLACE_STAYS = f"""
INSERT INTO pending (name, field, value, stamp, device)
SELECT name, 'place', {PLACE_VALUE.format("")}, stamp, device
FROM {_OLD_NAME} JOIN places ON item = old.id WHERE true
ON CONFLICT DO UPDATE SET value = excluded.value, stamp = excluded.stamp, device = excluded.device
WHERE {COUNTS_MORE.format("value", "pending")}
"""
# A change in another table becomes a choice of this machine, stamped by the clock.
TICK = """
UPDATE clock SET stamp = max(
    stamp + 1, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) << 10)
"""
_CHOOSE = """
INSERT INTO choices (name, field, value, stamp)
VALUES ({name}, '{field}', {value}, (SELECT stamp FROM clock))
ON CONFLICT DO UPDATE SET value = excluded.value, stamp = excluded.stamp, device = NULL
"""
_SECTION_NAME = "'section:' || new.source || '/' || new.name"
_FOLLOWED = "iif(new.followed, 'true', 'false')"
_SAID_OF = "(SELECT value FROM choices WHERE name = {0} AND field = '{1}')"
_FOLLOW_SECTIONS = """
UPDATE sections SET followed = new.value = 'true'
WHERE 'section:' || source || '/' || name = new.name
"""
_VISITED = """
INSERT INTO visits (id, at, item)
SELECT 1, CAST(new.value AS INTEGER),
    coalesce((SELECT max(id) FROM items WHERE seen <= CAST(new.value AS INTEGER)), 0)
WHERE CAST(new.value AS INTEGER) > coalesce((SELECT at FROM visits), 0)
ON CONFLICT DO UPDATE SET at = excluded.at, item = excluded.item
"""
# No stamp may be later than the clock, including stamps from other machines.
CLOCK_OF_ALL = """
UPDATE clock SET stamp = max(stamp, coalesce((SELECT max(stamp) FROM (
    SELECT max(stamp) AS stamp FROM item_marks UNION ALL SELECT max(stamp) FROM places
    UNION ALL SELECT max(stamp) FROM pending UNION ALL SELECT max(stamp) FROM choices)), 0))
"""

_SIXTEENTH: tuple[str, ...] = (
    # The row stays when an article is read to its end, with 0 characters; `length` is that of the
    # body on another machine, if it sent one.
    "ALTER TABLE places ADD COLUMN length INTEGER",
    "ALTER TABLE places ADD COLUMN stamp INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE places ADD COLUMN device TEXT",
    """UPDATE places SET stamp = coalesce(
        (SELECT min(max(seen, 1), 4102444799) * 1000 << 10 FROM items WHERE id = item), 1)""",
    # The marks of items that are missing here, not yet fetched or removed. They move to an item
    # once it gets the name.
    """CREATE TABLE pending (
        name TEXT NOT NULL,                 -- 'address:...', 'slug:...', 'lead:...'
        field TEXT NOT NULL,                -- 'read', 'saved', 'place', 'tag:...', or unknown
        value TEXT NOT NULL,                -- JSON
        stamp INTEGER NOT NULL,
        device TEXT,                        -- NULL until other machines were told
        PRIMARY KEY (name, field)
    ) WITHOUT ROWID""",
    # The choices about other things than items: sources, mutes, stories, visits.
    """CREATE TABLE choices (
        name TEXT NOT NULL,
        field TEXT NOT NULL,
        value TEXT NOT NULL,
        stamp INTEGER NOT NULL,
        device TEXT,
        PRIMARY KEY (name, field)
    ) WITHOUT ROWID""",
    # The files of other machines that were read, and those of this machine that were written.
    """CREATE TABLE mark_files (
        device TEXT NOT NULL,
        file TEXT NOT NULL,
        mine INTEGER NOT NULL,
        PRIMARY KEY (device, file)
    ) WITHOUT ROWID""",
    """INSERT INTO choices (name, field, value, stamp)
        SELECT 'section:' || source || '/' || name, 'follow', 'false',
            min(max(seen, 1), 4102444799) * 1000 << 10
        FROM sections WHERE followed = 0""",
    """INSERT INTO choices (name, field, value, stamp)
        SELECT 'reader', 'visit', at, min(max(at, 1), 4102444799) * 1000 << 10 FROM visits""",
    CLOCK_OF_ALL,
    _NAMES_LEARNED.format("'read', 'saved'"),
    f"""CREATE TRIGGER items_unmarked BEFORE DELETE ON items BEGIN
        {_MARKS_STAY};
        {_PLACE_STAYS};
    END""",
    f"""CREATE TRIGGER sections_chosen AFTER UPDATE OF followed ON sections
        WHEN {_FOLLOWED} <> coalesce({_SAID_OF.format(_SECTION_NAME, "follow")}, 'true') BEGIN
        {TICK};
        {_CHOOSE.format(name=_SECTION_NAME, field="follow", value=_FOLLOWED)};
    END""",
    f"""CREATE TRIGGER sections_learned AFTER INSERT ON sections
        WHEN {_FOLLOWED} <> {_SAID_OF.format(_SECTION_NAME, "follow")} BEGIN
        UPDATE sections SET followed = NOT followed
        WHERE source = new.source AND name = new.name;
    END""",
    *(
        f"""CREATE TRIGGER choices_{when} AFTER {event} ON choices
            WHEN new.field = 'follow' BEGIN {_FOLLOW_SECTIONS}; END"""
        for when, event in (("made", "INSERT"), ("changed", "UPDATE"))
    ),
    *(
        f"""CREATE TRIGGER visits_{when} AFTER {event} ON choices
            WHEN new.field = 'visit' BEGIN {_VISITED}; END"""
        for when, event in (("made", "INSERT"), ("changed", "UPDATE"))
    ),
)

_SEVENTEENTH: tuple[str, ...] = (
    # When the text that a reader last read of an article was fetched.
    """CREATE TABLE read_texts (
        item INTEGER PRIMARY KEY REFERENCES items (id) ON DELETE CASCADE,
        fetched INTEGER NOT NULL
    )""",
    """INSERT INTO read_texts (item, fetched)
        SELECT item, fetched FROM articles JOIN items ON items.id = item WHERE read = 1""",
    *(
        f"""CREATE TRIGGER read_texts_{when} AFTER {event} ON item_marks
            WHEN new.mark = 'read' AND new.value = 1 BEGIN
            DELETE FROM read_texts WHERE item = new.item;
            INSERT INTO read_texts (item, fetched)
                SELECT item, fetched FROM articles WHERE item = new.item;
        END"""
        for when, event in (("made", "INSERT"), ("changed", "UPDATE OF value"))
    ),
)

# Whether an item has a muted topic; for a row of `items` that is known as `{0}`.
_IS_MUTED = """EXISTS (
    SELECT 1 FROM mutes WHERE CASE kind
        WHEN 'section' THEN words = {0}section COLLATE NOCASE
        ELSE instr(' ' || plain_words(
            coalesce({0}title, '') || ' ' || {0}summary || ' ' || coalesce({0}dateline, '')
        ) || ' ', words) END)"""
# Applies the current mutes to the existing items.
MUTE_ITEMS = f"UPDATE items SET muted = 1 - muted WHERE muted <> {_IS_MUTED.format('items.')}"
# For a trigger's old or new row of `items`. No column of the key may be NULL.
_COUNTED = "coalesce({0}.section, ''), {0}.read, {0}.saved, {0}.cached, {0}.muted"
_COUNT_IN = (
    f"INSERT INTO tallies (section, read, saved, cached, muted, headlines)"
    f" VALUES ({_COUNTED.format('new')}, 1) ON CONFLICT DO UPDATE SET headlines = headlines + 1;"
)
_COUNT_OUT = (
    "UPDATE tallies SET headlines = headlines - 1"
    f" WHERE (section, read, saved, cached, muted) = ({_COUNTED.format('old')});"
)

_EIGHTEENTH: tuple[str, ...] = (
    # The reader's mutes: a sequence of whole words, or a section.
    """CREATE TABLE mutes (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,                 -- 'words', 'section'
        words TEXT NOT NULL,                -- folded and with the spaces around them; its name
        name TEXT NOT NULL,                 -- as the reader wrote it
        origin TEXT NOT NULL,               -- 'reader', or 'settings' for the file's own
        UNIQUE (kind, words)
    )""",
    # Whether an item matches a mute; the lists leave it out.
    "ALTER TABLE items ADD COLUMN muted INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX items_muted ON items (moment) WHERE muted = 1",
    f"""CREATE TRIGGER items_muted_new AFTER INSERT ON items WHEN EXISTS (SELECT 1 FROM mutes) BEGIN
        UPDATE items SET muted = 1 WHERE id = new.id AND {_IS_MUTED.format("new.")};
    END""",
    f"""CREATE TRIGGER items_muted_anew AFTER UPDATE OF title, section, dateline, summary ON items
        WHEN EXISTS (SELECT 1 FROM mutes) AND new.muted <> {_IS_MUTED.format("new.")} BEGIN
        UPDATE items SET muted = 1 - muted WHERE id = new.id;
    END""",
    # The counts also cover offline and muted items.
    "DROP TRIGGER items_tallied",
    "DROP TRIGGER items_untallied",
    "DROP TRIGGER items_retallied",
    "DROP TABLE tallies",
    """CREATE TABLE tallies (
        section TEXT NOT NULL COLLATE NOCASE, -- empty for none
        read INTEGER NOT NULL,
        saved INTEGER NOT NULL,
        cached INTEGER NOT NULL,
        muted INTEGER NOT NULL,
        headlines INTEGER NOT NULL,
        PRIMARY KEY (section, read, saved, cached, muted)
    ) WITHOUT ROWID""",
    """INSERT INTO tallies
        SELECT coalesce(section, ''), read, saved, cached, muted, count(*) FROM items
        GROUP BY coalesce(section, '') COLLATE NOCASE, read, saved, cached, muted""",
    f"CREATE TRIGGER items_tallied AFTER INSERT ON items BEGIN {_COUNT_IN} END",
    f"CREATE TRIGGER items_untallied AFTER DELETE ON items BEGIN {_COUNT_OUT} END",
    f"""CREATE TRIGGER items_retallied AFTER UPDATE OF section, read, saved, cached, muted ON items
        WHEN old.section IS NOT new.section OR old.read <> new.read OR old.saved <> new.saved
          OR old.cached <> new.cached OR old.muted <> new.muted BEGIN
        {_COUNT_OUT} {_COUNT_IN}
    END""",
    # Tags are marks whose name starts with `tag:`; each tag's list is in the order of its items.
    """CREATE INDEX item_tags ON item_marks (mark, item)
        WHERE mark > 'tag:' AND mark < 'tag;' AND value = 1""",
    # The searches that are shown beside the sections as views, in the order of their numbers.
    """CREATE TABLE searches (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE COLLATE NOCASE,
        query TEXT NOT NULL,
        told INTEGER NOT NULL               -- the last item of which a command was told
    )""",
    # The changes of marks that can be undone, the last one last.
    """CREATE TABLE undo (
        id INTEGER PRIMARY KEY,
        mark TEXT NOT NULL,
        value INTEGER NOT NULL,
        items TEXT NOT NULL                 -- JSON: those that it changed
    )""",
)

_NINETEENTH: tuple[str, ...] = (
    # The group of a feed, and its position among the followed feeds; NULL if it is not followed.
    "ALTER TABLE feeds ADD COLUMN section TEXT COLLATE NOCASE",
    "ALTER TABLE feeds ADD COLUMN position INTEGER",
    "CREATE INDEX feeds_section ON feeds (section, position)",
)

_MUTE_NAME = "iif({0}.kind = 'section', 'section:', 'word:') || {0}.name"

_TWENTIETH: tuple[str, ...] = (
    # The name of the cache in its exports, by which it recognises its own.
    "CREATE TABLE identity (id INTEGER PRIMARY KEY CHECK (id = 1), name TEXT NOT NULL)",
    "INSERT INTO identity (id, name) VALUES (1, lower(hex(randomblob(8))))",
    # Other machines receive the mutes of this one, except those from the settings.
    f"""INSERT OR IGNORE INTO choices (name, field, value, stamp)
        SELECT {_MUTE_NAME.format("mutes")}, 'mute', 'true', 1 FROM mutes
        WHERE origin = 'reader'""",
    f"""CREATE TRIGGER mutes_made AFTER INSERT ON mutes WHEN new.origin = 'reader'
        AND coalesce({_SAID_OF.format(_MUTE_NAME.format("new"), "mute")}, 'false') <> 'true' BEGIN
        {TICK};
        {_CHOOSE.format(name=_MUTE_NAME.format("new"), field="mute", value="'true'")};
    END""",
    f"""CREATE TRIGGER mutes_ended AFTER DELETE ON mutes WHEN old.origin = 'reader'
        AND {_SAID_OF.format(_MUTE_NAME.format("old"), "mute")} = 'true' BEGIN
        {TICK};
        {_CHOOSE.format(name=_MUTE_NAME.format("old"), field="mute", value="'false'")};
    END""",
)

# Whether a story is watched is the last choice about any of its reports.
_WATCHED = """
UPDATE stories SET watched = (
    SELECT value FROM item_marks JOIN items ON items.id = item
    WHERE story = stories.number AND mark = 'watch'
    ORDER BY stamp DESC, coalesce(device, '') DESC, value DESC LIMIT 1)
WHERE number = {0}
"""

_TWENTY_FIRST: tuple[str, ...] = (
    # That a story is watched is stored as a mark of its reports, by which other machines know it.
    """INSERT OR IGNORE INTO item_marks (item, mark, value, stamp)
        SELECT items.id, 'watch', 1, 1 FROM items JOIN stories ON number = story
        WHERE watched = 1""",
    *(
        f"""CREATE TRIGGER watches_{when} AFTER {event} ON item_marks
            WHEN new.mark = 'watch' BEGIN
            {_WATCHED.format("(SELECT story FROM items WHERE id = new.item)")};
        END"""
        for when, event in (("made", "INSERT"), ("changed", "UPDATE OF value"))
    ),
    f"""CREATE TRIGGER watches_moved AFTER UPDATE OF story ON items WHEN new.story IS NOT NULL
        AND EXISTS (SELECT 1 FROM item_marks WHERE item = new.id AND mark = 'watch') BEGIN
        {_WATCHED.format("new.story")};
    END""",
    "DROP TRIGGER names_learned",
    _NAMES_LEARNED.format("'read', 'saved', 'watch'"),
    # The list of feeds as last sent to other machines, so that a change made by hand is noticed.
    """CREATE TABLE feeds_told (
        source TEXT PRIMARY KEY,            -- as in feeds
        muted INTEGER NOT NULL
    ) WITHOUT ROWID""",
)

_LAST_ITEM = "(SELECT coalesce(max(id), 0) FROM items)"

_TWENTY_SECOND: tuple[str, ...] = (
    # The last item of a watched story that a command has shown, as for saved searches.
    "ALTER TABLE stories ADD COLUMN told INTEGER NOT NULL DEFAULT 0",
    f"UPDATE stories SET told = {_LAST_ITEM} WHERE watched = 1",
    f"UPDATE searches SET told = {_LAST_ITEM}",
    f"""CREATE TRIGGER stories_watched AFTER UPDATE OF watched ON stories
        WHEN new.watched = 1 AND old.watched = 0 BEGIN
        UPDATE stories SET told = {_LAST_ITEM} WHERE number = new.number;
    END""",
)

_TWENTY_THIRD: tuple[str, ...] = (
    """CREATE TABLE robots (
        host TEXT PRIMARY KEY,              -- name and port
        fetched INTEGER NOT NULL,           -- Unix seconds
        rules TEXT NOT NULL                 -- its robots.txt
    ) WITHOUT ROWID""",
)

_TWENTY_FOURTH: tuple[str, ...] = (
    # Everything that is stored of one feed; without it, each feed would read the texts of all.
    "CREATE INDEX feed_texts_feed ON feed_texts (feed, digest)",
)

_TWENTY_FIFTH: tuple[str, ...] = (
    # The items that got a text, another text or a story after they came in, and of which no
    # command could know before: those since the last notification.
    """CREATE TABLE late_items (
        item INTEGER PRIMARY KEY REFERENCES items (id) ON DELETE CASCADE
    )""",
    *(
        f"""CREATE TRIGGER late_texts_{when} AFTER {event} ON articles BEGIN
            INSERT OR IGNORE INTO late_items (item) VALUES (NEW.item);
        END"""
        for when, event in (("made", "INSERT"), ("changed", "UPDATE OF blocks"))
    ),
    # The items that are no news: those that matched a search when it was saved, those that were in
    # a story when it was watched, and those that a command has shown.
    """CREATE TABLE notified (
        item INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
        topic INTEGER NOT NULL,             -- a search, a story as a negative number, 0 for all
        PRIMARY KEY (item, topic)
    ) WITHOUT ROWID""",
    "DROP TRIGGER stories_watched",
    f"""CREATE TRIGGER stories_watched AFTER UPDATE OF watched ON stories
        WHEN new.watched = 1 AND old.watched = 0 BEGIN
        UPDATE stories SET told = {_LAST_ITEM} WHERE number = new.number;
        INSERT OR IGNORE INTO notified (item, topic)
            SELECT id, -new.number FROM items WHERE story = new.number;
    END""",
    # What was there before these tables is no news, whatever text it gets.
    *(
        statement
        for table in ("searches", "stories")
        for statement in (
            f"ALTER TABLE {table} ADD COLUMN since INTEGER NOT NULL DEFAULT 0",
            f"UPDATE {table} SET since = {_LAST_ITEM}",
        )
    ),
)

_TWENTY_SIXTH: tuple[str, ...] = (
    # A story that is watched again. The rows that are there are left out, as nothing ignores
    # conflicts in a trigger of an upsert: SQLite applies the policy of the upsert to it.
    "DROP TRIGGER stories_watched",
    f"""CREATE TRIGGER stories_watched AFTER UPDATE OF watched ON stories
        WHEN new.watched = 1 AND old.watched = 0 BEGIN
        UPDATE stories SET told = {_LAST_ITEM} WHERE number = new.number;
        INSERT INTO notified (item, topic)
            SELECT id, -new.number FROM items WHERE story = new.number AND NOT EXISTS (
                SELECT 1 FROM notified WHERE item = items.id AND topic = -new.number);
    END""",
)

_TWENTY_SEVENTH: tuple[str, ...] = (
    # A text of a feed that is the present text of its item is stored only there. Programs that do
    # not know this must not open the file.
    """UPDATE feed_texts SET blocks = x'' WHERE blocks IS NOT NULL AND EXISTS (
        SELECT 1 FROM articles
        WHERE articles.item = feed_texts.item AND articles.blocks = feed_texts.blocks)""",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    _FIRST, _SECOND, _THIRD, _FOURTH, _FIFTH, _SIXTH, _SEVENTH, _EIGHTH, _NINTH,
    _TENTH, _ELEVENTH, _TWELFTH, _THIRTEENTH, _FOURTEENTH, _FIFTEENTH, _SIXTEENTH, _SEVENTEENTH,
    _EIGHTEENTH, _NINETEENTH, _TWENTIETH, _TWENTY_FIRST, _TWENTY_SECOND, _TWENTY_THIRD,
    _TWENTY_FOURTH, _TWENTY_FIFTH, _TWENTY_SIXTH, _TWENTY_SEVENTH,
)  # fmt: skip
VERSION = len(MIGRATIONS)
