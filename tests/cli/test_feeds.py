"""The list of feeds on the command line: changed, and shared with other programs."""

import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.config import load_settings
from reader.config.feeds import FollowedFeed, feed_list
from reader.config.loader import read_feeds
from tests.said import said
from tests.site.feeds import FeedHost, Reply, rss

from .conftest import Call

OPML = """<?xml version="1.0"?><opml version="1.0"><body>
<outline text="Kust"><outline text="Havenlog" xmlUrl="https://haven.test/rss"/></outline>
<outline text="Los" xmlUrl="https://los.test/feed"/>
<outline text="Nog eens" xmlUrl="https://los.test/feed"/>
<outline text="Stiekem" xmlUrl="file:///etc/hosts"/>
</body></opml>"""
URLS = 'https://haven.test/rss "~Havenlog" Kust\n# rust\nhttps://los.test/feed\n'


def settings_folder(home: Path) -> Path:
    return home / ".config" / "znreader"


def followed(znreader: Call) -> list[str]:
    return [feed["url"] for feed in znreader("feeds", "list", "--json").json["feeds"]]


@pytest.fixture
def host() -> FeedHost:
    """Return a host with one feed, and a page that offers it."""
    return FeedHost({"/rss": rss("Havenlog", "Boot vaart", "Kraan draait", at=datetime.now(UTC))})


def test_a_feed_that_is_added_is_fetched_at_once(znreader: Call, host: FeedHost) -> None:
    with host:
        added = znreader("feeds", "add", host.url("/rss"))
        assert (added.status, added.err) == (0, "")
        teasers = znreader("list", "--json").json["teasers"]
        assert [each["title"] for each in teasers] == ["Boot vaart", "Kraan draait"]
        assert {each["section"] for each in teasers} == {"Havenlog"}
        (feed,) = znreader("feeds", "list", "--json").json["feeds"]
        assert (feed["name"], feed["url"], feed["unread"]) == ("Havenlog", host.url("/rss"), 2)
        assert (feed["state"], feed["failure"], feed["reason"]) == ("ok", None, None)
        assert znreader("feeds", "add", host.url("/rss")).status == 1
        # It is named as in its list, although its name is its own title.
        for change in (["mute", "Havenlog"], ["mute", "--off", "Havenlog"], ["remove", "Havenlog"]):
            assert "Havenlog" in znreader("feeds", *change).out


def test_an_address_may_have_the_scheme_of_a_feed(znreader: Call, host: FeedHost) -> None:
    with host:
        assert znreader("feeds", "add", f"feed:{host.url('/rss')}").status == 0
        assert followed(znreader) == [host.url("/rss")]


def test_a_feed_that_has_moved_has_two_addresses(
    znreader: Call, host: FeedHost, tmp_path: Path
) -> None:
    with host:
        znreader("feeds", "add", host.url("/rss"))
        host.pages["/nieuw"] = host.pages["/rss"]
        host.pages["/rss"] = Reply("", 301, {"Location": "/nieuw"})
        for _ in range(3):
            znreader("sync", "Havenlog", "--quiet")
        assert followed(znreader) == [host.url("/nieuw")]
        # What comes back from another program is followed already.
        znreader("feeds", "export", str(tmp_path / "feeds.opml"))
        assert "(1 " in znreader("feeds", "import", str(tmp_path / "feeds.opml")).out
        for path in ("/rss", "/nieuw"):
            assert znreader("feeds", "add", host.url(path)).status == 1
        assert znreader("feeds", "remove", host.url("/nieuw")).status == 0
        assert followed(znreader) == []


def test_a_title_of_any_characters_can_be_written_to_a_list(znreader: Call, host: FeedHost) -> None:
    items = [{"id": "1", "title": "Boot\ufffe vaart"}]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Haven\uffff\u0000log\ud800"}
    host.pages["/json"] = json.dumps(feed | {"items": items})
    with host:
        assert znreader("feeds", "add", host.url("/json"), "--section", "Kust\uffff").status == 0
    assert [each["title"] for each in znreader("list", "--json").json["teasers"]] == ["Boot vaart"]
    exported = znreader("feeds", "export", "-")
    assert 'text="Havenlog"' in exported.out
    assert 'text="Kust"' in exported.out


