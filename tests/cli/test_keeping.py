"""Prune, backup, restore, export, import and repair on the command line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import AT, PAGE, Call

pytestmark = pytest.mark.usefixtures("english")

_OLD = "2024-03-14T15:20:00Z"


@pytest.fixture
def cache_path(home: Path) -> Path:
    return home / ".local" / "share" / "znreader" / "cache.sqlite3"


@pytest.fixture
def old(znreader: Call, tmp_path: Path) -> list[str]:
    """Store three headlines of two years ago and return their titles."""
    path = tmp_path / "old.html"
    path.write_text(PAGE, encoding="utf-8")
    znreader("import", str(path), "--at", _OLD)
    return titles(znreader)


def titles(znreader: Call) -> list[str]:
    return [teaser["title"] for teaser in znreader("list", "--json").json["teasers"]]


def test_prune_tells_what_would_go_removes_it_and_takes_it_back(
    znreader: Call, old: list[str]
) -> None:
    told = znreader("prune", "--days", "30", "--dry-run", "--json").json
    assert (told["due"], told["articles"]) == (3, 1)
    assert sorted(teaser["title"] for teaser in told["teasers"]) == sorted(old)
    assert told["oldest"] < told["newest"]
    assert (
        "3 headlines would be removed, 1 of them"
        in znreader("prune", "--days", "30", "--dry-run").out
    )
    assert titles(znreader) == old
    gone = znreader("prune", "--days", "30")
    assert (gone.status, gone.err) == (0, "")
    assert "3 headlines removed; `znreader prune --undo`" in gone.out
    assert titles(znreader) == []
    assert "what was removed: `znreader prune --undo`" in znreader("doctor", "--offline").out
    assert znreader("prune", "--undo").out == "3 headlines are back\n"
    assert titles(znreader) == old
    again = znreader("prune", "--undo")
    assert (again.status, again.err.count("\n")) == (1, 1)


def test_prune_goes_by_the_settings_and_without_any_is_wrong_usage(
    znreader: Call, old: list[str], tmp_path: Path
) -> None:
    answer = znreader("prune")
    assert answer.status == 2
    assert "retain_days" in answer.err
    config = tmp_path / "config.toml"
    config.write_text("retain_days = 90\nretain_articles = 5000\n")
    told = znreader("--config", str(config), "doctor", "--offline").out
    assert "kept: 90 days and 5,000 articles; 3 headlines are due" in told
    assert znreader("--config", str(config), "prune", "--json").json == {"pruned": 3}
    assert znreader("--config", str(config), "prune").out == "Nothing to remove.\n"


def test_a_copy_is_made_and_put_back(znreader: Call, old: list[str], tmp_path: Path) -> None:
    copy = tmp_path / "kopie.sqlite3"
    made = znreader("backup", str(copy))
    assert (made.status, str(copy) in made.out) == (0, True)
    assert znreader("backup", str(copy)).status == 1
    assert znreader("backup", str(copy), "--force").status == 0
    znreader("prune", "--days", "30")
    back = znreader("restore", str(copy))
    assert back.status == 0
    assert "the previous cache is kept as" in back.out
    assert titles(znreader) == old


def test_restore_refuses_what_is_no_copy(znreader: Call, old: list[str], tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("geen kopie")
    for path in (wrong, tmp_path / "none", tmp_path):
        answer = znreader("restore", str(path))
        assert (answer.status, answer.err.count("\n")) == (1, 1)
        assert str(path) in answer.err
    assert titles(znreader) == old


def test_an_export_is_lines_of_json_that_import_takes_back(
    znreader: Call, old: list[str], tmp_path: Path, cache_path: Path
) -> None:
    file = tmp_path / "nieuws.jsonl"
    assert znreader("export", str(file)).out == f"{file}: 3 headlines\n"
    assert znreader("export", str(file)).status == 1
    documents = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert documents[0].keys() == {"format", "version", "cache"}
    assert (documents[0]["format"], documents[0]["version"]) == ("znreader-export", 1)
    assert sum(each["kind"] == "headline" for each in documents[1:]) == 3
    piped = subprocess.run(
        [sys.executable, "-m", "reader", "export"], check=True, capture_output=True
    )
    assert piped.stdout == file.read_bytes()
    cache_path.unlink()
    answer = znreader("import", str(file))
    assert (answer.status, answer.out) == (0, f"{file}: 3 new headlines\n")
    assert titles(znreader) == old
    assert znreader("import", str(file)).out == f"{file}: 0 new headlines\n"


def test_an_export_with_wrong_lines_and_a_page_are_imported_at_once(
    znreader: Call, old: list[str], page: Path, tmp_path: Path
) -> None:
    file = tmp_path / "nieuws.jsonl"
    znreader("export", str(file))
    with file.open("a", encoding="utf-8") as lines:
        lines.write("kapot\n" * 25)
    answer = znreader("import", str(file), str(page), "--at", AT)
    assert answer.status == 1
    assert "0 new headlines" in answer.out
    assert "Line 7 was skipped: it is not JSON." in answer.err
    assert "and 5 lines more" in answer.err
    assert answer.err.count("\n") == 21


def test_without_a_cache_there_is_nothing_to_copy(znreader: Call, tmp_path: Path) -> None:
    for command in (["backup", str(tmp_path / "x")], ["export"], ["doctor", "--repair"]):
        answer = znreader(*command)
        assert (answer.status, answer.err.count("\n")) == (1, 1)
        assert "There is no cache yet" in answer.err


def test_doctor_repairs_a_damaged_cache(znreader: Call, old: list[str], cache_path: Path) -> None:
    assert "there is nothing to repair" in znreader("doctor", "--repair").out
    data = bytearray(cache_path.read_bytes())
    data[:100] = bytes(100)
    cache_path.write_bytes(data)
    broken = znreader("list")
    assert broken.status == 1
    assert "znreader doctor --repair" in broken.err
    mended = znreader("doctor", "--repair")
    assert mended.status == 0
    assert "3 headlines, 1 article and 0 saved marks" in mended.out
    assert "the damaged file is kept as" in mended.out
    assert titles(znreader) == old


@pytest.mark.parametrize(
    "arguments",
    [["prune", "--days", "0"], ["prune", "--dry-run", "--undo"], ["backup"], ["restore"],
     ["restore", "a", "b"], ["prune", "--days", "x"]],
)  # fmt: skip
def test_wrong_usage_of_these_exits_with_two(znreader: Call, arguments: list[str]) -> None:
    assert znreader(*arguments).status == 2


def test_doctor_finds_what_came_in_by_mistake_and_removes_it_for_a_day(
    znreader: Call, tmp_path: Path
) -> None:
    junk = (
        "<!doctype html><html><head><title>Welkom aan boord</title></head><body><main><article>"
        "<h1>Welkom aan boord van de Kaap Ooster</h1><p>Aan boord hebt u gratis toegang tot het"
        " netwerk van de rederij, zolang de reis duurt.</p><p>De overtocht duurt ongeveer twintig"
        " minuten en het restaurant is geopend.</p></article></main></body></html>"
    )
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    assert znreader("import", str(page), "--at", AT).status == 0
    assert "by mistake" in znreader("doctor", "--junk").out
    assert "by mistake" in znreader("doctor", "--junk", "--remove").out
    lines = znreader("export").out.splitlines()
    headline = next(
        line for line in lines if '"kind": "headline"' in line and '"article": {' in line
    )
    copies = [lines[0]]
    for number in range(3):
        copy = json.loads(headline)
        url = f"https://www.zeelandnet.nl/nieuws/bericht-{number}"
        copy |= {"id": 900 + number, "url": url, "title": "Welkom aan boord", "saved": False}
        copy["names"] = [["address", url.removeprefix("https://www."), 900 + number]]
        copy["article"] |= {"blocks": [{"kind": "paragraph", "text": junk[180:300]}]}
        copies.append(json.dumps(copy))
    export = tmp_path / "export.jsonl"
    export.write_text("\n".join(copies) + "\n", encoding="utf-8")
    znreader("import", str(export))
    listed = znreader("doctor", "--junk")
    assert listed.out.count("Welkom aan boord: ") == 3
    assert "3 headlines removed" in znreader("doctor", "--junk", "--remove").out
    titles = [each["title"] for each in znreader("list", "--json").json["teasers"]]
    assert "Welkom aan boord" not in titles
    assert "Veerpont vaart weer" in titles
    assert znreader("prune", "--undo").status == 0
    titles = [each["title"] for each in znreader("list", "--json").json["teasers"]]
    assert titles.count("Welkom aan boord") == 3
    assert znreader("doctor", "--remove").status == 2
