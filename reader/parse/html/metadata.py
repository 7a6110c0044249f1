"""Reads the head and JSON-LD of a page: titles, address, times, section, authors, image, tags."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape

from lxml import etree

from reader.parse.document import Meta, Picture
from reader.text.sanitize import clean_line

_MAX_JSON = 1_000_000
_MAX_NODES = 2_000
_MAX_NAMES = 20
_MAX_NAME = 80
_MAX_WORDS = 6
_MAX_CRUMB_WORDS = 3
_MAX_DESCRIPTION = 1_000
_MAX_TITLE = 1_000
_ARTICLE_TYPES = re.compile(r"(Article|Posting|Report|Review)$")
_PUBLISHED_NAMES = (
    "article:published_time",
    "datepublished",
    "pubdate",
    "date",
    "dc.date",
    "dcterms.created",
    "dcterms.issued",
    "og:published_time",
    "publication_date",
    "publish-date",
)
_MODIFIED_NAMES = ("article:modified_time", "datemodified", "og:updated_time", "dcterms.modified")
_SECTION_NAMES = ("article:section", "articlesection", "section")
_AUTHOR_NAMES = (
    "author",
    "article:author",
    "dc.creator",
    "parsely-author",
    "byl",
    "sailthru.author",
)
# The attributes that name the content of an element.
_NAMING = ("property", "name", "itemprop", "http-equiv")
_TAG_NAMES = ("article:tag", "news_keywords", "keywords")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_TAGGED = etree.XPath("//meta[@property='article:tag']/@content")
_NAMED = etree.XPath("//*[@content]")
_WRITTEN = etree.XPath("//*[@itemprop='author'][not(ancestor::*[@itemprop='comment'])]")
_AUTHORS_END = re.compile(
    r"\s{0,3}(?:,| & | en | and | und | et | y | e | og | och |;|/|\|)\s{0,3}"
)
_BY = re.compile(r"^(?:by|door|par|von|por) ", re.IGNORECASE)
_ROLES = re.compile(
    r"redact|verslaggever|correspondent|admin|editor|newsroom|staff|desk|reporter|\bwriter\b|www\.|http|@"
    # Newspapers and agencies, which pages list as authors.
    r"|\b(?:news|nieuws|nachrichten|press|presse|media|omroep|krant|persbureau|nieuwsdienst|agency|"
    r"agentur|agence|agencia|agenzia|reuters)\b|^(?:het|the) |^(?:de|die|der|das|le|la|el|il) \S+$",
    re.IGNORECASE,
)


def read_meta(root: etree._Element, text: str) -> Meta:
    """Return the metadata in the head of a page and in the JSON-LD of its `text`."""
    named = _named(root)
    nodes = list(_json_ld(text))
    linked = [node for node in nodes if _ARTICLE_TYPES.search(_string(node.get("@type")))]
    head = head_of(root)
    title = next(head.iter("title"), None)
    titles = [named.get("og:title", ""), *(_string(node.get("headline")) for node in linked)]
    titles += [named.get("twitter:title", "")]
    titles += ["".join(title.itertext())] if title is not None else []
    published = [_string(node.get("datePublished")) for node in linked]
    published += [named.get(name, "") for name in _PUBLISHED_NAMES]
    modified = [_string(node.get("dateModified")) for node in linked]
    modified += [named.get(name, "") for name in _MODIFIED_NAMES]
    links = (tag for tag in head.iter("link") if "canonical" in tag.get("rel", "").split())
    url = next((tag.attrib["href"] for tag in links if "href" in tag.attrib), "")
    sections = [_first(node.get("articleSection")) for node in linked]
    sections += [named.get(name, "") for name in _SECTION_NAMES]
    sections += [_crumb(node) for node in nodes if _string(node.get("@type")) == "BreadcrumbList"]
    described = [named.get("og:description", ""), named.get("description", "")]
    described += [_string(node.get("description")) for node in linked]
    return Meta(
        url=clean_line(url or named.get("og:url", "")) or None,
        titles=_cleaned([title[:_MAX_TITLE] for title in titles]),
        headline=next(iter(_cleaned([_string(node.get("headline")) for node in linked])), None),
        published=_cleaned(published),
        modified=_cleaned(modified),
        section=next(iter(_cleaned(sections)), None),
        is_article=bool(linked) or named.get("og:type") == "article",
        authors=_authors(linked, nodes, named, root),
        image=_image(linked, named),
        description=next(iter(_cleaned(described)), "")[:_MAX_DESCRIPTION] or None,
        tags=_tags(linked, root, named),
        language=_language(root, named),
        body=max((_string(node.get("articleBody")) for node in linked), key=len, default=""),
        is_free=not any(str(node.get("isAccessibleForFree")).lower() == "false" for node in linked),
    )


def head_of(root: etree._Element) -> etree._Element:
    """Return the page's head, or the root if it has none."""
    return next(root.iter("head"), root)