def test_the_feed_of_a_page_is_found(znreader: Call, host: FeedHost) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/rss" title="Havenlog">'
    host.pages["/"] = f"<html><head>{link}</head><body><p>Welkom.</p></body></html>"
    with host:
        assert znreader("feeds", "add", host.url("/"), "--name", "De haven").status == 0
        assert followed(znreader) == [host.url("/rss")]
        assert {each["section"] for each in znreader("list", "--json").json["teasers"]} == {
            "De haven"
        }


def test_of_several_feeds_none_is_chosen(znreader: Call, host: FeedHost) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="{}" title="{}">'
    links = link.format("/rss", "Alles") + link.format("/sport", "Sport")
    host.pages["/"] = f"<html><head>{links}</head><body><p>Welkom.</p></body></html>"
    with host:
        found = znreader("feeds", "add", host.url("/"))
        assert found.status == 2
        assert found.out.splitlines() == [
            f"{host.url('/rss')}  Alles",
            f"{host.url('/sport')}  Sport",
        ]
        assert not followed(znreader)


@pytest.mark.parametrize("body", ["<html><body><p>Geen feed.</p></body></html>", "Hallo", "{}"])
def test_what_is_no_feed_is_not_followed(znreader: Call, host: FeedHost, body: str) -> None:
    host.pages["/rss"] = body
    with host:
        answer = znreader("feeds", "add", host.url("/rss"))
        assert answer.status == 1
        assert len(answer.err.splitlines()) == 1
        assert host.url("/rss") in answer.err
        assert not followed(znreader)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://haven.test/rss", "javascript://x", "?"]
)
def test_what_is_no_address_of_the_web_is_refused(znreader: Call, url: str) -> None:
    answer = znreader("feeds", "add", url)
    assert answer.status == 2
    assert "Traceback" not in answer.err


def test_nothing_is_asked_offline(znreader: Call, host: FeedHost) -> None:
    with host:
        assert znreader("--offline", "feeds", "add", host.url("/rss")).status == 1
        assert not host.asked


@pytest.mark.parametrize(("name", "text"), [("lijst.opml", OPML), ("urls", URLS)])
def test_a_list_of_another_program_comes_in_and_goes_out(
    znreader: Call, tmp_path: Path, name: str, text: str
) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    assert znreader("feeds", "import", str(file)).status == 0
    assert followed(znreader) == ["https://haven.test/rss", "https://los.test/feed"]
    sections = [each["section"] for each in znreader("feeds", "list", "--json").json["feeds"]]
    assert sections == ["Kust", None]
    out = tmp_path / "uit.opml"
    assert znreader("feeds", "export", str(out)).status == 0
    assert znreader("feeds", "export", str(out)).status == 1
    for url in followed(znreader):
        assert znreader("feeds", "remove", url).status == 0
    assert not followed(znreader)
    assert znreader("import", str(out)).status == 0
    assert followed(znreader) == ["https://haven.test/rss", "https://los.test/feed"]
    assert [
        each["section"] for each in znreader("feeds", "list", "--json").json["feeds"]
    ] == sections


def test_what_is_set_for_a_feed_goes_out_and_comes_in_with_it(
    znreader: Call, home: Path, tmp_path: Path
) -> None:
    path, out = settings_folder(home) / "feeds.toml", tmp_path / "uit.opml"
    path.parent.mkdir(parents=True, exist_ok=True)
    feeds = [
        FollowedFeed("https://haven.test/rss", "Haven", "Kust", "page", 240, muted=True),
        FollowedFeed("https://los.test/feed", "Los"),
    ]
    path.write_text(feed_list(feeds), encoding="utf-8")
    assert znreader("feeds", "export", str(out)).status == 0
    path.unlink()
    assert znreader("feeds", "import", str(out)).status == 0
    assert list(read_feeds(path).feeds) == feeds


