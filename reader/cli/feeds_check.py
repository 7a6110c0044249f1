"""The findings of `doctor` on feeds: how many are followed, what is wrong, which of them fail."""

from collections.abc import Iterator

from reader.cli.known_feeds import known_feeds
from reader.cli.printer import Printer
from reader.config import Settings
from reader.sources.subscriptions import feeds_path

_MOST = 20


def examine_feeds(settings: Settings, printer: Printer) -> Iterator[str]:
    """Yield a line on the list of feeds, and one for each problem; nothing if there are no feeds.

    Raises CacheError if the cache cannot be read.
    """
    followed, known = known_feeds(settings)
    if not followed.feeds and not followed.problems:
        return
    keys = {feed.key for feed in followed.feeds}
    failing = [state for key, state in known.items() if key in keys and state.failure]
    path = feeds_path(settings)
    yield printer.sentence("doctor.feeds", count=len(keys), failing=len(failing), path=path)
    for problem in followed.problems:
        yield printer.message(problem)
    for state in failing[:_MOST]:
        if state.failure:
            yield f"{state.name}: {printer.message(state.failure)}"
    if len(failing) > _MOST:
        yield printer.sentence("more", count=len(failing) - _MOST)
