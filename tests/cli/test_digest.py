"""The digest and the changes of articles on the command line."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from reader.model import LastVisit
from reader.store import Store
from tests.cli.conftest import Call
from tests.cli.test_stories import import_news
from tests.stories.news import BARN, OTHERS

_DAY = "2026-03-09"


def test_a_digest_tells_stories_first_and_all_that_is_left_out(
    znreader: Call, tmp_path: Path
) -> None:
    import_news(znreader, tmp_path)
    answer = znreader("--offline", "digest", "--since", _DAY)
    assert answer.status == 0
    lines = answer.out.splitlines()
    assert "7 berichten, 1 verhaal en 5 losse" in lines[0]
    assert lines[0].startswith(f"Sinds {_DAY}: ")
    assert " ".join(lines[1:3]).startswith(f"1 {BARN[1][0]} · 2 nieuw · ")
    assert f"eerder: {BARN[0][0]}" in " ".join(lines)
    assert all(told[0] in answer.out for told in OTHERS)
    assert all(not each["read"] for each in znreader("list", "--json").json["teasers"])
    short = znreader("digest", "--since", _DAY, "--limit", "2")
    assert "en nog 4" in short.out
    assert "7 berichten" in short.out


def test_the_json_of_a_digest(znreader: Call, tmp_path: Path) -> None:
    import_news(znreader, tmp_path)
    found = znreader("digest", "--since", _DAY, "--json").json
    assert found["since"] == "2026-03-08T23:00:00Z"
    (story,) = found["stories"]
    assert {key: story[key] for key in ("title", "lead", "newest", "new", "total", "unread")} == {
        "title": BARN[1][0],
        "lead": BARN[1][1],
        "newest": "2026-03-09T07:00:00Z",
        "new": 2,
        "total": 2,
        "unread": 2,
    }
    assert story["places"] == ["KLOOSTERZANDE"]
    assert set(story["reports"][0]) == {
        "id", "url", "title", "source", "published", "read", "new", "changed",
    }  # fmt: skip
    assert len(found["singles"]) == len(OTHERS)
    later = znreader("digest", "--since", "2026-03-09T06:30:00Z", "--json").json
    assert [each["new"] for each in later["stories"][0]["reports"]] == [True, False]


def test_a_digest_is_markdown_for_mail_and_empty_without_fault(
    znreader: Call, tmp_path: Path
) -> None:
    empty = znreader("digest")
    assert empty.status == 0
    assert "0 berichten" in empty.out
    import_news(znreader, tmp_path)
    mail = znreader("digest", "--since", _DAY, "--markdown").out
    assert f"## [{BARN[1][0]}](https://www.zeelandnet.nl/nieuws/bericht-7)" in mail
    assert "\n*2 nieuw · " in mail
    assert f"- [{BARN[0][0]}](https://www.zeelandnet.nl/nieuws/bericht-6)" in mail
    assert znreader("digest", "--since", "2026-03-10T00:00:00Z", "--json").json["stories"] == []
    wrong = znreader("digest", "--since", "ooit")
    assert (wrong.status, "2d" in wrong.err, "yesterday" in wrong.err) == (2, True, True)
    assert znreader("reparse", "--since", "2d").status == 0


def test_a_digest_tells_its_times_on_the_clock_of_the_machine(
    znreader: Call, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_news(znreader, tmp_path)
    newest = max(each["id"] for each in znreader("list", "--json").json["teasers"])
    at = datetime.now(UTC).replace(hour=14, minute=5) - timedelta(days=2)
    with Store(home / ".local" / "share" / "znreader" / "cache.sqlite3") as library:
        library.visits.note(LastVisit(at, newest))
    clock = at.astimezone(ZoneInfo("America/New_York"))
    day = "ma di wo do vr za zo".split()[clock.weekday()]
    with monkeypatch.context() as there:
        there.setenv("TZ", "America/New_York")
        time.tzset()
        first = znreader("digest").out.splitlines()[0]
        # The day that was asked for is that of the site.
        of_day = znreader("digest", "--since", _DAY).out
    time.tzset()
    assert first.startswith(f"Sinds het vorige bezoek ({day} {clock:%H.%M}): 0 berichten")
    assert of_day.startswith(f"Sinds {_DAY}: ")


def test_changes_since_an_article_was_read(znreader: Call, tmp_path: Path) -> None:
    import_news(znreader, tmp_path)
    url = "https://www.zeelandnet.nl/nieuws/bericht-6"
    assert znreader("mark", url, "--read").status == 0
    page = (tmp_path / "pages" / "6.html").read_text(encoding="utf-8")
    page = page.replace("zes wagens", "negen wagens")
    page = page.replace("</article>", "<p>De N57 is weer open.</p></article>")
    (tmp_path / "6.html").write_text(page, encoding="utf-8")
    assert "niets veranderd" in znreader("changes").out
    at = "2026-03-10T14:00:00Z"
    assert znreader("import", str(tmp_path / "6.html"), "--at", at).status == 0
    out = " ".join(znreader("changes", url).out.split())
    assert "~ De brandweer is met [zes → negen] wagens" in out
    assert "+ De N57 is weer open." in out
    assert "1 zin ongewijzigd" in out
    (change,) = znreader("changes", "--json").json["changes"]
    assert change["url"] == url
    assert [each["kind"] for each in change["sentences"]] == ["same", "changed", "new"]
    assert znreader("changes", "--since", at, "--json").json["changes"] == []
    (since,) = znreader("changes", "--since", _DAY, "--json").json["changes"]
    assert since["url"] == url
    digest = znreader("digest", "--since", _DAY, "--json").json
    (changed,) = [each for each in digest["stories"][0]["reports"] if each["changed"]]
    assert changed["url"] == url
    assert znreader("changes", "https://www.zeelandnet.nl/nieuws/geen").status == 1
