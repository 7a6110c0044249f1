"""Stories on the command line: their numbers in JSON, and a reader's corrections."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.resources import SAMPLE_PAGES
from tests.cli.conftest import Call
from tests.site.feeds import FeedHost, rss
from tests.stories.news import BARN, KITCHEN, OTHERS

_PAGE = """<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>{0}</title>
<link rel="canonical" href="https://www.zeelandnet.nl/nieuws/bericht-{3}">
<meta property="article:published_time" content="2026-03-09T{3:02}:00:00Z"></head>
<body><main><article><h1>{0}</h1><p>KLOOSTERZANDE - {1}</p><p>{2}</p></article></main></body></html>
"""
_URL = "https://www.zeelandnet.nl/nieuws/bericht-{}"


def import_news(znreader: Call, tmp_path: Path) -> None:
    """Import reports of a fire, and of other things, each an hour later."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for number, told in enumerate([*BARN[:2], *OTHERS], 6):
        page = _PAGE.format(*told, number)
        (folder / f"{number}.html").write_text(page, encoding="utf-8")
    assert znreader("import", str(folder), "--at", "2026-03-10T12:00:00Z").status == 0


def _stories(znreader: Call) -> dict[str, int | None]:
    teasers = znreader("list", "--json").json["teasers"]
    return {each["url"].rpartition("-")[2]: each["story"] for each in teasers}


def test_an_import_ends_with_stories(znreader: Call, tmp_path: Path) -> None:
    import_news(znreader, tmp_path)
    stories = _stories(znreader)
    number = stories["6"]
    assert number is not None
    assert stories["7"] == number
    assert set(stories.values()) == {number, None}
    assert znreader("show", _URL.format(6), "--json").json["story"] == number
    found = znreader("search", "heftruck OR schuur", f"story:{number}", "--json")
    assert found.status == 0
    listed = znreader("search", f"story:{number}", "--json").json["teasers"]
    assert [each["story"] for each in listed] == [number, number]
    assert len(znreader("search", "is:story", "--json").json["teasers"]) == 2


def test_a_report_is_taken_out_and_put_back(znreader: Call, tmp_path: Path) -> None:
    import_news(znreader, tmp_path)
    number = _stories(znreader)["6"]
    assert znreader("stories", "split", _URL.format(7)).status == 0
    assert _stories(znreader)["7"] is None
    assert znreader("stories", "place").status == 0
    assert _stories(znreader)["7"] is None
    assert znreader("stories", "undo").status == 0
    assert _stories(znreader)["7"] == number


def test_reports_are_joined(znreader: Call, tmp_path: Path) -> None:
    import_news(znreader, tmp_path)
    assert znreader("stories", "join", _URL.format(8), OTHERS[1][0]).status == 0
    stories = _stories(znreader)
    assert stories["8"] == stories["9"] is not None
    one = znreader("stories", "join", _URL.format(8))
    assert one.status == 1
    assert "twee" in one.err


def test_stories_are_listed(znreader: Call, tmp_path: Path) -> None:
    assert "geen verhalen" in znreader("stories").out
    import_news(znreader, tmp_path)
    number = _stories(znreader)["6"]
    assert f"{number}: 2 berichten, {BARN[1][0]}" in znreader("stories").out
    (story,) = znreader("stories", "list", str(number), "--json").json["stories"]
    assert story["story"] == number
    assert [each["title"] for each in story["reports"]] == [BARN[1][0], BARN[0][0]]
    assert BARN[0][0] in znreader("stories", "list", str(number)).out
    assert znreader("stories", "list", "999").status == 1
    assert znreader("stories", "watch", str(number)).status == 0
    assert znreader("stories", "watch", "x").status == 1


def test_the_sample_edition_has_three_stories(znreader: Call) -> None:
    assert znreader("import", str(SAMPLE_PAGES)).status == 0
    stories = znreader("stories", "list", "--json").json["stories"]
    titles = sorted(sorted(each["title"] for each in story["reports"]) for story in stories)
    assert [len(each) for each in titles] == [3, 3, 2]
    assert all("Welzingebrug" in title for title in titles[0])
    assert all("Merelanda" in title or "Portugese" in title for title in titles[1])
    assert all("Zwaakse Boys" in title for title in titles[2])


