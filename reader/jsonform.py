"""The JSON that the command line prints: times in ISO 8601 UTC, absent values as null."""

from collections.abc import Sequence
from datetime import UTC, datetime

from reader.model import Article, Block, Dateline, Headline, Hit, Image, Listing, Sighting, Teaser

Json = dict[str, object]


def page_json(page: Article | Listing) -> Json:
    """Return a parsed page as `znreader parse --json` prints it."""
    return article_json(page) if isinstance(page, Article) else _listing_json(page)


def article_json(article: Article, related: Sequence[Headline] | None = None) -> Json:
    """Return an article; its related teasers carry marks where `related` headlines are given."""
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
    """Return what an article has beside its teaser and its related ones, as in an export."""
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
    """Return a cached headline: its teaser and its marks."""
    return teaser_json(headline.teaser) | {
        "read": headline.read,
        "saved": headline.saved,
        "cached": headline.cached,
    }


def hit_json(hit: Hit) -> Json:
    """Return what a search found: its headline, and the snippet as plain text."""
    return headline_json(hit.headline) | {"snippet": hit.snippet}


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
    """Return a block; what only some blocks have is left out where there is none of it."""
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
