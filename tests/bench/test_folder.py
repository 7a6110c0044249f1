"""The results of parsing a folder of saved pages are counted."""

import gzip
from pathlib import Path

import pytest

from tests.bench.folder import measure
from tests.bench.table import Missing

_ARTICLE = (
    "<html><body><h1>Brug bij Sluiskil weer open</h1><p>SLUISKIL - De brug is na drie dagen weer"
    " open voor auto's.</p><p>Een schip had de leuning geraakt.</p></body></html>"
)


def test_kinds_and_refusals_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(_ARTICLE)
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(_ARTICLE.encode()))
    (tmp_path / "c.html").write_text("")
    (tmp_path / "notes.txt").write_text(_ARTICLE)
    rows = {row.what: row.figure for row in measure(tmp_path)}
    assert any(f"3 pages of {tmp_path.name}" in what for what in rows)
    assert rows["what they are"] == "article 2, refused 1"
    assert "empty" in rows["why pages are refused"]
    assert rows["why pages are refused"].endswith(" 1")


@pytest.mark.parametrize("given", [True, False])
def test_without_pages_the_row_says_so(tmp_path: Path, given: bool) -> None:
    with pytest.raises(Missing, match="no "):
        list(measure(tmp_path if given else None))
