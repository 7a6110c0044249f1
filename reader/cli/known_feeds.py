"""The feeds that are followed, and their states in the cache, which may not exist yet."""

from reader.config import Settings
from reader.files import may_exist
from reader.model import FeedState
from reader.sources.subscriptions import Followed, followed_feeds
from reader.store import Store


def known_feeds(settings: Settings) -> tuple[Followed, dict[str, FeedState]]:
    """Return the feeds that are followed, and the states of known feeds by their keys.

    Raises CacheError if the cache cannot be read.
    """
    if not may_exist(settings.cache_path):
        return followed_feeds(settings), {}
    with Store(settings.cache_path) as library:
        states = {state.source: state for state in library.feeds.states()}
        return followed_feeds(settings, library.feeds.kept_list()), states
