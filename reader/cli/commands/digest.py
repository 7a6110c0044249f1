"""`znreader digest`: recent news, by stories; it sets no mark and needs no network."""

import argparse
from collections.abc import Iterator

from reader.cli.doubts import complain_of, has_section
from reader.cli.moment import now
from reader.cli.news_output import print_json
from reader.cli.printer import Printer
from reader.cli.standard_output import dotted, print_wrapped
from reader.config import Settings
from reader.errors import Reason, reason
from reader.jsonform import Json, teaser_json, time_json
from reader.model import Headline
from reader.store import Store
from reader.stories.digest import (
    Digest,
    DigestReport,
    DigestStory,
    begin_of,
    feed_names,
    is_recent,
    lead_of,
    title_with_feed,
)
from reader.text.relative_time import describe_age_short
from reader.text.rendering import markdown_link, markdown_text

_SHOWN_EARLIER = 3


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print the digest of the news since the last visit, or since a moment; return 0."""
    moment = now()
    printer = Printer.of(settings)
    with Store(settings.cache_path) as library:
        digest = library.stories.digest(
            moment,
            since=chosen.since,
            visit=library.visits.last(),
            section=chosen.section,
            source=chosen.source,
            limit=chosen.limit,
        )
        if not digest.counted.reports:
            complain_of(_unknown_names(library, chosen), printer)
    if chosen.json:
        print_json(digest_json(digest))
    elif chosen.markdown:
        print("\n".join(_markdown(digest, printer)))
    else:
        for line in _lines(digest, printer):
            indent = "  " if line.startswith("  ") else ""
            print_wrapped(printer, line.strip(), first=indent, rest="  ") if line else print()
    return 0


def _unknown_names(library: Store, chosen: argparse.Namespace) -> Iterator[Reason]:
    """Yield a reason for each name in the arguments that does not exist."""
    if chosen.section and not has_section(library, chosen.section):
        yield reason("unknown_section", section=chosen.section)
    if chosen.source:
        named = f'source:"{chosen.source}"'
        yield from library.search.doubts(named, now())


def heading(digest: Digest, printer: Printer) -> str:
    """Return the sentence that gives the start of the digest and the amount of news."""
    counted = digest.counted
    counts = {"reports": counted.reports, "stories": counted.stories, "singles": counted.singles}
    day, hour = begin_of(digest)
    clock = day.isoformat()
    if is_recent(digest):
        clock = printer.sentence("digest_days").split()[day.weekday()]
    if hour is not None:
        clock = f"{clock} {printer.sentence('digest_clock', hour=hour.hour, minute=hour.minute)}"
    if digest.is_since_visit:
        return printer.sentence("digest_since_visit", clock=clock, **counts)
    return printer.sentence("digest_since", clock=clock, **counts)


def _lines(digest: Digest, printer: Printer) -> Iterator[str]:
    yield heading(digest, printer)
    for place, story in enumerate(digest.stories, 1):
        yield f"{place} {dotted(story.newest.teaser.title, _facts(story, digest, printer))}"
        yield from _story_lines(story, printer)
    section = None
    for each in digest.singles:
        teaser = each.headline.teaser
        if teaser.section != section:
            section = teaser.section
            yield ""
            yield section or printer.sentence("digest_without_section")
        about = dotted(*feed_names([each.headline.source]), _age(each, digest, printer))
        yield f"· {dotted(teaser.title or teaser.summary, about)}"
    if digest.left_out:
        yield printer.sentence("more", count=digest.left_out)


def _markdown(digest: Digest, printer: Printer) -> Iterator[str]:
    yield f"# {markdown_text(heading(digest, printer))}"
    for story in digest.stories:
        yield f"\n## {markdown_link(story.newest.teaser)}\n"
        if lead := lead_of(story.newest):
            yield f"{markdown_text(lead)}\n"
        yield f"*{markdown_text(_facts(story, digest, printer))}*\n"
        for each in story.reports[1:]:
            if each.is_new:
                yield _item(each.headline)
    section = ""
    for each in digest.singles:
        name = each.headline.teaser.section or printer.sentence("digest_without_section")
        if name != section:
            section = name
            yield f"\n## {markdown_text(name)}\n"
        yield _item(each.headline)
    if digest.left_out:
        yield f"\n{markdown_text(printer.sentence('more', count=digest.left_out))}"


def _item(headline: Headline) -> str:
    """Return a report as an item of a list, with its feed if it is from one."""
    feed = "".join(f" · {markdown_text(name)}" for name in feed_names([headline.source]))
    return f"- {markdown_link(headline.teaser)}{feed}"


def _facts(story: DigestStory, digest: Digest, printer: Printer) -> str:
    age = _age(story.reports[0], digest, printer)
    elsewhere = printer.sentence("digest_elsewhere", count=story.elsewhere)
    new = printer.sentence("digest_new", count=story.new)
    feeds = dotted(*feed_names(story.sources))
    return dotted(new, elsewhere if story.elsewhere else "", feeds, age)


def _story_lines(story: DigestStory, printer: Printer) -> Iterator[str]:
    if lead := lead_of(story.newest):
        yield f"  {lead}"
    earlier = [title_with_feed(each.headline) for each in story.reports[1:] if each.is_new]
    if earlier:
        shown = " · ".join(earlier[:_SHOWN_EARLIER])
        more = len(earlier) - _SHOWN_EARLIER
        rest = f" · {printer.sentence('digest_more', count=more)}" if more > 0 else ""
        yield f"  {printer.sentence('digest_earlier')} {shown}{rest}"


def _age(report: DigestReport, digest: Digest, printer: Printer) -> str:
    published = report.headline.teaser.published
    return describe_age_short(published, digest.until, printer.language) if published else ""


def digest_json(digest: Digest) -> Json:
    """Return a digest as `znreader digest --json` prints it."""
    return {
        "since": time_json(digest.since),
        "until": time_json(digest.until),
        "stories": [
            {
                "story": story.number,
                "title": story.newest.teaser.title,
                "lead": story.lead,
                "newest": _newest_json(story.newest),
                "new": story.new,
                "total": story.total,
                "unread": story.unread,
                "sections": list(story.sections),
                "sources": list(story.sources),
                "places": list(story.places),
                "reports": [_report_json(each) for each in story.reports],
            }
            for story in digest.stories
        ],
        "singles": [
            _report_json(each)
            | {"section": each.headline.teaser.section, "lead": lead_of(each.headline)}
            for each in digest.singles
        ],
        "left_out": digest.left_out,
    }


def _newest_json(headline: Headline) -> str:
    published = headline.teaser.published
    return time_json(published.latest if published else headline.seen)


def _report_json(report: DigestReport) -> Json:
    headline = report.headline
    return {
        "id": headline.id,
        "url": headline.teaser.url,
        "title": headline.teaser.title,
        "source": headline.source,
        "published": teaser_json(headline.teaser)["published"],
        "read": headline.read,
        "new": report.is_new,
        "changed": report.has_changed,
    }
