"""A condition on items: whether an item's source has a name that contains a given text."""

_OF_SOURCE = """
items.source IN (SELECT source FROM feeds WHERE instr(lower(coalesce(name, source)), {0}))
OR instr(lower(items.source), {0}) AND items.source NOT IN (SELECT source FROM feeds)
OR items.id IN (SELECT item FROM feed_names JOIN feeds ON feeds.id = feed
    WHERE instr(lower(coalesce(feeds.name, source)), {0}))
"""


def of_source(value: str) -> str:
    """Return the condition that an item was brought by a source, or is shown by a feed.

    `value` is the placeholder for a part of its name, in lower case; it is used three times.
    """
    return _OF_SOURCE.format(value)
