"""The commands as scripts use them: their JSON, their exit statuses, their output."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import AT, PAGE, URL, Call

_TEASER_KEYS = {"url", "title", "section", "dateline", "summary", "published"}
_MARKS = {"read", "saved", "cached"}
_CACHED = {"story", "id", "source", "tags"}


def test_parse_prints_an_article_and_stores_nothing(znreader: Call, page: Path) -> None:
    article = znreader("parse", str(page), "--url", URL, "--at", AT, "--json").json
    assert article["kind"] == "article"
    assert article["url"] == URL
    assert article["title"] == "Veerpont vaart weer"
    assert article["section"] == "Binnenland"
    assert article["dateline"] == {"places": ["BRESKENS"], "agencies": ["ANP", "DPA"]}
    assert article["published"] is None
    assert article["fetched"] == AT
    assert [block["kind"] for block in article["blocks"]] == ["paragraph", "paragraph"]
    first = article["related"][0]
    assert set(first) == _TEASER_KEYS
    assert first["url"] == "https://www.zeelandnet.nl/nieuws/pontveer-kampt-met-storing"
    assert first["published"] == {
        "earliest": "2026-03-14T12:20:00Z",
        "latest": "2026-03-14T13:20:00Z",
    }
    assert znreader("list", "--json").json == {"teasers": []}


def test_parse_explains_what_became_of_each_piece(znreader: Call, page: Path) -> None:
    explained = znreader("parse", str(page), "--explain", "--json").json
    uses = {line["text"]: line["use"] for line in explained["pieces"]}
    assert explained["refusal"] is None
    assert uses["Veerpont vaart weer"] == "title"
    assert "title: Veerpont vaart weer" in znreader("parse", str(page), "--explain").out


def test_parse_reads_standard_input(znreader: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PAGE.encode())))
    assert znreader("parse", "-", "--json").json["title"] == "Veerpont vaart weer"


def test_a_time_without_an_offset_is_utc(znreader: Call, page: Path) -> None:
    assert znreader("parse", str(page), "--at", "2026-03-14T15:20", "--json").json["fetched"] == AT


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "1969-12-31", "9999-12-31T23:59:59Z"])
def test_a_time_at_which_no_page_was_fetched_is_wrong_usage(
    znreader: Call, page: Path, at: str
) -> None:
    for command in ("parse", "import"):
        answer = znreader(command, str(page), "--at", at)
        assert answer.status == 2
        assert answer.err.endswith(f"argument --at: '{at}' is not in the years 1970 to 2099\n")


@pytest.mark.parametrize("written", [-(2**40), 253_402_300_799])
def test_a_file_from_an_impossible_time_spoils_no_list(
    znreader: Call, page: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    stat = Path.stat

    def aged(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        found = stat(path, follow_symlinks=follow_symlinks)
        if path != page:
            return found
        return os.stat_result((*found[:8], written, *found[9:]))

    # Not every disk keeps such a time.
    monkeypatch.setattr(Path, "stat", aged)
    assert znreader("import", str(page)).status == 0
    for command in ("list", "digest", "stories"):
        answer = znreader(command)
        assert (answer.status, answer.err) == (0, "")


def test_import_then_list_and_show_work_offline(znreader: Call, page: Path) -> None:
    assert znreader("import", str(page), "--at", AT).status == 0
    teasers = znreader("list", "--json", "--offline").json["teasers"]
    assert [teaser["title"] for teaser in teasers] == [
        "Veerpont vaart weer",
        "Pontveer kampt met storing",
        "Zeehond rust uit op strand",
    ]
    assert set(teasers[0]) == _TEASER_KEYS | _MARKS | _CACHED
    assert [teaser["cached"] for teaser in teasers] == [True, False, False]
    assert not any(teaser["read"] or teaser["saved"] for teaser in teasers)


def test_an_imported_page_with_an_address_is_shown_by_it(znreader: Call, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE.replace("<head>", f'<head><link rel="canonical" href="{URL}">'))
    znreader("import", str(path), "--at", AT)
    article = znreader("--offline", "show", URL, "--json").json
    assert article["title"] == "Veerpont vaart weer"
    assert set(article["related"][0]) == _TEASER_KEYS | _MARKS | _CACHED
    shown = znreader("show", URL).out
    assert "Veerpont vaart weer" in shown
    assert "BRESKENS (ANP/DPA)" in shown
    assert "Meer uit Binnenland" in shown
    markdown = znreader("show", URL, "--markdown").out
    assert markdown.startswith("# Veerpont vaart weer")
    assert markdown.endswith(f"\n\n<{URL}>\n")


def test_list_narrows_by_section_limit_and_marks(znreader: Call, page: Path) -> None:
    znreader("import", str(page), "--at", AT)
    assert len(znreader("list", "--section", "binnenland", "--json").json["teasers"]) == 3
    assert znreader("list", "--section", "Sport", "--json").json["teasers"] == []
    assert len(znreader("list", "--limit", "2", "--json").json["teasers"]) == 2
    assert len(znreader("list", "--unread", "--json").json["teasers"]) == 3
    assert znreader("list", "--saved", "--json").json["teasers"] == []


def test_importing_twice_says_that_nothing_changed(znreader: Call, page: Path) -> None:
    assert ": nieuw, 3 nieuwe berichten\n" in znreader("import", str(page), "--at", AT).out
    assert ": onveranderd, 0 nieuwe berichten\n" in znreader("import", str(page), "--at", AT).out


def test_the_sample_edition_is_listed_and_gives_way_to_real_pages(
    znreader: Call, page: Path
) -> None:
    assert znreader("import", "--sample").status == 0
    assert len(znreader("list", "--json").json["teasers"]) >= 25
    znreader("import", str(page), "--at", AT)
    assert len(znreader("list", "--json").json["teasers"]) == 3


def test_an_empty_cache_says_what_to_do(znreader: Call) -> None:
    answer = znreader("list")
    assert answer.status == 0
    assert "znreader import" in answer.out


def test_human_output_wraps_and_has_no_colour_in_a_pipe(
    znreader: Call, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    out = znreader("parse", str(page)).out
    assert max(map(len, out.splitlines())) <= 40
    assert "\x1b" not in out


def test_show_without_cache_or_network_is_one_clear_line(znreader: Call) -> None:
    answer = znreader("show", URL, "--offline")
    assert answer.status == 1
    assert answer.out == ""
    assert answer.err.count("\n") == 1
    assert URL in answer.err


def test_doctor_tells_paths_versions_and_health(znreader: Call, home: Path, page: Path) -> None:
    znreader("import", str(page))
    answer = znreader("doctor", "--offline")
    assert answer.status == 0
    assert str(home) in answer.out
    assert "3 berichten (3 ongelezen, 0 bewaard), 1 heel artikel" in answer.out
    assert "controle: ok" in answer.out
    assert "textual" in answer.out


def test_the_reader_asks_for_a_terminal(znreader: Call) -> None:
    answer = znreader()
    assert answer.status == 1
    assert "terminal" in answer.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "--bogus"],
        ["nonsense"],
        ["parse"],
        ["import"],
        ["list", "--limit", "0"],
        ["parse", "x", "--at", "gisteren"],
    ],
)
def test_wrong_usage_exits_with_two(znreader: Call, arguments: list[str]) -> None:
    answer = znreader(*arguments)
    assert answer.status == 2
    assert "usage:" in answer.err


def test_version_and_help_answer(znreader: Call) -> None:
    assert znreader("--version").out.startswith("znreader 0.")
    assert "import" in znreader("--help").out


def test_ctrl_c_exits_with_130(znreader: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reader.cli.commands.list_headlines.Store", interrupted)
    assert znreader("list").status == 130


def test_an_unforeseen_error_is_one_line_and_no_traceback(
    znreader: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("iets vreemds")

    monkeypatch.setattr("reader.cli.commands.list_headlines.Store", broken)
    answer = znreader("list")
    assert answer.status == 1
    assert answer.err.count("\n") == 1
    assert "Traceback" not in answer.err


def test_an_article_without_an_address_is_shown_by_its_title(znreader: Call, page: Path) -> None:
    znreader("import", str(page), "--at", AT)
    article = znreader("--offline", "show", "Veerpont vaart weer", "--json").json
    assert article["url"] is None
    assert article["title"] == "Veerpont vaart weer"


def test_a_list_without_a_match_says_so(znreader: Call, page: Path) -> None:
    znreader("import", str(page), "--at", AT)
    assert znreader("list", "--section", "Tennis").out == "Niets gevonden.\n"


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_a_locale_without_the_signs_stops_no_command(page: Path, encoding: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    command = [sys.executable, "-m", "reader"]
    subprocess.run([*command, "import", str(page)], check=True, capture_output=True)
    done = subprocess.run([*command, "list"], check=True, capture_output=True, env=environment)
    assert b"? Veerpont vaart weer" in done.stdout


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", ">/dev/full"])
def test_a_closed_or_full_stream_is_no_traceback(closed: str) -> None:
    command = f"{sys.executable} -m reader list {closed}"
    done = subprocess.run(["sh", "-c", command], check=False, capture_output=True, text=True)
    assert done.returncode in {0, 1}
    assert "Traceback" not in done.stderr
    assert "unexpected" not in done.stderr


def test_doctor_makes_no_cache_by_looking(znreader: Call, home: Path) -> None:
    assert "nog geen" in znreader("doctor", "--offline").out
    assert not (home / ".local").exists()


def test_parse_knows_a_feed(znreader: Call, tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(
        "<rss><channel><title>De Dijkpost</title><link>https://www.dijkpost.test/</link>"
        "<item><title>Veerpont vaart weer</title><link>/veer</link><guid>veer</guid>"
        "<pubDate>Mon, 18 May 2026 10:00:00 +0200</pubDate>"
        "<description>&lt;p&gt;De pont is hersteld.&lt;/p&gt;</description></item></channel></rss>"
    )
    at = "2026-05-18T12:00:00Z"
    assert znreader("parse", str(file), "--at", at, "--json").json == {
        "kind": "feed",
        "title": "De Dijkpost",
        "url": "https://www.dijkpost.test/",
        "entries": [
            {
                "id": "veer",
                "title": "Veerpont vaart weer",
                "url": "https://www.dijkpost.test/veer",
                "published": {"earliest": "2026-05-18T08:00:00Z", "latest": "2026-05-18T08:00:00Z"},
                "summary": "De pont is hersteld.",
                "content": "",
            }
        ],
    }
    assert "Veerpont vaart weer" in znreader("parse", str(file), "--at", at).out


def test_doctor_tells_the_proxy_without_its_password(
    znreader: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "http://naam:geheim@wachter.invalid:3128")
    out = znreader("doctor", "--offline").out
    assert "proxy        wachter.invalid:3128" in out
    assert "geheim" not in out
    monkeypatch.setenv("https_proxy", "socks5://wachter.invalid")
    assert "SOCKS" in znreader("doctor", "--offline").out
    assert "\nproxy " not in znreader("doctor", "--offline", "--site", "http://127.0.0.1:8017").out
