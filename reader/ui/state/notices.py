"""Notices from the catalog: a sentence, and below it a line for each command that is offered."""

from collections.abc import Iterator

from reader.i18n import catalog
from reader.ui import wording
from reader.ui.state.values import Notice, Offer, Severity, Topic


def notice_of(
    key: str,
    count: int | None = None,
    *,
    severity: Severity = "information",
    seconds: float | None = None,
    about: Topic = "",
    **values: object,
) -> Notice:
    """Return the notice of `key`, formatted with `values`; `count` selects singular or plural.

    Text from `values` is always part of the sentence, whatever it contains, and offers nothing.
    """
    if count is not None:
        key, values = f"{key}-{'one' if count == 1 else 'many'}", {**values, "count": count}
    sentence, *lines = catalog.texts(wording.language())[key].split("\n")
    offers = tuple(_offers(lines, values))
    return Notice(wording.fill(sentence, **values), severity, seconds, offers, about=about)


def _offers(lines: list[str], values: dict[str, object]) -> Iterator[Offer]:
    """Yield the offers in lines such as `{reading.sync}: Try again`."""
    for line in lines:
        command, label = line.split(": ", 1)
        yield Offer(command.strip("{}"), wording.fill(label, **values))
