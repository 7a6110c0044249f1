"""The sources that the settings name."""

from collections.abc import Iterable

from reader.config import Settings
from reader.sources.base import Source
from reader.sources.zeelandnet import zeelandnet


def sources_of(settings: Settings) -> tuple[Source, ...]:
    """Return all sources, in the order in which a run asks them; the first is the main one."""
    return (zeelandnet(settings.site, settings.selectors, settings.pause),)


def owner_of(sources: Iterable[Source], url: str) -> Source | None:
    """Return the first source that owns `url`, None where it is a page of none."""
    return next((source for source in sources if source.owns(url)), None)
