"""An article as plain text or Markdown; its own text is escaped and never becomes markup."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal
from urllib.parse import quote

from reader.model import Article, Block, Teaser, TextLink
from reader.text.code import code_lines
from reader.text.credits import byline, caption, modified_at, tag_line
from reader.text.dateline import format_dateline
from reader.text.dates import SITE_ZONE
from reader.text.link_places import links_in_lines, web_url
from reader.text.relative_time import Language
from reader.text.sanitize import clean_line, clean_text
from reader.text.slug import slugify
from reader.text.tables import clean_rows, numeric_columns, table_lines
from reader.text.url import WEB

Form = Literal["markdown", "plain"]
# The form for each ending of a file name.
FORMS: dict[str, Form] = {".md": "markdown", ".markdown": "markdown", ".txt": "plain"}

_MARKUP = re.compile(r"[\\`*_{}\[\]<>&|~$]")
# Characters that are markup only at the beginning of a line: headings, lists, rules.
_LINE_START = re.compile(r"(?:[#+=:-]|\d{1,9}(?=[.)]))")
# Texts that other programs turn into links. They are broken without a zero-width character, which
# would be copied along with the text.
_BARE_LINK = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp)(?=:)|\b(www)(?=\.)")
_MAX_SLUG = 60
# The greatest number of a list item in Markdown.
_MAX_NUMBER = 999_999_999
# A wider table (characters) is written as a record per row.
_TABLE_WIDTH = 100
_TICKS = re.compile("`+")
# Characters of an address that need no escape in a Markdown link; a percent sign stays as it is.
_AS_IT_IS = "%:/?#@!$&',;=+.-_~"
_ADDRESS = re.compile(r"[\s<>\\]")


def as_text(article: Article, form: Form, language: Language = "nl", source: str = "") -> str:
    """Return title, origin, blocks and address as a text in this form, ending in a newline.

    `source` is the name of the article's source, "" for the site. Words that are added, such as
    `Door` before authors, are in `language`.
    """
    write = _markdown if form == "markdown" else _plain
    paragraphs = write(article, _origin(article, language, source), language)
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n"


def markdown_text(text: str) -> str:
    """Return a line of text escaped for Markdown."""
    return _escaped(clean_line(text))


def markdown_link(teaser: Teaser) -> str:
    """Return the title of a headline as Markdown, a link if it has an address on the web."""
    title = _marked(clean_line(teaser.title or teaser.summary))
    target = _destination(teaser.url or "")
    return title if target is None else f"[{title}]({target})"


def file_name(teaser: Teaser, form: Form) -> str:
    """Return a file name for an article: `2026-03-02-storm-houdt-veerpont.md`."""
    slug = slugify(clean_line(teaser.title or teaser.summary))
    if len(slug) > _MAX_SLUG:
        slug = slug[: _MAX_SLUG + 1].rpartition("-")[0] or slug[:_MAX_SLUG]
    name = "-".join(part for part in (_day(teaser), slug) if part)
    return (name or "artikel") + (".md" if form == "markdown" else ".txt")


def form_of(name: str) -> Form | None:
    """Return the form for the ending of a file name, or None for an unknown ending."""
    return next((form for ending, form in FORMS.items() if name.lower().endswith(ending)), None)


def _plain(article: Article, origin: str, language: Language) -> Iterator[str]:
    yield clean_line(article.teaser.title or "")
    yield byline(article.authors, language)
    yield origin
    for together in _gathered(article.blocks):
        yield "\n".join(line for block in together for line in _plain_block(block))
    yield caption(article.image, language)
    yield tag_line(article.tags, language)
    yield _address(article.teaser)


def _plain_block(block: Block) -> list[str]:
    if block.kind == "code":
        return code_lines(block.text)
    if block.kind == "table" and block.rows:
        return [line.text for line in table_lines(block.rows, _TABLE_WIDTH)]
    sign = {"item": "- ", "quote": "> "}.get(block.kind, "")
    if block.kind == "item" and block.number is not None:
        sign = f"{block.number}. "
    lines = _lines_of(block)
    if block.kind == "item":
        return [(" " * len(sign) if number else sign) + line for number, line in enumerate(lines)]
    return [sign + line for line in lines]


def _markdown(article: Article, origin: str, language: Language) -> Iterator[str]:
    if title := clean_line(article.teaser.title or ""):
        yield f"# {_escaped(title)}"
    if by := byline(article.authors, language):
        yield _escaped(by)
    if origin:
        yield f"*{_escaped(origin)}*"
    for together in _gathered(article.blocks):
        # An item with a number other than 1 would be part of the paragraph above it.
        between = "\n\n" if together[0].number is not None else "\n"
        yield between.join(_markdown_block(block) for block in together)
    if line := caption(article.image, language):
        url = _destination(article.image.url) if article.image else None
        name, _, rest = line.partition(": ")
        yield f"*{_escaped(line)}*" if url is None else f"[{name}]({url}): *{_escaped(rest)}*"
    if tags := tag_line(article.tags, language):
        yield f"*{_escaped(tags)}*"
    if address := _address(article.teaser):
        yield f"<{address}>"


def _markdown_block(block: Block) -> str:
    if block.kind == "code":
        return _fenced(code_lines(block.text))
    if block.kind == "table" and (rows := clean_rows(block.rows)):
        return _markdown_table(rows)
    lines = _lines_of(block)
    links = links_in_lines(block.text, block.links, lines)
    lines = [_escaped(line, its_links) for line, its_links in zip(lines, links, strict=True)]
    if block.kind == "heading":
        return f"## {' '.join(lines)}"
    # A backslash keeps a line break within a paragraph.
    if block.kind == "item":
        number = block.number
        sign = "- " if number is None or number > _MAX_NUMBER else f"{number}. "
        return sign + ("\\\n" + " " * len(sign)).join(lines)
    sign = "> " if block.kind == "quote" else ""
    return sign + f"\\\n{sign}".join(lines)


def _markdown_table(rows: Sequence[Sequence[str]]) -> str:
    rules = ["---:" if right else "---" for right in numeric_columns(rows)]
    # No cell is at the beginning of a line, so signs that count only there need no escape.
    cells = [[_marked(cell) for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in (cells[0], rules, *cells[1:]))


def _fenced(lines: Sequence[str]) -> str:
    """Return code between fences that are longer than any fence in it."""
    longest = max(map(len, _TICKS.findall("\n".join(lines))), default=0)
    fence = "`" * max(longest + 1, 3)
    return "\n".join((fence, *lines, fence))


def _gathered(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield the blocks that are not empty, the items of one list together."""
    together: list[Block] = []
    for block in blocks:
        if not clean_line(block.text):
            continue
        if together and not _continues(together[-1], block):
            yield together
            together = []
        together.append(block)
    if together:
        yield together


