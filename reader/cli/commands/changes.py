"""`znreader changes`: changes in articles, sentence by sentence."""

import argparse
from collections.abc import Iterator

from reader.cli.headline_names import headline_named
from reader.cli.moment import now
from reader.cli.news_output import print_json
from reader.cli.printer import Printer
from reader.cli.standard_output import dotted, print_wrapped
from reader.config import Settings
from reader.errors import ReaderError
from reader.jsonform import Json, headline_json
from reader.model import Article, Headline
from reader.store import Store
from reader.stories.changes import Changes, Part, changes_between
from reader.text.relative_time import describe_age_short

_SIGNS = {"changed": "~", "moved": "↕", "new": "+", "gone": "-"}


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print the changes in one article, or in each that changed since it was read or a moment.

    Return 0. Raises ReaderError if there is no such article.
    """
    printer = Printer.of(settings)
    with Store(settings.cache_path) as library:
        ids = library.articles.changed_since(chosen.since)
        if chosen.url is not None:
            found = headline_named(library, chosen.url)
            if found is None:
                raise ReaderError("no_report", item=chosen.url)
            ids = [found]
        documents: list[Json] = []
        for headline in library.headlines.load(ids):
            changes = _changes_of(library, headline, chosen)
            if changes is None or (changes.is_empty and chosen.url is None):
                continue
            documents.append(_document(headline, changes))
            if not chosen.json:
                if len(documents) > 1:
                    print()
                for line in _lines(headline, changes, printer):
                    sign, text = (line[:3], line[3:]) if line[1:3] == "  " else ("", line)
                    print_wrapped(printer, text, first=sign, rest="   " if sign else "")
    if chosen.json:
        print_json({"changes": documents})
    elif not documents:
        printer.say("nothing_changed")
    return 0


def _changes_of(library: Store, headline: Headline, chosen: argparse.Namespace) -> Changes | None:
    """Return the changes, or None if there is no older text to compare with."""
    articles = library.articles
    if chosen.since is not None:
        number = articles.revision_at(headline.id, chosen.since)
    else:
        number = articles.revision_read(headline.id)
        if not number and not headline.read and chosen.url is not None:
            number = min(1, len(articles.revisions(headline.id)))
    present = articles.load(headline.id)
    older: Article | None = articles.revision(headline.id, number) if number else present
    return changes_between(older, present) if older and present else None


def _lines(headline: Headline, changes: Changes, printer: Printer) -> Iterator[str]:
    published = headline.teaser.published
    age = describe_age_short(published, now(), printer.language) if published else ""
    yield dotted(headline.teaser.title, age)
    if changes.is_empty:
        yield printer.sentence("nothing_changed")
        return
    if changes.title:
        yield f"~  {printer.sentence('changed_title')} {change_text(changes.title.parts)}"
    same = 0
    for each in (*changes.sentences, None):
        if each is not None and each.kind == "same":
            same += 1
            continue
        if same:
            yield f"   · {printer.sentence('unchanged_sentences', sentences=same)}"
            same = 0
        if each is not None:
            text = change_text(each.parts) if each.parts else each.text
            moved = f"({printer.sentence('moved')}) " if each.kind == "moved" else ""
            yield f"{_SIGNS[each.kind]}  {moved}{text}"


def change_text(parts: tuple[Part, ...]) -> str:
    """Return a sentence in which `[was → is]` marks each change."""
    pieces = (
        part.new if part.old == part.new else f"[{' → '.join((part.old, part.new)).strip()}]"
        for part in parts
    )
    return " ".join(pieces)


def _document(headline: Headline, changes: Changes) -> Json:
    return headline_json(headline) | {
        "changed": not changes.is_empty,
        "old_title": " ".join(part.old for part in changes.title.parts if part.old)
        if changes.title
        else None,
        "sentences": [
            {
                "kind": each.kind,
                "text": each.text,
                "parts": [[part.old, part.new] for part in each.parts],
            }
            for each in changes.sentences
        ],
    }
