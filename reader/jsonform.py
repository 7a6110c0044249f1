"""The JSON that the command line prints: times in ISO 8601 UTC, absent values as null."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from msgspec import to_builtins

from reader.config.feeds import FollowedFeed
from reader.errors import Argument, Reason, reason
from reader.model import (
    Article,
    Block,
    Dateline,
    Feed,
    FeedState,
    Headline,
    Hit,
    Image,
    Listing,
    Revision,
    Sighting,
    Teaser,
)

Json = dict[str, object]
_CODE = re.compile(r"[a-z0-9_]{1,60}")


def reason_json(why: Reason) -> Json:
    """Return why something failed: its stable code, and its arguments by name."""
    document: Json = to_builtins(why)
    return document


def reason_of(document: object, depth: int = 3) -> Reason:
    """Return the reason that `reason_json` wrote; raises ValueError for anything else.

    The arguments may contain reasons themselves, nested at most `depth` levels deep.
    """
    if not depth or not isinstance(document, dict):
        raise ValueError("no reason")
    code, arguments = document.get("code"), document.get("arguments", {})
    if not isinstance(code, str) or not _CODE.fullmatch(code) or not isinstance(arguments, dict):
        raise ValueError("no reason")
    named = {str(name): _argument_of(value, depth) for name, value in arguments.items()}
    return reason(code, **named)


def _argument_of(value: object, depth: int) -> Argument:
    if isinstance(value, dict):
        return reason_of(value, depth - 1)
    if isinstance(value, list):
        return tuple(str(each) for each in value)
    return value if isinstance(value, int | float) else str(value)


def page_json(page: Article | Listing) -> Json:
    """Return a parsed page as `znreader parse --json` prints it."""
    return article_json(page) if isinstance(page, Article) else _listing_json(page)


def feed_json(feed: Feed, text_of: Callable[[str], str]) -> Json:
    """Return a feed as `znreader parse --json` prints it; `text_of` turns HTML into plain text."""
    return {
        "kind": "feed",
        "title": feed.title,
        "url": feed.home,
        "entries": [
            {
                "id": entry.guid,
                "title": entry.teaser.title,
                "url": entry.teaser.url,
                "published": _sighting_json(entry.teaser.published),
                "summary": entry.teaser.summary,
                "content": text_of(entry.content),
            }
            for entry in feed.entries
        ],
    }


def feed_state_json(feed: FollowedFeed, state: FeedState | None, why: str | None) -> Json:
    """Return a followed feed and how it last answered; `why` is its failure as a sentence."""
    return {
        "name": feed.name or (state.name if state else None),
        "url": state.url if state else feed.url,
        "section": feed.section or None,
        "full_text": feed.full_text,
        "interval": feed.interval,
        "muted": feed.muted,
        "state": "gone" if state and state.gone else "muted" if feed.muted else "ok",
        "title": state.title if state else None,
        "home": state.home if state else None,
        "total": state.total if state else 0,
        "unread": state.unread if state else 0,
        "checked": _moment_json(state.checked if state else None),
        "fetched": _moment_json(state.fetched if state else None),
        "due": _moment_json(state.due if state and not state.gone else None),
        "failures": state.failures if state else 0,
        "failure": reason_json(state.failure) if state and state.failure else None,
        "reason": why,
    }


def _moment_json(moment: datetime | None) -> str | None:
    return time_json(moment) if moment else None


def article_json(article: Article, related: Sequence[Headline] | None = None) -> Json:
    """Return an article; its related teasers carry marks if `related` headlines are given."""
    teaser = article.teaser
    return {
        "kind": "article",
        "url": teaser.url,
        "title": teaser.title,
        "section": teaser.section,
        "dateline": _dateline_json(teaser.dateline),
        "published": _sighting_json(teaser.published),
        **body_json(article),
        "related": [teaser_json(each) for each in article.related]
        if related is None
        else [headline_json(each) for each in related],
    }


def body_json(article: Article) -> Json:
    """Return the fields of an article without its teaser and related teasers, as in an export."""
    return {
        "fetched": time_json(article.fetched),
        "blocks": [_block_json(block) for block in article.blocks],
        "authors": list(article.authors),
        "modified": time_json(article.modified) if article.modified else None,
        "image": _image_json(article.image),
        "description": article.description,
        "tags": list(article.tags),
        "language": article.language,
    }


def headline_json(headline: Headline) -> Json:
    """Return a cached headline: its number and source, its teaser and its marks."""
    return teaser_json(headline.teaser) | {
        "id": headline.id,
        "story": headline.story,
        "source": headline.source,
        "read": headline.read,
        "saved": headline.saved,
        "cached": headline.cached,
        "tags": list(headline.tags),
    }


def hit_json(hit: Hit) -> Json:
    """Return a search hit: its headline, and the snippet as plain text."""
    return headline_json(hit.headline) | {"snippet": hit.snippet}


def revision_json(revision: Revision) -> Json:
    """Return an older text of an article: its number, title and times."""
    return {
        "number": revision.number,
        "title": revision.title,
        "fetched": time_json(revision.fetched),
        "replaced": time_json(revision.replaced),
    }


def teaser_json(teaser: Teaser) -> Json:
    """Return a teaser without marks."""
    return {
        "url": teaser.url,
        "title": teaser.title,
        "section": teaser.section,
        "dateline": _dateline_json(teaser.dateline),
        "summary": teaser.summary,
        "published": _sighting_json(teaser.published),
    }


def time_json(moment: datetime) -> str:
    """Return a moment as ISO 8601 in UTC with seconds: `2026-03-14T15:20:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _listing_json(listing: Listing) -> Json:
    return {
        "kind": "listing",
        "section": listing.section,
        "teasers": [teaser_json(teaser) for teaser in listing.teasers],
        "ticker": [teaser_json(teaser) for teaser in listing.ticker],
        "sections": [{"name": section.name, "url": section.url} for section in listing.sections],
        "next": listing.next,
        "fetched": time_json(listing.fetched),
    }


def _dateline_json(dateline: Dateline | None) -> Json | None:
    if dateline is None:
        return None
    return {"places": list(dateline.places), "agencies": list(dateline.agencies)}


def _sighting_json(sighting: Sighting | None) -> Json | None:
    if sighting is None:
        return None
    return {"earliest": time_json(sighting.earliest), "latest": time_json(sighting.latest)}


def _block_json(block: Block) -> Json:
    """Return a block; fields that only some blocks have are left out when empty."""
    found: Json = {"kind": block.kind, "text": block.text}
    if block.number is not None:
        found["number"] = block.number
    if block.rows:
        found["rows"] = [list(row) for row in block.rows]
    if block.links:
        found["links"] = [[link.start, link.end, link.url] for link in block.links]
    return found


def _image_json(image: Image | None) -> Json | None:
    if image is None:
        return None
    return {"url": image.url, "caption": image.caption, "credit": image.credit}