def _continues(before: Block, block: Block) -> bool:
    """Tell whether `block` is the next item of the list that `before` belongs to."""
    of_one_kind = (before.number is None) == (block.number is None)
    return before.kind == block.kind == "item" and of_one_kind


def _lines_of(block: Block) -> list[str]:
    return [line for part in clean_text(block.text).split("\n") if (line := clean_line(part))]


def _escaped(line: str, links: Sequence[TextLink] = ()) -> str:
    """Return a line of text escaped for Markdown, with its links."""
    pieces, free = list[str](), 0
    for link in links:
        before = _marked(line[free : link.start])
        # An exclamation mark before a link would make it an image.
        pieces += [f"{before[:-1]}\\!" if before.endswith("!") else before]
        pieces += [f"[{_marked(line[link.start : link.end])}]({_destination(link.url)})"]
        free = link.end
    text = "".join(pieces) + _marked(line[free:])
    if found := _LINE_START.match(text):
        at = found.end() if found[0].isdecimal() else 0
        text = f"{text[:at]}\\{text[at:]}"
    return text


def _marked(text: str) -> str:
    """Return a piece of text with all its markup characters escaped."""
    return _BARE_LINK.sub(lambda match: _unlinked(match[0]), _MARKUP.sub(r"\\\g<0>", text))


def _destination(url: str) -> str | None:
    """Return an address as written in a Markdown link, or None if it is not on the web."""
    found = web_url(url)
    return None if found is None else quote(found, _AS_IT_IS).replace("&", "&amp;")


def _unlinked(start: str) -> str:
    # An entity shows as the letter itself, but other programs do not take it for an address.
    return f"&#{ord(start[0])};{start[1:]}"


def _origin(article: Article, language: Language, source: str) -> str:
    teaser = article.teaser
    dateline = format_dateline(teaser.dateline) if teaser.dateline else ""
    modified = article.modified.astimezone(SITE_ZONE) if article.modified else None
    parts = (
        # The section of an entry without a group is the name of its feed, which is not repeated.
        *dict.fromkeys((clean_line(source), clean_line(teaser.section or ""))),
        clean_line(dateline),
        _moment(teaser),
        modified_at(f"{modified:%Y-%m-%d %H:%M}", language) if modified else "",
    )
    return " · ".join(part for part in parts if part)


def _moment(teaser: Teaser) -> str:
    """Return the time of publication in the site's zone, as exact as it is known."""
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
    """Return the address of the article if it is a plain one on the web, else ""."""
    url = teaser.url or ""
    return url if url.startswith(WEB) and not _ADDRESS.search(clean_text(url)) else ""