def people_of(text: str) -> tuple[str, ...]:
    """Return the names of people in a list of authors such as `A. Vis en B. Kok`."""
    parts = (_BY.sub("", clean_line(part)) for part in _AUTHORS_END.split(text))
    names = [_cased(part.strip(" .:")) for part in parts]
    return tuple(dict.fromkeys(name for name in names if _is_person(name)))


def _cased(name: str) -> str:
    """Return a name in mixed case if it is all in capitals."""
    return name.title() if name.isupper() and " " in name else name


def _is_person(name: str) -> bool:
    """Tell whether a name is that of a person rather than a newsroom or an address."""
    words = name.split()
    return (
        2 <= len(words) <= _MAX_WORDS
        and len(name) <= _MAX_NAME
        and not _ROLES.search(name)
        and not any(char.isdigit() for char in name)
        and words[0][:1].isupper()
        and words[-1][:1].isupper()
    )


def _authors(
    linked: Sequence[Mapping[str, object]],
    nodes: Sequence[Mapping[str, object]],
    named: Mapping[str, str],
    root: etree._Element,
) -> tuple[str, ...]:
    by_id = {_string(node.get("@id")): node for node in nodes if node.get("name")}
    # Nodes without an id.
    by_id.pop("", None)
    found: list[str] = []
    for node in linked[:_MAX_NAMES]:
        for key in ("author", "creator"):
            for author in _listed(node.get(key)):
                named_by = (
                    by_id.get(_string(author.get("@id"))) if isinstance(author, dict) else None
                )
                found.extend(_author_names(named_by or author))
        if found:
            break
    if not found:
        groups = (people_of(_plain(named[key])) for key in _AUTHOR_NAMES if key in named)
        found = list(next(filter(None, groups), ()))
    if not found:
        found = [name for text in _microdata_authors(root) for name in people_of(text)]
    houses = {_plain(named.get("og:site_name", "")).casefold(), *_publishers(linked)}
    return tuple(name for name in dict.fromkeys(found) if name.casefold() not in houses)[
        :_MAX_NAMES
    ]


def _microdata_authors(root: etree._Element) -> Iterator[str]:
    """Yield the texts of the elements that are authors by microdata."""
    for element in _WRITTEN(root)[:_MAX_NAMES]:
        inner = (each for each in element.iter() if each.get("itemprop") == "name")
        yield _plain("".join(next(inner, element).itertext()))


def _publishers(linked: Sequence[Mapping[str, object]]) -> Iterator[str]:
    """Yield the folded names of the publishers of a page's articles."""
    for node in linked[:_MAX_NAMES]:
        for publisher in _listed(node.get("publisher")):
            if isinstance(publisher, dict):
                yield _plain(_string(publisher.get("name"))).casefold()


def _author_names(author: object) -> Sequence[str]:
    if isinstance(author, dict):
        if "Organization" in _string(author.get("@type")):
            return ()
        return [
            name
            for each in _listed(author.get("name"))
            for name in people_of(_plain(_string(each)))
        ]
    return people_of(_plain(_string(author)))


