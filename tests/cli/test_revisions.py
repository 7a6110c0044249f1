"""Older texts of an article on the command line, and accepting a refused text."""

from pathlib import Path

from tests.cli.conftest import PAGE, URL, Call

_EARLY, _LATE = "2026-03-14T15:20:00Z", "2026-03-14T17:20:00Z"


def _import(znreader: Call, tmp_path: Path, text: str, at: str) -> None:
    file = tmp_path / "page.html"
    file.write_text(text, encoding="utf-8")
    assert znreader("import", str(file), "--at", at).status == 0


def test_older_texts_are_listed_and_shown(znreader: Call, tmp_path: Path) -> None:
    linked = PAGE.replace("<head>", f'<head><link rel="canonical" href="{URL}">', 1)
    _import(znreader, tmp_path, linked, _EARLY)
    title = znreader("list", "--json").json["teasers"][0]["title"]
    assert znreader("show", title, "--revisions", "--json").json == {"revisions": []}
    assert znreader("show", title, "--revisions").out == "Er is geen oudere tekst.\n"
    before = [block["text"] for block in znreader("show", title, "--json").json["blocks"]]
    changed = linked.replace("<h2>Meer", "<p>Om vijf uur voer de pont weer.</p><h2>Meer", 1)
    assert changed != linked
    _import(znreader, tmp_path, changed, _LATE)
    (revision,) = znreader("show", title, "--revisions", "--json").json["revisions"]
    assert revision == {"number": 1, "title": title, "fetched": _EARLY, "replaced": _LATE}
    assert title in znreader("show", title, "--revisions").out
    older = znreader("show", title, "--revision", "1", "--json").json
    assert [block["text"] for block in older["blocks"]] == before
    assert len(znreader("show", title, "--json").json["blocks"]) == len(before) + 1
    missing = znreader("show", title, "--revision", "2")
    assert missing.status == 1
    assert "nummer 2" in missing.err
