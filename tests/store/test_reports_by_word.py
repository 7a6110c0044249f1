"""The cached reports of a word are those of the tables."""

import sqlite3
from random import Random

from reader.store.reports_by_word import WordLists

_WORDS = "haven brug dijk".split()


def _tables() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE unplaced (item INTEGER PRIMARY KEY)")
    connection.execute(
        "CREATE TABLE report_words (word TEXT, moment INTEGER, item INTEGER,"
        " PRIMARY KEY (word, moment, item)) WITHOUT ROWID"
    )
    return connection


def test_the_newest_reports_of_a_word_are_those_of_all_that_were_placed() -> None:
    chance = Random(15)  # noqa: S311
    for held in (3, 10, 1000):
        connection = _tables()
        rows = [
            (word, chance.randrange(50), item)
            for item in range(120)
            for word in _WORDS
            if chance.random() < 0.6
        ]
        connection.executemany("INSERT INTO report_words VALUES (?, ?, ?)", rows)
        connection.executemany("INSERT INTO unplaced VALUES (?)", [(item,) for item in range(60)])
        lists, placed = WordLists(connection, 40, held), set(range(60, 120))
        for item in range(60):
            for word in _WORDS:
                first, last = sorted((chance.randrange(50), chance.randrange(50)))
                wanted = sorted(
                    (moment, each)
                    for told, moment, each in rows
                    if told == word and first <= moment <= last and each in placed
                )
                found = lists.newest(word, first, last, 7)
                assert set(found) == {each for _, each in wanted[-7:]}
            connection.execute("DELETE FROM unplaced WHERE item = ?", (item,))
            placed.add(item)
            for word, moment, each in rows:
                if each == item:
                    lists.add([word], moment, item)