def _image(linked: Sequence[Mapping[str, object]], named: Mapping[str, str]) -> Picture | None:
    for node in linked:
        for image in _listed(node.get("image")):
            if isinstance(image, dict):
                url = _string(image.get("url")) or _string(image.get("contentUrl"))
                caption = _plain(_string(image.get("caption") or image.get("description")))
                credit = _plain(_string(image.get("creditText") or image.get("copyrightNotice")))
                if url:
                    return Picture(clean_line(url), caption or None, credit or None)
    url = clean_line(named.get("og:image", "") or named.get("twitter:image", ""))
    if not url:
        url = next(
            (_plain(_string(image)) for node in linked for image in _listed(node.get("image"))), ""
        )
    return Picture(url) if url else None


def _crumb(node: Mapping[str, object]) -> str:
    """Return the name of the section in a page's breadcrumbs, "" if there is none."""
    names = []
    for element in _listed(node.get("itemListElement")):
        if isinstance(element, dict):
            item = element.get("item")
            name = element.get("name") or (item.get("name") if isinstance(item, dict) else "")
            names.append(_plain(_string(name)))
    inner = [name for name in names[1:] if name and len(name.split()) <= _MAX_CRUMB_WORDS]
    return inner[0] if inner else ""


def _tags(
    linked: Sequence[Mapping[str, object]], root: etree._Element, named: Mapping[str, str]
) -> tuple[str, ...]:
    found = [
        _string(tag)
        for node in linked
        for tag in _listed(node.get("keywords"))
        if isinstance(tag, str)
    ]
    if not found:
        tags = _TAGGED(root)[:_MAX_NAMES]
        found = [str(tag) for tag in tags] or [named[name] for name in _TAG_NAMES if name in named][
            :1
        ]
    parts = [part for text in found for part in (text.split(",") if len(found) == 1 else [text])]
    return tuple(tag for tag in _cleaned(parts) if len(tag) <= _MAX_NAME)[:_MAX_NAMES]


def _language(root: etree._Element, named: Mapping[str, str]) -> str | None:
    codes = [root.get("lang", ""), root.get("{http://www.w3.org/XML/1998/namespace}lang", "")]
    codes += [named.get("content-language", ""), named.get("og:locale", "").replace("_", "-")]
    return next((found for text in codes if _LANGUAGE.fullmatch(found := text.strip())), None)


def _named(root: etree._Element) -> dict[str, str]:
    named: dict[str, str] = {}
    for tag in _NAMED(root):
        attributes = dict(tag.items())
        for key in _NAMING:
            if name := attributes.get(key):
                named.setdefault(name.lower(), attributes["content"])
    return named


def _json_ld(text: str) -> Iterator[dict[str, object]]:
    """Yield every object in the page's JSON-LD scripts, at any depth."""
    position, budget = 0, _MAX_NODES
    while (start := text.find("application/ld+json", position)) >= 0:
        opening = text.find(">", start)
        end = text.find("</script", opening)
        if opening < 0 or end < 0:
            return
        position = end
        if end - opening > _MAX_JSON:
            continue
        try:
            # Not strict, since newlines in strings are common.
            nodes: list[object] = [json.loads(text[opening + 1 : end], strict=False)]
        except (ValueError, RecursionError):
            continue
        while nodes and budget:
            node, budget = nodes.pop(0), budget - 1
            if isinstance(node, dict):
                yield node
                nodes.extend(node.values())
            elif isinstance(node, list):
                nodes.extend(node)


def _cleaned(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clean for text in texts if (clean := _plain(text))))


def _plain(text: str) -> str:
    """Return a text of the head as one clean line, with left-over entities decoded."""
    return clean_line(unescape(unescape(text)) if "&" in text else text)


def _listed(value: object) -> Sequence[object]:
    if isinstance(value, list):
        return value[:_MAX_NAMES]
    return [] if value is None else [value]


def _first(value: object) -> str:
    return next((text for each in _listed(value) if (text := _string(each))), "")


def _string(value: object) -> str:
    if isinstance(value, list):
        return " ".join(_string(each) for each in value[:5])
    return value if isinstance(value, str) else ""