def test_reports_of_several_feeds_are_one_story_each_with_its_source(
    znreader: Call, tmp_path: Path
) -> None:
    import_news(znreader, tmp_path)
    number = _stories(znreader)["6"]
    at = datetime(2026, 3, 9, 9, tzinfo=UTC)
    feeds = {
        f"/{name}": rss(
            name, told[0], text=f"{told[1]} {told[2]}", at=at, home="https://krant.test"
        )
        for name, told in (
            ("Streekpost", BARN[2]),
            ("Havenlog", KITCHEN[0]),
            ("Kustblad", KITCHEN[1]),
        )
    }
    with FeedHost(feeds) as host:
        for path in feeds:
            assert znreader("feeds", "add", host.url(path)).status == 0
    teasers = znreader("list", "--json", "--limit", "20").json["teasers"]
    stories: dict[int, set[str]] = {}
    for each in teasers:
        if each["story"] is not None:
            stories.setdefault(each["story"], set()).add(each["source"])
    assert sorted(map(sorted, stories.values())) == [
        ["Havenlog", "Kustblad"],
        ["Streekpost", "zeelandnet"],
    ]
    assert "Streekpost" in stories[number or 0]
    digest = znreader("digest", "--since", "2026-03-09", "--json").json["stories"]
    assert {each["story"] for each in digest} == set(stories)
    sources = {each["source"] for story in digest for each in story["reports"]}
    assert sources == {"Havenlog", "Kustblad", "Streekpost", "zeelandnet"}
    # As text and for mail each report that is of a feed has its name.
    told = " ".join(znreader("digest", "--since", "2026-03-09").out.split())
    assert f"{KITCHEN[0][0]} (Havenlog)" in told
    mail = znreader("digest", "--since", "2026-03-09", "--markdown").out
    assert any(KITCHEN[0][0] in line and line.endswith(" · Havenlog") for line in mail.splitlines())


def test_what_is_said_of_stories_goes_along_in_an_export(
    znreader: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_news(znreader, tmp_path)
    assert znreader("stories", "split", _URL.format(7)).status == 0
    assert znreader("stories", "join", _URL.format(8), _URL.format(9)).status == 0
    export = tmp_path / "all.jsonl"
    assert znreader("export", str(export)).status == 0
    before = _stories(znreader)
    for folder, options, kept in (("mine", ["--marks"], True), ("theirs", [], False)):
        monkeypatch.setenv("ZNREADER_DATA", str(tmp_path / folder))
        assert znreader("import", str(export), *options).status == 0
        stories = _stories(znreader)
        assert (stories["7"] is None) == kept
        assert (stories["8"] is not None) == kept
        assert (stories["8"] == stories["9"]) or not kept
    assert before["7"] is None


def test_every_choice_about_stories_comes_back_from_an_export_and_from_a_copy(
    znreader: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_news(znreader, tmp_path)
    fire = str(_stories(znreader)["6"])
    # Joined and watched; taken out; joined and apart again; watched and no longer.
    assert znreader("stories", "join", _URL.format(6), _URL.format(8)).status == 0
    assert znreader("stories", "watch", fire).status == 0
    assert znreader("stories", "split", _URL.format(7)).status == 0
    assert znreader("stories", "join", _URL.format(9), _URL.format(10)).status == 0
    other = str(_stories(znreader)["9"])
    assert znreader("stories", "watch", other).status == 0
    assert znreader("stories", "unwatch", other).status == 0
    assert znreader("stories", "join", _URL.format(11), _URL.format(12)).status == 0
    assert znreader("stories", "undo").status == 0
    chosen = _choices(znreader)
    assert chosen == ({frozenset("68"), frozenset(("9", "10"))}, {frozenset("68")})
    export, copy = tmp_path / "all.jsonl", tmp_path / "copy.sqlite3"
    assert znreader("export", str(export)).status == 0
    assert znreader("backup", str(copy)).status == 0
    monkeypatch.setenv("ZNREADER_DATA", str(tmp_path / "imported"))
    assert znreader("import", str(export), "--marks").status == 0
    assert _choices(znreader) == chosen
    # The same again changes nothing, and neither does placing.
    assert znreader("import", str(export), "--marks").status == 0
    assert znreader("stories", "place").status == 0
    assert _choices(znreader) == chosen
    monkeypatch.setenv("ZNREADER_DATA", str(tmp_path / "restored"))
    assert znreader("restore", str(copy)).status == 0
    assert _choices(znreader) == chosen
    assert znreader("stories", "undo").status == 0
    assert _choices(znreader)[0] == {frozenset("68")}


def _choices(znreader: Call) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
    """Return the reports of each story, by their numbers, and those of each watched one."""
    found = znreader("stories", "list", "--json").json["stories"]
    stories = {
        frozenset(each["url"].rpartition("-")[2] for each in story["reports"]): story["watched"]
        for story in found
    }
    return set(stories), {reports for reports, watched in stories.items() if watched}
