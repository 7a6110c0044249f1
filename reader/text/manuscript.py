"""An article as text to keep or send: plain, or as Markdown that means no more than it says."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from reader.model import Block, Teaser
from reader.text.address import WEB
from reader.text.clean import clean_line, clean_text
from reader.text.clock import SITE_ZONE
from reader.text.dateline import format_dateline
from reader.text.slug import slugify

Form = Literal["markdown", "plain"]
# The form that a file name asks for by its ending.
FORMS: dict[str, Form] = {".md": "markdown", ".markdown": "markdown", ".txt": "plain"}

_MARKUP = re.compile(r"[\\`*_{}\[\]<>&|~$]")
# What makes a heading, a list or a rule of a line, only where that begins with it.
_LINE_START = re.compile(r"(?:[#+=:-]|\d{1,9}(?=[.)]))")
# What other programs make links of by themselves; a zero-width entity would be copied along.
_BARE_LINK = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp)(?=:)|\b(www)(?=\.)")
_MAX_SLUG = 60
_ADDRESS = re.compile(r"[\s<>\\]")


def as_text(teaser: Teaser, blocks: Sequence[Block], form: Form) -> str:
    """Return title, origin, `blocks` and address as a text in this form, ending in a newline."""
    paragraphs = _markdown(teaser, blocks) if form == "markdown" else _plain(teaser, blocks)
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n"


def file_name(teaser: Teaser, form: Form) -> str:
    """Return a name for the file of an article: `2026-03-02-storm-houdt-veerpont.md`."""
    slug = slugify(clean_line(teaser.title or teaser.summary))
    if len(slug) > _MAX_SLUG:
        slug = slug[: _MAX_SLUG + 1].rpartition("-")[0] or slug[:_MAX_SLUG]
    name = "-".join(part for part in (_day(teaser), slug) if part)
    return (name or "artikel") + (".md" if form == "markdown" else ".txt")


def form_of(name: str) -> Form | None:
    """Return the form that a file's name asks for by its ending, or None for another ending."""
    return next((form for ending, form in FORMS.items() if name.lower().endswith(ending)), None)


def _plain(teaser: Teaser, blocks: Sequence[Block]) -> Iterator[str]:
    yield clean_line(teaser.title or "")
    yield _origin(teaser)
    signs = {"item": "- ", "quote": "> "}
    for together in _gathered(blocks):
        yield "\n".join(
            signs.get(block.kind, "") + line for block in together for line in _lines_of(block)
        )
    yield _address(teaser)


def _markdown(teaser: Teaser, blocks: Sequence[Block]) -> Iterator[str]:
    if title := clean_line(teaser.title or ""):
        yield f"# {_escaped(title)}"
    if origin := _origin(teaser):
        yield f"*{_escaped(origin)}*"
    for together in _gathered(blocks):
        yield "\n".join(_markdown_block(block) for block in together)
    if address := _address(teaser):
        yield f"<{address}>"


def _markdown_block(block: Block) -> str:
    lines = [_escaped(line) for line in _lines_of(block)]
    if block.kind == "heading":
        return f"## {' '.join(lines)}"
    # A line break within a paragraph stays one.
    if block.kind == "item":
        return "- " + "\\\n  ".join(lines)
    sign = "> " if block.kind == "quote" else ""
    return sign + f"\\\n{sign}".join(lines)


def _gathered(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield the blocks that say something, the items of a list together."""
    together: list[Block] = []
    for block in blocks:
        if not clean_line(block.text):
            continue
        if together and not (block.kind == together[-1].kind == "item"):
            yield together
            together = []
        together.append(block)
    if together:
        yield together


def _lines_of(block: Block) -> list[str]:
    return [line for part in clean_text(block.text).split("\n") if (line := clean_line(part))]


def _escaped(line: str) -> str:
    """Return a line of text so that Markdown shows it as it stands."""
    text = _MARKUP.sub(r"\\\g<0>", line)
    if found := _LINE_START.match(text):
        at = found.end() if found[0].isdecimal() else 0
        text = f"{text[:at]}\\{text[at:]}"
    return _BARE_LINK.sub(lambda match: _unlinked(match[0]), text)


def _unlinked(start: str) -> str:
    # As an entity, the letter is shown and read as itself, but begins no address.
    return f"&#{ord(start[0])};{start[1:]}"


def _origin(teaser: Teaser) -> str:
    dateline = format_dateline(teaser.dateline) if teaser.dateline else ""
    parts = (clean_line(teaser.section or ""), clean_line(dateline), _moment(teaser))
    return " · ".join(part for part in parts if part)


def _moment(teaser: Teaser) -> str:
    """Return when it was published on the site's clock, as exact as that is known."""
    if teaser.published is None:
        return ""
    earliest, latest = teaser.published.earliest, teaser.published.latest
    here = earliest.astimezone(SITE_ZONE)
    exact = (latest - earliest).total_seconds() <= 60
    return f"{here:%Y-%m-%d %H:%M}" if exact else f"{here:%Y-%m-%d}"


def _day(teaser: Teaser) -> str:
    published = teaser.published
    return f"{published.earliest.astimezone(SITE_ZONE):%Y-%m-%d}" if published else ""


def _address(teaser: Teaser) -> str:
    """Return the article's address where that is a plain one on the web."""
    url = teaser.url or ""
    return url if url.startswith(WEB) and not _ADDRESS.search(clean_text(url)) else ""
