"""Headlines in memory: those on screen and the last ones seen, out of any number."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence

from reader.model import Headline

Load = Callable[[Sequence[int]], list[Headline]]
CAPACITY = 512


class LoadedHeadlines:
    """Loads headlines by their numbers on demand and keeps the `CAPACITY` last used ones."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._kept: OrderedDict[int, Headline | None] = OrderedDict()

    def clear(self) -> None:
        """Forget all headlines, so that changed marks are read again."""
        self._kept.clear()

    def want(self, ids: Iterable[int]) -> None:
        """Load those of `ids` that are not in memory; note which no longer exist."""
        missing = [headline_id for headline_id in ids if headline_id not in self._kept]
        if not missing:
            return
        self._kept.update(dict.fromkeys(missing))
        self._kept.update((headline.id, headline) for headline in self._load(missing))
        while len(self._kept) > max(CAPACITY, len(missing)):
            self._kept.popitem(last=False)

    def get(self, headline_id: int) -> Headline | None:
        """Return a headline that is in memory, or None if it is not loaded or has vanished."""
        if headline_id in self._kept:
            self._kept.move_to_end(headline_id)
        return self._kept.get(headline_id)

    def has(self, headline_id: int) -> bool:
        """Tell whether the headline of this number was looked up."""
        return headline_id in self._kept
