"""How sure the parser is of a page, and what stands on one that it cannot read."""

from msgspec import Struct

from reader.errors import NotNews
from reader.model import Article, Listing

# Below this an article is taken for something else: a consent page, an empty shell.
_MIN_SURENESS = 0.5
# A body of a single paragraph is longer than this, in characters.
_MIN_BODY = 400


class Findings(Struct, frozen=True):
    """Which parts of a page of its kind were found, each by name, and which were missed."""

    found: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def sureness(self) -> float:
        """Return the share of the parts that were found, from 0 to 1."""
        return len(self.found) / (len(self.found) + len(self.missed))


def require_news(page: Article | Listing) -> Findings:
    """Return the findings of a page; raises NotNews for what can hardly be an article."""
    findings = findings_of(page)
    if isinstance(page, Article) and findings.sureness < _MIN_SURENESS:
        raise NotNews("findings", missed=findings.missed, found=findings.found)
    return findings


def findings_of(page: Article | Listing) -> Findings:
    """Return which parts of an article or a listing were found on a page."""
    if isinstance(page, Article):
        paragraphs = [len(block.text) for block in page.blocks if block.kind == "paragraph"]
        parts = {
            "headline": page.teaser.title is not None,
            "dateline": page.teaser.dateline is not None,
            "body": len(paragraphs) > 1 or sum(paragraphs) > _MIN_BODY,
            "related": bool(page.related),
        }
    else:
        teasers = page.teasers
        parts = {
            "section": page.section is not None,
            "teasers": bool(teasers),
            "datelines": any(teaser.dateline for teaser in teasers),
            "ages": any(teaser.published for teaser in teasers),
            "links": any(teaser.url for teaser in teasers),
        }
    return Findings(
        tuple(name for name, found in parts.items() if found),
        tuple(name for name, found in parts.items() if not found),
    )
