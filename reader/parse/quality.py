"""Judges how completely a page was parsed, and refuses pages that can hardly be news."""

from msgspec import Struct

from reader.errors import NotNews
from reader.model import Article, Listing

# The least sureness of an article; below it the page is a consent page, an empty shell or the like.
_MIN_SURENESS = 0.5
# The least length of a body with a single paragraph, in characters.
_MIN_BODY = 400


class Findings(Struct, frozen=True):
    """The parts of a page that were found and those that were missed, by name."""

    found: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def sureness(self) -> float:
        """Return the share of the parts that were found, from 0 to 1."""
        return len(self.found) / (len(self.found) + len(self.missed))


def require_news(page: Article | Listing) -> Findings:
    """Return the findings of a page; raises NotNews if it can hardly be an article."""
    findings = findings_of(page)
    if isinstance(page, Article) and findings.sureness < _MIN_SURENESS:
        raise NotNews("findings", missed=findings.missed, found=findings.found)
    return findings


def findings_of(page: Article | Listing) -> Findings:
    """Return the parts of an article or a listing that were found on a page."""
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
