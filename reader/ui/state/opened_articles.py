"""The articles that are opened: each with its story, what is similar to it, and its changes."""

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reader.library import Library
from reader.model import Article, Headline
from reader.ui.state.values import Opened

if TYPE_CHECKING:
    from reader.stories.changes import Changes


class OpenedArticles:
    """Asks the library for all that is shown of an article; methods may raise ReaderError."""

    def __init__(self, library: Library) -> None:
        self._library = library
        # The headline that was shown last, and those that are similar to it.
        self._similar: tuple[int, Sequence[int]] = (0, ())

    def load(self, headline_id: int) -> Opened | None:
        """Return a headline with its article and related headlines, or None if it is gone."""
        headline = next(iter(self._library.headlines.load([headline_id])), None)
        if headline is None:
            return None
        article = self._library.articles.load(headline_id)
        changes = self._changes_of(headline_id, article)
        opened = Opened(headline, article, (), self._story_of(headline), changes)
        return self.with_similar(opened)

    def knows_similar(self, headline_id: int) -> bool:
        """Tell whether the reports similar to a headline were noted."""
        return self._similar[0] == headline_id

    def note_similar(self, headline_id: int, similar: Sequence[int]) -> None:
        """Remember the reports similar to a headline, until those of another one are noted."""
        self._similar = (headline_id, similar)

    def with_similar(self, opened: Opened) -> Opened:
        """Return an opened headline with all related ones: of its story, similar, of its page."""
        headline_id = opened.headline.id
        similar = self._similar[1] if self.knows_similar(headline_id) else ()
        taken = {headline_id}
        groups = []
        for group in (
            opened.story,
            self._library.headlines.load(similar),
            self._library.articles.related(headline_id),
        ):
            fresh = [each for each in group if each.id not in taken]
            taken |= {each.id for each in fresh}
            groups.append(sorted(fresh, key=lambda each: each.read))
        related = tuple(chain.from_iterable(groups))
        return replace(opened, related=related, alike=(len(groups[0]), len(groups[1])))

    def _story_of(self, headline: Headline) -> tuple[Headline, ...]:
        """Return the reports of a headline's story, newest first; none if it is alone."""
        if headline.story is None:
            return ()
        return tuple(self._library.headlines.load(self._library.stories.reports(headline.story)))

    def _changes_of(self, headline_id: int, article: Article | None) -> "Changes | None":
        """Return what changed since an article was last read, or None if nothing did."""
        number = self._library.articles.revision_read(headline_id)
        older = self._library.articles.revision(headline_id, number) if number else None
        if older is None or article is None:
            return None
        changes = compared(older, article)
        return None if changes.is_empty else changes


def compared(old: Article, new: Article) -> "Changes":
    """Return the changes from an older text of an article to a newer one."""
    # The import is slow, and few articles change.
    from reader.stories.changes import changes_between

    return changes_between(old, new)
