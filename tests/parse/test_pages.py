"""Golden pages: the pages in tests/pages/ give the JSON beside them."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from reader.jsonform import page_json
from reader.parse import parse_page

_PAGES = Path(__file__).parent.parent / "pages"
_EXPECTED = sorted(_PAGES.glob("*.json"))
# A key that a golden page lacks must be absent or empty in the result.
_ABSENT: dict[str, Any] = {
    "authors": [],
    "modified": None,
    "image": None,
    "description": None,
    "tags": [],
    "language": None,
}


def _page_of(expected: Path) -> bytes:
    (page,) = (path for path in _PAGES.glob(f"{expected.stem}.*") if path.suffix != ".json")
    return page.read_bytes()


@pytest.mark.parametrize("path", _EXPECTED, ids=lambda path: path.stem)
def test_a_page_in_any_layout_is_read_whole(path: Path) -> None:
    golden: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    page = parse_page(_page_of(path), datetime.fromisoformat(golden["at"]), golden["url"])
    found = page_json(page)
    assert found.pop("fetched") == golden["at"]
    expected = {key: value for key, value in golden["expected"].items() if key != "fetched"}
    if expected["kind"] == "article":
        expected = _ABSENT | expected
    assert found == expected


def test_there_are_enough_layouts() -> None:
    assert len(_EXPECTED) >= 20
