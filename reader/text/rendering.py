"""An article as text to keep or send: plain, or as Markdown that means no more than it says."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal
from urllib.parse import quote

from reader.model import Article, Block, Teaser, TextLink
from reader.text.code import code_lines
from reader.text.credits import byline, caption, modified_at, tag_line
from reader.text.dateline import format_dateline
from reader.text.dates import SITE_ZONE
from reader.text.linking import links_in_lines, web_url
from reader.text.relative_time import Language
from reader.text.sanitize import clean_line, clean_text
from reader.text.slug import slugify
from reader.text.tables import clean_rows, numeric_columns, table_lines
from reader.text.url import WEB

Form = Literal["markdown", "plain"]
# The form that a file name asks for by its ending.
FORMS: dict[str, Form] = {".md": "markdown", ".markdown": "markdown", ".txt": "plain"}

_MARKUP = re.compile(r"[\\`*_{}\[\]<>&|~$]")
# What makes a heading, a list or a rule of a line, only where that begins with it.
_LINE_START = re.compile(r"(?:[#+=:-]|\d{1,9}(?=[.)]))")
# What other programs make links of by themselves; a zero-width entity would be copied along.
_BARE_LINK = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp)(?=:)|\b(www)(?=\.)")
_MAX_SLUG = 60
# Beyond that Markdown knows no number of an item.
_MAX_NUMBER = 999_999_999
# A wider table (characters) is written as a record per row.
_TABLE_WIDTH = 100
_TICKS = re.compile("`+")
# What of an address means nothing in a link of Markdown; a percent sign stands for itself.
_AS_IT_IS = "%:/?#@!$&',;=+.-_~"
_ADDRESS = re.compile(r"[\s<>\\]")


def as_text(article: Article, form: Form, language: Language = "nl", source: str = "") -> str:
    """Return title, origin, blocks and address as a text in this form, ending in a newline.

    `source` is what brought the article, where it is not the site.

    What the text adds of its own, such as `Door` before authors, is in `language`.
    """
    write = _markdown if form == "markdown" else _plain
    paragraphs = write(article, _origin(article, language, source), language)
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n"


def markdown_text(text: str) -> str:
    """Return a line as Markdown that means no more than it says."""
    return _escaped(clean_line(text))


def markdown_link(teaser: Teaser) -> str:
    """Return the title of a headline as Markdown, as a link where it has an address on the web."""
    title = _marked(clean_line(teaser.title or teaser.summary))
    target = _destination(teaser.url or "")
    return title if target is None else f"[{title}]({target})"


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
        # An item with another number than 1 would go on with the paragraph above it.
        between = "\n\n" if together[0].number is not None else "\n"
        yield between.join(_markdown_block(block) for block in together)
    if said := caption(article.image, language):
        url = _destination(article.image.url) if article.image else None
        name, _, rest = said.partition(": ")
        yield f"*{_escaped(said)}*" if url is None else f"[{name}]({url}): *{_escaped(rest)}*"
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
    # A line break within a paragraph stays one.
    if block.kind == "item":
        number = block.number
        sign = "- " if number is None or number > _MAX_NUMBER else f"{number}. "
        return sign + ("\\\n" + " " * len(sign)).join(lines)
    sign = "> " if block.kind == "quote" else ""
    return sign + f"\\\n{sign}".join(lines)


def _markdown_table(rows: Sequence[Sequence[str]]) -> str:
    rules = ["---:" if right else "---" for right in numeric_columns(rows)]
    # No cell begins a line.
    cells = [[_marked(cell) for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in (cells[0], rules, *cells[1:]))


def _fenced(lines: Sequence[str]) -> str:
    """Return code between fences that are longer than any in it."""
    longest = max(map(len, _TICKS.findall("\n".join(lines))), default=0)
    fence = "`" * max(longest + 1, 3)
    return "\n".join((fence, *lines, fence))


def _gathered(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield the blocks that say something, the items of a list together."""
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
    """Tell whether a block is a further item of the list that another one is an item of."""
    of_one_kind = (before.number is None) == (block.number is None)
    return before.kind == block.kind == "item" and of_one_kind


def _lines_of(block: Block) -> list[str]:
    return [line for part in clean_text(block.text).split("\n") if (line := clean_line(part))]


def _escaped(line: str, links: Sequence[TextLink] = ()) -> str:
    """Return a line of text so that Markdown shows it as it stands, with its links."""
    pieces, free = list[str](), 0
    for link in links:
        before = _marked(line[free : link.start])
        # An exclamation mark would make an image of the link.
        pieces += [f"{before[:-1]}\\!" if before.endswith("!") else before]
        pieces += [f"[{_marked(line[link.start : link.end])}]({_destination(link.url)})"]
        free = link.end
    text = "".join(pieces) + _marked(line[free:])
    if found := _LINE_START.match(text):
        at = found.end() if found[0].isdecimal() else 0
        text = f"{text[:at]}\\{text[at:]}"
    return text


def _marked(text: str) -> str:
    """Return a piece of text without anything in it that is markup."""
    return _BARE_LINK.sub(lambda match: _unlinked(match[0]), _MARKUP.sub(r"\\\g<0>", text))


def _destination(url: str) -> str | None:
    """Return an address as it stands in a link of Markdown, None for none on the web."""
    found = web_url(url)
    return None if found is None else quote(found, _AS_IT_IS).replace("&", "&amp;")


def _unlinked(start: str) -> str:
    # As an entity, the letter is shown and read as itself, but begins no address.
    return f"&#{ord(start[0])};{start[1:]}"


def _origin(article: Article, language: Language, source: str) -> str:
    teaser = article.teaser
    dateline = format_dateline(teaser.dateline) if teaser.dateline else ""
    modified = article.modified.astimezone(SITE_ZONE) if article.modified else None
    parts = (
        # A feed without a group is one by itself.
        *dict.fromkeys((clean_line(source), clean_line(teaser.section or ""))),
        clean_line(dateline),
        _moment(teaser),
        modified_at(f"{modified:%Y-%m-%d %H:%M}", language) if modified else "",
    )
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
