"""The explanation of a page: every piece with its label, reason and use, and a refusal."""

from datetime import UTC, datetime

from reader.parse import explain_page

_AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
_URL = "https://nieuws.example/brug"
_ARTICLE = """<!doctype html><html lang="nl"><head><title>Brug weer open</title></head><body>
<nav><a href="/sport">Sport</a> <a href="/weer">Weer</a></nav>
<main><article><h1>Brug over de vaart is weer open voor fietsers</h1>
<p>De brug over de vaart is maandag weer opengegaan, na drie maanden van herstel aan het dek.</p>
<p>Volgens de gemeente rijden er elke dag ongeveer tweeduizend fietsers over de brug.</p>
<p>In het najaar krijgt de brug nieuwe verlichting en een lage leuning voor kinderen.</p>
</article></main></body></html>"""
_WALL = """<!doctype html><html lang="nl"><body><main><h1>Pagina niet gevonden</h1>
<p>Deze pagina bestaat niet meer of is verplaatst. Gebruik de zoekfunctie.</p>
</main></body></html>"""


def test_every_piece_has_a_label_a_reason_and_a_use() -> None:
    lines = explain_page(_ARTICLE.encode(), _AT, _URL).lines
    assert len(lines) >= 4
    assert all(line.label and line.reason and line.use for line in lines)


def test_the_title_is_told_apart_from_the_frame() -> None:
    explanation = explain_page(_ARTICLE.encode(), _AT, _URL)
    uses = {line.text: line.use for line in explanation.lines}
    assert explanation.refusal is None
    assert uses["Brug over de vaart is weer open voor fietsers"] == "title"
    assert uses["Sport"] not in {"title", "body", "listing"}


def test_a_refusal_is_told() -> None:
    refusal = explain_page(_WALL.encode(), _AT, _URL).refusal
    assert refusal is not None
    assert "not_found" in refusal
