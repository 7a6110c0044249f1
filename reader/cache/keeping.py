"""The care of the cache file itself."""

from reader.cache import queries
from reader.cache.queries import Health
from reader.cache.store import Store


class Keeping(Store):
    """The state of the file."""

    def health(self) -> Health:
        """Return the state of the file; it is read from end to end."""
        with self._reading() as connection:
            return queries.health(connection, self._path)
