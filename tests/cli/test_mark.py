"""Marks set by scripts."""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.model import MarkChange
from reader.store import Store
from tests.cli.conftest import AT, URL, Call

_NOW = datetime(2026, 3, 14, 15, 20, tzinfo=UTC)
_OTHER = "https://www.zeelandnet.nl/nieuws/zeehond-rust-uit-op-strand"


@pytest.fixture(autouse=True)
def _edition(znreader: Call, page: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert znreader("import", str(page), "--at", AT).status == 0


def _marks(znreader: Call) -> dict[str, tuple[bool, bool]]:
    found = znreader("list", "--json").json["teasers"]
    return {each["url"]: (each["read"], each["saved"]) for each in found}


def _url_and_id(znreader: Call) -> tuple[str, str]:
    """Return the address of one headline, and the id of the one at `_OTHER`."""
    number = next(
        each["id"] for each in znreader("list", "--json").json["teasers"] if each["url"] == _OTHER
    )
    return _OTHER.replace("zeehond-rust-uit-op-strand", "pontveer-kampt-met-storing"), str(number)


def test_marks_are_set_and_cleared_by_address_and_by_id(znreader: Call) -> None:
    url, number = _url_and_id(znreader)
    done = znreader("mark", url, number, "--read", "--save")
    assert (done.status, done.out, done.err) == (0, "2 headlines changed\n", "")
    marks = _marks(znreader)
    assert marks[url] == marks[_OTHER] == (True, True)
    assert znreader("mark", number, "--unsave", "--quiet").out == ""
    assert _marks(znreader)[_OTHER] == (True, False)
    assert znreader("mark", number, "--unread").status == 0
    assert _marks(znreader)[_OTHER] == (False, False)


def test_what_a_script_marks_is_not_what_is_undone_in_the_reader(
    znreader: Call, home: Path
) -> None:
    url, number = _url_and_id(znreader)
    path = home / ".local" / "share" / "znreader" / "cache.sqlite3"
    with Store(path) as library:
        library.marks.set("saved", [int(number)], _NOW)
    assert znreader("mark", url, number, "--read", "--tag", "haven").status == 0
    with Store(path) as library:
        assert library.marks.undo(_NOW) == MarkChange("saved", value=True, ids=(int(number),))
        assert library.marks.undo(_NOW) is None


def test_items_are_read_from_standard_input(
    znreader: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, number = _url_and_id(znreader)
    text = f"{url}\n\n  {number}\n".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert znreader("mark", "-", "--save").status == 0
    assert [_marks(znreader)[each][1] for each in (url, _OTHER)] == [True, True]


def test_what_is_not_there_is_named_after_the_others_are_marked(znreader: Call) -> None:
    url, _ = _url_and_id(znreader)
    done = znreader("mark", "99999999999999999999", f"{URL}-niet", url, "--read")
    assert done.status == 1
    assert len(done.err.splitlines()) == 2
    assert _marks(znreader)[url][0]


def test_without_a_mark_it_is_wrong_usage(znreader: Call) -> None:
    assert znreader("mark", URL).status == 2
    assert znreader("mark", URL, "--read", "--unread").status == 2