def test_a_setting_that_is_none_is_left_out_of_a_list(
    znreader: Call, home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "lijst.opml"
    file.write_text(
        '<opml xmlns:z="urn:znreader:feeds"><body><outline xmlUrl="https://los.test/feed"'
        ' z:full_text="alles" z:interval="1" z:muted="true" z:url="https://elders.test/" z:x="1"/>'
        "</body></opml>",
        encoding="utf-8",
    )
    assert znreader("feeds", "import", str(file)).status == 0
    path = settings_folder(home) / "feeds.toml"
    assert list(read_feeds(path).feeds) == [FollowedFeed("https://los.test/feed", muted=True)]


@pytest.mark.parametrize("text", ["", "<opml/>", "<opml><body><outline/></body></opml>", "a b c"])
def test_a_list_without_feeds_changes_nothing(znreader: Call, tmp_path: Path, text: str) -> None:
    file = tmp_path / "lijst.opml"
    file.write_text(text, encoding="utf-8")
    for command in (["feeds", "import"], ["import"]):
        answer = znreader(*command, str(file))
        assert answer.status == 1
        assert "Traceback" not in answer.err


def test_the_list_is_for_its_user_alone_and_may_be_edited(
    znreader: Call, home: Path, tmp_path: Path
) -> None:
    (tmp_path / "urls").write_text("https://los.test/feed\n")
    znreader("feeds", "import", str(tmp_path / "urls"))
    file = settings_folder(home) / "feeds.toml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_text(f'{file.read_text()}\n[[feeds]]\nurl = "https://haven.test/rss"\nname = "H"\n')
    assert followed(znreader) == ["https://los.test/feed", "https://haven.test/rss"]
    assert znreader("feeds", "rename", "H", "De haven", "--section", "Kust").status == 0
    assert 'name = "De haven"\nsection = "Kust"' in file.read_text()
    assert znreader("feeds", "mute", "De haven").status == 0
    assert "muted = true" in file.read_text()
    assert znreader("feeds", "mute", "De haven", "--off").status == 0
    assert "muted" not in file.read_text()


def test_a_list_that_cannot_be_read_is_never_written_over(
    znreader: Call, home: Path, tmp_path: Path
) -> None:
    (tmp_path / "urls").write_text("https://los.test/feed\n")
    folder = settings_folder(home)
    folder.mkdir(parents=True)
    file = folder / "feeds.toml"
    for text in ("[[feeds", '[[feeds]]\nurl = "haven"\n', '[[feeds]]\nnam = "x"\n', "\xff"):
        file.write_text(text, encoding="latin-1")
        answer = znreader("feeds", "import", str(tmp_path / "urls"))
        assert (answer.status, len(answer.err.splitlines())) == (1, 1)
        assert str(file) in answer.err
        assert file.read_text(encoding="latin-1") == text
        assert znreader("feeds", "list").status == 0


def test_feeds_stay_in_the_store_while_the_folder_cannot_be_written(
    znreader: Call, home: Path, tmp_path: Path
) -> None:
    (tmp_path / "urls").write_text("https://los.test/feed\nhttps://haven.test/rss\n")
    folder = settings_folder(home)
    folder.parent.mkdir(parents=True)
    # A file in the place of the folder: also one who may write everywhere cannot write in it.
    folder.write_text("")
    answer = znreader("feeds", "import", str(tmp_path / "urls"))
    assert answer.status == 0
    assert "feeds.toml" in answer.err
    assert followed(znreader) == ["https://los.test/feed", "https://haven.test/rss"]
    assert znreader("feeds", "remove", "https://los.test/feed").status == 0
    assert followed(znreader) == ["https://haven.test/rss"]
    folder.unlink()
    assert znreader("feeds", "mute", "https://haven.test/rss").status == 0
    assert "haven.test" in (folder / "feeds.toml").read_text()
    assert followed(znreader) == ["https://haven.test/rss"]


def test_the_settings_come_first_and_are_never_edited(znreader: Call, home: Path) -> None:
    folder = settings_folder(home)
    folder.mkdir(parents=True)
    text = '[[feeds]]\nurl = "http://haven.test/rss/"\nname = "Haven"\ninterval = 5\n'
    (folder / "config.toml").write_text(text)
    (folder / "feeds.toml").write_text('[[feeds]]\nurl = "https://haven.test/rss"\nname = "X"\n')
    (feed,) = znreader("feeds", "list", "--json").json["feeds"]
    assert (feed["name"], feed["interval"]) == ("Haven", 5)
    for change in (["remove", "Haven"], ["rename", "Haven", "Y"], ["mute", "Haven"]):
        answer = znreader("feeds", *change)
        assert answer.status == 2
        assert "config.toml" in answer.err
    assert (folder / "config.toml").read_text() == text


@pytest.mark.parametrize(
    "table", ['name = "x"', 'url = "ftp://a/"', 'url = "http://a:b@c/"', "url = 1"]
)
def test_a_wrong_feed_of_the_settings_is_left_out_and_named(
    znreader: Call, home: Path, table: str
) -> None:
    folder = settings_folder(home)
    folder.mkdir(parents=True)
    good = '[[feeds]]\nurl = "https://haven.test/rss"\ninterval = 1\ncolour = "red"\n'
    (folder / "config.toml").write_text(f"[[feeds]]\n{table}\n{good}")
    answer = znreader("feeds", "list", "--json")
    assert [feed["interval"] for feed in answer.json["feeds"]] == [60]
    assert "feeds[1]" in answer.err
    assert "feeds[2].interval" in answer.err
    assert "colour" in answer.err


def test_suggestions_fetch_nothing(znreader: Call) -> None:
    found = znreader("feeds", "suggest", "--json").json["suggestions"]
    assert {"Omroep Zeeland", "PZC", "Tweakers"} <= {each["name"] for each in found}
    assert all(set(each) == {"name", "section", "home", "url"} for each in found)
    assert znreader("feeds", "suggest").status == 0


def test_json_has_every_key_before_the_first_run(znreader: Call, tmp_path: Path) -> None:
    (tmp_path / "urls").write_text("https://los.test/feed\n")
    znreader("feeds", "import", str(tmp_path / "urls"))
    (feed,) = json.loads(znreader("feeds", "list", "--json").out)["feeds"]
    assert (feed["checked"], feed["unread"], feed["state"]) == (None, 0, "ok")


def test_a_sync_tells_of_each_feed_by_its_name(znreader: Call, host: FeedHost) -> None:
    with host:
        znreader("feeds", "add", host.url("/rss"), "--name", "De haven")
        host.pages["/rss"] = rss("Havenlog", "Zeehond slaapt", at=datetime.now(UTC))
        done = znreader("sync", "De haven")
        assert "De haven: 1 nieuw bericht\n" in done.out
        assert znreader("list", "--json").json["teasers"][0]["title"] == "Zeehond slaapt"
        host.pages["/rss"] = "Dit is geen feed."
        failing = znreader("sync", "De haven").out
        assert "De haven: 0 nieuwe berichten, 0 artikelen, 1 mislukt\n" in failing
        events = znreader("sync", "De haven", "--events").out.splitlines()
        failed = next(event for event in map(json.loads, events) if event["event"] == "failed")
        assert (failed["source"], failed["url"]) == ("De haven", host.url("/rss"))
        (feed,) = znreader("feeds", "list", "--json").json["feeds"]
        assert feed["failure"]["code"] == "no_feed"
        assert feed["reason"] == "Dit is geen feed."


def test_a_digest_and_an_article_tell_which_feed_they_are_of(
    znreader: Call, host: FeedHost
) -> None:
    host.pages["/los"] = rss("Los blad", "Molen staat stil", at=datetime.now(UTC))
    with host:
        znreader("feeds", "add", host.url("/rss"), "--section", "Kust")
        znreader("feeds", "add", host.url("/los"))
    digest = znreader("digest", "--since", "2d", "--json").json
    told = {each["title"]: each["source"] for each in digest["singles"]}
    assert told == {
        "Boot vaart": "Havenlog", "Kraan draait": "Havenlog", "Molen staat stil": "Los blad",
    }  # fmt: skip
    lines = znreader("digest", "--since", "2d").out.splitlines()
    assert any(line.startswith("· Boot vaart · Havenlog · ") for line in lines)
    assert " · Havenlog" in znreader("digest", "--since", "2d", "--markdown").out
    for name, titles in (("havenl", 2), ("los blad", 1), ("elders", 0)):
        found = znreader("digest", "--since", "2d", "--source", name, "--json").json
        assert len(found["singles"]) == titles
    url = host.url("/nieuws/boot-vaart")
    assert znreader("show", url, "--json").json["source"] == "Havenlog"
    assert "Havenlog · Kust" in znreader("show", url).out
    assert "*Havenlog · Kust · " in znreader("show", url, "--markdown").out
    other = znreader("show", host.url("/nieuws/molen-staat-stil"), "--markdown").out
    assert "*Los blad · 2" in other


@pytest.mark.parametrize(
    "address",
    [
        "https://jan:geheim@haven.test/rss",
        "https://jan:1@geheim@haven.test/rss",
        "https://jan:a/geheim@haven.test/rss",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(znreader: Call, address: str) -> None:
    answer = znreader("feeds", "add", address)
    assert answer.status == 2
    assert "~/.netrc" in answer.err
    assert "geheim" not in answer.err
    assert "geheim" not in znreader("feeds", "remove", address).err


@pytest.mark.parametrize(
    "feeds",
    [
        '[[feeds]]\nurl = "{}"\n',
        'feeds = ["{}"]\n',
        'feeds = [{{ name = "{}" }}]\n',
        'site = "{}"\n',
    ],
)
@pytest.mark.parametrize("secret", ["jan:geheim", "jan:a/geheim", "jan:a@geheim"])
def test_what_is_wrong_in_the_settings_is_told_without_a_password(
    tmp_path: Path, feeds: str, secret: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(feeds.format(f"https://{secret}@haven.test/rss"), encoding="utf-8")
    problems = load_settings(path).problems
    assert problems
    assert "geheim" not in "".join(map(said, problems))


def test_an_address_with_an_at_sign_in_its_query_is_a_good_one(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[[feeds]]\nurl = "https://haven.test?mail=jan@los.test"\n', encoding="utf-8")
    assert load_settings(path).problems == ()


@pytest.mark.usefixtures("english")
def test_the_list_tells_of_each_feed_what_it_has_and_why_it_brings_nothing(
    znreader: Call, host: FeedHost, tmp_path: Path
) -> None:
    assert "feeds add" in znreader("feeds", "list").out
    urls = tmp_path / "urls"
    with host:
        assert znreader("feeds", "add", host.url("/rss")).status == 0
        urls.write_text(f'{host.url("/los")} "~Los"\n')
        assert znreader("feeds", "import", str(urls)).status == 0
        assert znreader("feeds", "mute", host.url("/los")).status == 0
    first, second, why = znreader("feeds", "list").out.splitlines()
    assert first.startswith("Havenlog: 2 unread, last answered ")
    assert second.startswith("Los: 0 unread, ")
    assert why.strip() == "It is muted."


@pytest.mark.usefixtures("english")
def test_a_list_of_which_all_is_followed_already_offers_no_sync(
    znreader: Call, tmp_path: Path
) -> None:
    urls = tmp_path / "urls"
    urls.write_text("https://haven.test/rss\n")
    first = znreader("feeds", "import", str(urls))
    assert first.out.startswith("1 feed added, 0 already followed. `znreader sync`")
    again = znreader("feeds", "import", str(urls))
    assert again.out == "No feed was added (1 already followed).\n"


@pytest.mark.usefixtures("english")
def test_a_feed_that_failed_before_it_was_muted_brings_nothing_because_of_that(
    znreader: Call, host: FeedHost
) -> None:
    with host:
        znreader("feeds", "add", host.url("/rss"))
        del host.pages["/rss"]
        znreader("sync", "Havenlog")
        assert "no longer exists" in znreader("feeds", "list").out
        znreader("feeds", "mute", "Havenlog")
        assert znreader("feeds", "list").out.splitlines()[1:] == ["    It is muted."]


@pytest.mark.usefixtures("english")
def test_a_feed_whose_name_is_taken_away_has_its_own_title(znreader: Call, host: FeedHost) -> None:
    with host:
        url = host.url("/rss")
        assert znreader("feeds", "add", url, "--name", "Kade").status == 0
    assert "Havenlog" in znreader("feeds", "rename", url, "").out


def test_a_feed_without_a_title_has_one_name_everywhere(znreader: Call, host: FeedHost) -> None:
    host.pages["/zonder"] = rss("", "Pont vaart weer")
    with host:
        url = host.url("/zonder")
        znreader("feeds", "add", url)
        assert znreader("feeds", "list").out.startswith("127.0.0.1: ")
        assert znreader("feeds", "mute", url).out.startswith("127.0.0.1 ")
        assert url not in znreader("feeds", "remove", url).out
