"""The feeds that a reader follows, as the machines exchange them: by address.

The list itself is a file beside the settings. `feeds_told` holds its content as last read, so that
a change made to the file can be told from one made by another machine.
"""

import sqlite3
from collections.abc import Iterable, Sequence

from reader.model import FOLLOW, MUTE, ChosenFeed
from reader.store.choices import store_choice
from reader.store.clock import stamp_of_present
from reader.text.url import address

_FEED, _MUTED = "feed:", "source:"
_CHOSEN = f"""
SELECT name, field, value = 'true' FROM choices
WHERE (field = '{FOLLOW}' AND name GLOB '{_FEED}*') OR (field = '{MUTE}' AND name GLOB '{_MUTED}*')
ORDER BY stamp, coalesce(device, ''), value
"""  # noqa: S608 - the names of fields
_TOLD = "SELECT source, muted FROM feeds_told"


def chosen_feeds(connection: sqlite3.Connection) -> list[ChosenFeed]:
    """Return all machines' choices about feeds; of several addresses of a feed only the last."""
    found: dict[str, ChosenFeed] = {}
    for name, field, value in connection.execute(_CHOSEN):
        url = name.partition(":")[2]
        key = address(url)
        before = found.pop(key, ChosenFeed(url, None, None))
        followed, muted = before.followed, before.muted
        if field == FOLLOW:
            followed = bool(value)
        else:
            muted = bool(value)
        found[key] = ChosenFeed(url, followed, muted)
    return list(found.values())


def feeds_differ(connection: sqlite3.Connection, feeds: Iterable[tuple[str, bool]]) -> bool:
    """Tell whether a list of addresses, each with its muted flag, differs from the stored one."""
    return dict(connection.execute(_TOLD)) != {address(url): int(muted) for url, muted in feeds}


def choose_feeds(connection: sqlite3.Connection, feeds: Sequence[tuple[str, bool]]) -> None:
    """Store a list of feeds, and record its differences from the last one for other machines.

    It runs in the caller's transaction.
    """
    before = {source: bool(muted) for source, muted in connection.execute(_TOLD)}
    chosen = {address(each.url): each for each in chosen_feeds(connection)}
    present = {address(url): (url, muted) for url, muted in feeds}
    for source, (url, muted) in present.items():
        known = chosen.get(source, ChosenFeed(url, None, None))
        if source not in before and not known.followed:
            _choose(connection, FOLLOW, _FEED + known.url, value=True)
        if muted != before.get(source, False) and muted != bool(known.muted):
            _choose(connection, MUTE, _MUTED + known.url, value=muted)
    for source in before.keys() - present.keys():
        known = chosen.get(source, ChosenFeed(source, None, None))
        if known.followed is not False:
            _choose(connection, FOLLOW, _FEED + known.url, value=False)
    connection.execute("DELETE FROM feeds_told")
    connection.executemany(
        "INSERT INTO feeds_told (source, muted) VALUES (?, ?)",
        [(source, muted) for source, (_, muted) in present.items()],
    )


def _choose(connection: sqlite3.Connection, field: str, name: str, *, value: bool) -> None:
    value_json = "true" if value else "false"
    store_choice(connection, name, field, value_json, stamp_of_present(connection))
