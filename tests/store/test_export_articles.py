"""Details of articles survive an export, and hostile values do not."""

import json
from pathlib import Path

import pytest

from reader.errors import Reason
from reader.model import Block, Image
from reader.store import Store
from reader.store.archive.files import read_export
from tests.said import said

from .builders import NOON, SITE, only, rich, titles

_HEAD = '{"format": "znreader-export", "version": 1}'
_GOOD: dict[str, object] = {
    "kind": "headline", "id": 1, "url": SITE + "a", "title": "A", "section": None, "dateline": None,
    "summary": "", "seen": "2026-03-14T12:00:00Z", "updated": "2026-03-14T12:00:00Z",
    "read": False, "saved": False, "names": [["slug", "a", 1]], "sightings": [], "article": None,
}  # fmt: skip


def bring(cache: Store, lines: list[str], folder: Path) -> list[Reason]:
    """Import lines; return the sentences of refusal."""
    path, refused = folder / "export.jsonl", list[Reason]()
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    cache.archive.import_lines(read_export(path, refused.append), NOON)
    return refused


def with_article(**more: object) -> str:
    """Return the line of a headline whose article, of one block, has more."""
    block: dict[str, object] = {"kind": "paragraph", "text": "De krab won."}
    block |= {key: more.pop(key) for key in ("text", "links", "rows", "number") if key in more}
    body = {"fetched": "2026-03-14T12:00:00Z", "blocks": [block], **more}
    return json.dumps(_GOOD | {"article": body})


def test_all_that_an_article_has_comes_back(cache: Store, tmp_path: Path) -> None:
    page = rich("Krab wint")
    cache.pages.add(page)
    lines = list(cache.archive.export_lines())
    with Store(tmp_path / "other.sqlite3") as other:
        assert bring(other, lines, tmp_path) == []
        assert other.articles.load(only(other).id) == page
        # The first line names the cache that it is of.
        assert list(other.archive.export_lines())[1:] == lines[1:]


def test_an_older_export_has_the_text_alone(cache: Store, tmp_path: Path) -> None:
    page = rich("Krab wint")
    cache.pages.add(page)
    old = [json.loads(line) for line in cache.archive.export_lines()]
    for each in old:
        if body := each.get("article"):
            blocks = [{key: one[key] for key in ("kind", "text")} for one in body["blocks"]]
            each["article"] = {"fetched": body["fetched"], "blocks": blocks}
    with Store(tmp_path / "other.sqlite3") as other:
        assert bring(other, list(map(json.dumps, old)), tmp_path) == []
        found = other.articles.load(only(other).id)
        assert found is not None
        assert [block.text for block in found.blocks] == [block.text for block in page.blocks]
        assert (found.authors, found.image, found.blocks[0].links) == ((), None, ())


@pytest.mark.parametrize(
    "line",
    [
        with_article(links=[[0, 2, "javascript:alert(1)"]]),
        with_article(links=[[0, 99, SITE]]),
        with_article(links=[[3, 3, SITE]]),
        with_article(links=[[3, 5, SITE], [4, 6, SITE]]),
        with_article(links=[[-1, 2, SITE]]),
        with_article(links=[[0.5, 2, SITE]]),
        with_article(links=[[0, 2]]),
        with_article(links="alles"),
        with_article(number=-4),
        with_article(number="drie"),
        with_article(rows=[["a", 3]]),
        with_article(rows=["a"]),
        with_article(authors="Jannie"),
        with_article(authors=[3]),
        with_article(tags=[["a"]]),
        with_article(modified="straks"),
        with_article(description=3),
        with_article(image="https://beeld.example"),
        with_article(image={"url": "file:///etc/x"}),
        with_article(language="n" * 99),
    ],
    ids=lambda line: line[-70:],
)
def test_a_wrong_article_is_refused_in_a_sentence_and_the_others_come_in(
    cache: Store, tmp_path: Path, line: str
) -> None:
    (sentence,) = bring(cache, [_HEAD, line, json.dumps(_GOOD)], tmp_path)
    assert titles(cache) == ["A"]
    assert "Line 2 was skipped: " in said(sentence)
    assert len(said(sentence).removeprefix(str(tmp_path))) < 300


def test_hostile_details_come_in_harmless(cache: Store, tmp_path: Path) -> None:
    line = with_article(
        authors=["Jannie\x1b[31m de\nVisser"],
        tags=["kra\u202eb"],
        rows=[["a\nb\x07"]],
        description="Kort\x9b2J",
        image={"url": SITE, "caption": "Kade\u200b", "credit": None},
    )
    bring(cache, [_HEAD, line], tmp_path)
    page = cache.articles.load(only(cache).id)
    assert page is not None
    assert (page.authors, page.tags) == (("Jannie de Visser",), ("krab",))
    assert (page.blocks[0].rows, page.description) == ((("a b",),), "Kort")
    assert page.image == Image(SITE, "Kade", None)


def test_links_in_a_text_that_had_to_be_cleaned_are_left_out(cache: Store, tmp_path: Path) -> None:
    line = with_article(text="De \x1b[1mkrab won.", links=[[8, 12, SITE]])
    bring(cache, [_HEAD, line], tmp_path)
    page = cache.articles.load(only(cache).id)
    assert page is not None
    assert page.blocks == (Block("paragraph", "De krab won."),)
