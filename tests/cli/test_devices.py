"""`exchange` and `devices`: marks reach another machine, and each command reports its result."""

import gzip
import json
from pathlib import Path

import pytest

from .conftest import URL, Answer, Call


@pytest.fixture
def machines(
    znreader: Call, home: Path, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Call:
    """Call the command line on one of two machines, each with one article."""
    folder = tmp_path / "sync"

    def call(name: str, *arguments: str) -> Answer:
        monkeypatch.setenv("ZNREADER_DATA", str(tmp_path / name))
        config = tmp_path / f"{name}.toml"
        if not config.exists():
            config.write_text(f'sync_folder = "{folder}"\ndevice_name = "{name}"\n')
            assert call(name, "import", str(page), "--quiet").status == 0
        return znreader(*arguments, "--config", str(config))

    return call


def test_what_is_read_and_saved_on_one_machine_is_so_on_the_other(machines: Call) -> None:
    item = "https://www.zeelandnet.nl/nieuws/pontveer-kampt-met-storing"
    assert machines("laptop", "mark", item, "--read", "--save").status == 0
    machines("desktop", "exchange")
    done = machines("laptop", "exchange", "--json")
    assert done.json == {"written": 2, "read": 0, "changed": 0, "left": []}
    assert machines("desktop", "exchange", "--json").json["changed"] == 2
    (found,) = machines("desktop", "list", "--saved", "--json").json["teasers"]
    assert (found["url"], found["read"], found["saved"]) == (item, True, True)


def test_exchange_says_what_came_of_it_and_nothing_where_it_is_quiet(machines: Call) -> None:
    assert "0 geschreven" in machines("laptop", "exchange").out
    quiet = machines("laptop", "exchange", "--quiet")
    assert (quiet.status, quiet.out, quiet.err) == (0, "", "")
    lines = machines("laptop", "exchange", "--events").out.splitlines()
    assert [json.loads(line)["event"] for line in lines] == ["exchanged", "done"]


def test_devices_lists_the_machines_with_when_they_wrote(machines: Call) -> None:
    before = machines("laptop", "devices", "--json").json
    assert (before["device"], before["devices"], before["exchanged"]) == (None, [], None)
    machines("laptop", "mark", "1", "--read")
    assert machines("laptop", "devices", "--json").json["untold"] is not None
    for name in ("laptop", "desktop"):
        machines(name, "exchange")
    said = machines("laptop", "devices", "--json").json
    assert [(each["name"], each["own"]) for each in said["devices"]] == [
        ("laptop", True), ("desktop", False),
    ]  # fmt: skip
    assert said["untold"] is None
    assert said["exchanged"] is not None
    out = machines("laptop", "devices").out
    assert "laptop" in out
    assert "dit apparaat" in out
    assert "desktop" in out


def test_a_machine_can_be_forgotten_but_not_the_own_one(machines: Call, tmp_path: Path) -> None:
    for name in ("laptop", "desktop"):
        machines(name, "mark", "1", "--read")
        machines(name, "exchange")
    assert machines("laptop", "devices", "forget", "laptop").status == 1
    assert machines("laptop", "devices", "forget", "telefoon").status == 1
    assert machines("laptop", "devices", "forget", "desktop").status == 0
    assert len(machines("laptop", "devices", "--json").json["devices"]) == 1


def test_a_machine_gets_another_name_where_the_settings_give_none(
    machines: Call, tmp_path: Path
) -> None:
    assert machines("laptop", "devices", "rename", "keuken").status == 1
    config = tmp_path / "laptop.toml"
    config.write_text(f'sync_folder = "{tmp_path / "sync"}"\n')
    assert machines("laptop", "devices", "rename", " \x1b[1m ").status == 2
    assert machines("laptop", "devices", "rename", "keuken").status == 0
    machines("laptop", "mark", "1", "--read")
    machines("laptop", "exchange")
    assert machines("laptop", "devices", "--json").json["name"] == "keuken"


def test_without_a_folder_nothing_is_exchanged_and_the_settings_say_how(
    znreader: Call, page: Path
) -> None:
    znreader("import", str(page))
    done = znreader("exchange")
    assert done.status == 1
    assert "sync_folder" in done.err
    listed = znreader("devices")
    assert (listed.status, listed.err) == (0, "")
    assert "sync_folder" in listed.out
    listed = znreader("devices", "--json")
    assert (listed.status, listed.json["folder"], listed.json["devices"]) == (0, None, [])


def test_a_folder_that_is_gone_is_told_in_one_sentence(machines: Call, tmp_path: Path) -> None:
    machines("laptop", "mark", "1", "--read")
    machines("laptop", "exchange")
    (tmp_path / "sync").rename(tmp_path / "weg")
    for command in ("exchange", "devices"):
        done = machines("laptop", command)
        assert (done.status, done.out) == (1, "")
        assert "De map is weg" in done.err
        assert len(done.err.splitlines()) == 1
    machines("laptop", "mark", URL, "1", "--unread")
    out = machines("laptop", "doctor", "--offline").out
    assert "De map is weg" in out
    assert "Nog niet gedeeld" in out


def test_doctor_tells_of_conflict_files_and_a_clock_that_is_ahead(
    machines: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machines("laptop", "mark", "1", "--read")
    machines("laptop", "exchange")
    (device,) = (tmp_path / "sync").iterdir()
    (device / "00000001-0a1b2c3d.sync-conflict-20260314-120000-ABCDEFG.jsonl.gz").touch()
    out = machines("laptop", "doctor", "--offline").out
    assert "1 conflictbestand" in out
    assert "voor" not in out.split("conflictbestand")[1].split("netwerk")[0]


@pytest.mark.parametrize("wrong", ['"Sync"', "3", '"~/a\\u0000b"'])
def test_a_folder_that_is_none_is_left_out_of_the_settings(
    znreader: Call, tmp_path: Path, wrong: str
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f"sync_folder = {wrong}\n")
    assert "sync_folder" in znreader("exchange", "--config", str(config)).err


def test_commands_around_an_exchange_are_given_as_a_line_or_as_words(
    machines: Call, tmp_path: Path
) -> None:
    machines("laptop", "exchange")
    config = tmp_path / "laptop.toml"
    for said in (f"\"touch '{tmp_path}/a b'\"", f'["touch", "{tmp_path}/a b"]'):
        config.write_text(f'sync_folder = "{tmp_path / "sync"}"\nsync_after = {said}\n')
        assert machines("laptop", "exchange").status == 0
        (tmp_path / "a b").unlink()
    config.write_text(f'sync_folder = "{tmp_path / "sync"}"\nsync_after = "false"\n')
    done = machines("laptop", "exchange")
    assert done.status == 1
    assert "status 1" in done.err


def test_a_copy_that_is_put_back_gets_the_marks_that_were_set_since(
    machines: Call, tmp_path: Path
) -> None:
    copy = str(tmp_path / "copy.sqlite3")
    machines("laptop", "exchange")
    machines("laptop", "backup", copy)
    machines("laptop", "mark", "1", "--save")
    machines("laptop", "exchange")
    out = machines("laptop", "restore", copy).out.splitlines()
    assert str(tmp_path / "sync") in out[0]
    assert machines("laptop", "list", "--saved", "--json").json["teasers"] == []
    machines("laptop", "exchange")
    assert len(machines("laptop", "list", "--saved", "--json").json["teasers"]) == 1


_FEED = "https://voorbeeld.example/feed.xml"
_OTHER = "http://ander.example/rss"
_LIST = (
    '<opml version="2.0"><body><outline type="rss" text="Nieuws" xmlUrl="{0}"/>'
    '<outline type="rss" text="Ander" xmlUrl="{1}"/></body></opml>'
)


@pytest.fixture
def apart(znreader: Call, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Call the command line on one of two machines whose settings lie apart."""

    def call(name: str, *arguments: str) -> Answer:
        monkeypatch.setenv("ZNREADER_DATA", str(tmp_path / name))
        config = tmp_path / f"config {name}" / "config.toml"
        if not config.exists():
            config.parent.mkdir()
            config.write_text(f'sync_folder = "{tmp_path / "sync"}"\ndevice_name = "{name}"\n')
        return znreader(*arguments, "--config", str(config))

    return call


def _feeds(call: Call, name: str) -> list[tuple[str, bool]]:
    said = call(name, "feeds", "list", "--json").json["feeds"]
    return [(each["url"], each["muted"]) for each in said]


def _carry(call: Call, *names: str) -> None:
    for name in (*names, names[0]):
        assert call(name, "exchange").status == 0


def test_a_feed_that_is_followed_muted_or_left_on_one_machine_is_so_on_the_other(
    apart: Call, tmp_path: Path
) -> None:
    subscriptions = tmp_path / "feeds.opml"
    subscriptions.write_text(_LIST.format(_FEED, _OTHER))
    assert apart("laptop", "feeds", "import", str(subscriptions)).status == 0
    _carry(apart, "laptop", "desktop")
    assert _feeds(apart, "desktop") == [(_FEED, False), (_OTHER, False)]
    assert apart("desktop", "feeds", "mute", _FEED).status == 0
    assert apart("desktop", "feeds", "remove", _OTHER).status == 0
    _carry(apart, "desktop", "laptop")
    assert _feeds(apart, "laptop") == [(_FEED, True)]
    assert apart("laptop", "feeds", "mute", "--off", _FEED).status == 0
    _carry(apart, "laptop", "desktop")
    assert _feeds(apart, "desktop") == [(_FEED, False)]


def test_of_a_feed_that_one_machine_left_and_the_other_followed_again_the_later_counts(
    apart: Call, tmp_path: Path
) -> None:
    subscriptions = tmp_path / "feeds.opml"
    subscriptions.write_text(_LIST.format(_FEED, _OTHER))
    for name in ("laptop", "desktop"):
        apart(name, "feeds", "import", str(subscriptions))
    _carry(apart, "laptop", "desktop")
    for name in ("desktop", "laptop"):
        apart(name, "feeds", "remove", _FEED)
    apart("laptop", "feeds", "import", str(subscriptions))
    apart("desktop", "feeds", "remove", _OTHER)
    _carry(apart, "laptop", "desktop")
    assert sorted(_feeds(apart, "desktop")) == sorted(_feeds(apart, "laptop")) == [(_FEED, False)]


def test_a_list_of_feeds_that_was_changed_by_hand_is_told_and_one_that_is_gone_is_not(
    apart: Call, tmp_path: Path
) -> None:
    by_hand = tmp_path / "config laptop" / "feeds.toml"
    apart("laptop", "exchange")
    by_hand.write_text(f'[[feeds]]\nurl = "{_FEED}"\n\n[[feeds]]\nurl = "{_OTHER}"\n')
    _carry(apart, "laptop", "desktop")
    assert len(_feeds(apart, "desktop")) == 2
    by_hand.write_text(f'[[feeds]]\nurl = "{_OTHER}"\n')
    _carry(apart, "laptop", "desktop")
    assert _feeds(apart, "desktop") == [(_OTHER, False)]
    by_hand.unlink()
    _carry(apart, "laptop", "desktop")
    assert _feeds(apart, "desktop") == _feeds(apart, "laptop") == [(_OTHER, False)]
    by_hand.write_text("[[feeds")
    told = apart("laptop", "exchange")
    assert (told.status, "feeds.toml" in told.err) == (1, True)
    apart("desktop", "exchange")
    assert _feeds(apart, "desktop") == [(_OTHER, False)]
    assert by_hand.read_text() == "[[feeds"


def test_feeds_of_the_settings_are_not_carried_and_stay(apart: Call, tmp_path: Path) -> None:
    apart("laptop", "exchange")
    config = tmp_path / "config laptop" / "config.toml"
    config.write_text(f'{config.read_text()}\n[[feeds]]\nurl = "{_FEED}"\n')
    subscriptions = tmp_path / "feeds.opml"
    subscriptions.write_text(_LIST.format(_FEED, _OTHER))
    apart("desktop", "feeds", "import", str(subscriptions))
    apart("desktop", "feeds", "remove", _FEED)
    _carry(apart, "desktop", "laptop")
    assert sorted(_feeds(apart, "laptop")) == [(_OTHER, False), (_FEED, False)]
    assert _feeds(apart, "desktop") == [(_OTHER, False)]


def test_a_feed_at_no_address_is_not_followed_and_one_without_a_scheme_is(
    apart: Call, tmp_path: Path
) -> None:
    apart("laptop", "exchange")
    said = [
        [5_000_000, "follow", True, f"feed:{url}", "00000000ff"]
        for url in ("x y", "file:///etc/passwd", "https://a@b.example/", "https://" + "x" * 3_000)
    ]
    head = {"format": "znreader-marks", "version": 1, "device": "00000000ff", "name": "x",
            "at": "2026-03-14T12:00:00Z", "program": "0.2"}  # fmt: skip
    place = tmp_path / "sync" / "00000000ff" / "00000001-00000000.jsonl.gz"
    place.parent.mkdir(parents=True)
    said.append([5_000_000, "follow", True, "feed:voorbeeld.example/feed.xml", "00000000ff"])
    place.write_bytes(gzip.compress("\n".join(map(json.dumps, [head, *said, ""])).encode()))
    assert apart("laptop", "exchange").status == 0
    assert _feeds(apart, "laptop") == [(_FEED, False)]
