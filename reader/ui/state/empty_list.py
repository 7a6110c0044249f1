"""What an empty list says."""

from datetime import datetime

from reader.library import Library
from reader.model import Selection
from reader.ui import wording
from reader.ui.state.edition import Edition


def empty_notice(library: Library, edition: Edition, now: datetime) -> str:
    """Return why the list is empty, and what to do; raises ReaderError."""
    selection = edition.view.selection
    if edition.words:
        total = library.headlines.counts(selection).total
        text = wording.say("empty.nothing-matches", total=total)
        return "\n\n".join([text, *_doubts_of_filter(library, edition.words, now)])
    if selection.query:
        doubts = library.search.doubts(selection.query, now)
        return "\n\n".join([wording.say("empty.nothing-found"), *map(wording.reason_text, doubts)])
    feed = library.feeds.state(selection.source) if selection.source else None
    if feed is not None and feed.failure is not None:
        return f"{wording.reason_text(feed.failure)}\n\n{_of_view(selection)}"
    return _of_view(selection)


def _of_view(selection: Selection) -> str:
    """Return why a view without words or a query is empty."""
    if selection.watched:
        return wording.say("empty.nothing-watched")
    if selection.unread:
        return wording.say("empty.nothing-unread")
    if selection.cached:
        return wording.say("empty.nothing-offline")
    if selection.muted:
        return wording.say("empty.nothing-muted")
    if selection.after:
        return wording.say("empty.nothing-new")
    if selection.saved:
        return wording.say("empty.nothing-saved")
    if selection.section:
        return wording.say("empty.nothing-here")
    return wording.say("empty.no-headlines")


def _doubts_of_filter(library: Library, words: str, now: datetime) -> list[str]:
    """Return what of the filter words means nothing, as fields do in a filter."""
    if ":" not in words:
        return []
    # The parser of queries takes long to import.
    from reader.text.query import has_fields, take_sources

    found = [wording.say("empty.no-fields")] if has_fields(words) else []
    _, sources = take_sources(words)
    if named := " ".join(f'source:"{name}"' for name in sources.sources):
        found += [wording.reason_text(each) for each in library.search.doubts(named, now)]
    return found
