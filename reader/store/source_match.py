"""Whether an item is of a source, by a part of what that is shown as, as a condition on items."""

_OF_SOURCE = """
items.source IN (SELECT source FROM feeds WHERE instr(lower(coalesce(name, source)), {0}))
OR instr(lower(items.source), {0}) AND items.source NOT IN (SELECT source FROM feeds)
OR items.id IN (SELECT item FROM feed_names JOIN feeds ON feeds.id = feed
    WHERE instr(lower(coalesce(feeds.name, source)), {0}))
"""


def of_source(value: str) -> str:
    """Return the condition that an item was brought by a source, or is shown by a feed.

    `value` is the placeholder of a part of its name, in small letters; it stands there three times.
    """
    return _OF_SOURCE.format(value)
