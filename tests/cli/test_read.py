"""`znreader read`: the news read out line by line, with short answers."""

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.model import Block, Image, Selection, TextLink
from reader.store import Store
from reader.store.headlines import Headlines
from tests.cli.conftest import Call
from tests.store.builders import NOON, article, hours_old, linked, listing

pytestmark = pytest.mark.usefixtures("english")

Answers = Callable[..., list[str]]
_ROWS = (("Ploeg", "Punten"), ("Zwaakse Boys", "12"), ("DWO Veluwe", "9"))
_OUTSIDE = "https://voorbeeld.test/programma"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("ZNREADER_DATA", str(tmp_path))
    with Store(tmp_path / "cache.sqlite3") as store:
        _fill(store)
        yield store


def _fill(cache: Store) -> None:
    rich = article(linked("Boot vaart", "De boot vaart weer.", section="Tholen", age=hours_old(1)))
    blocks = (
        Block("paragraph", "De boot vaart weer. Zie het programma.",
              links=(TextLink(28, 37, _OUTSIDE),)),
        Block("heading", "Dienst"),
        Block("quote", "Mooi weer."),
        Block("item", "Elk uur"),
        Block("item", "Elke dag", number=2),
        Block("table", "", rows=_ROWS),
    )  # fmt: skip
    under = (linked("Haven krijgt bank", section="Goes", age=hours_old(3)),)
    page = replace(rich, blocks=blocks, image=Image("https://voorbeeld.test/a.jpg"), related=under)
    cache.pages.add(page)
    more = [linked(f"Krab {n} wint", section="Sport", age=hours_old(n)) for n in range(4, 20)]
    cache.pages.add(listing(*more))


@pytest.fixture
def answers(znreader: Call, monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Give answers to the dialogue and return the lines that it printed."""

    def give(*typed: str, options: Sequence[str] = ()) -> list[str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{each}\n" for each in typed)))
        answer = znreader("read", "--offline", *options)
        assert (answer.status, answer.err) == (0, "")
        assert "\x1b" not in answer.out
        return answer.out.splitlines()

    return give


def test_the_list_is_read_out_ten_at_a_time_in_words(cache: Store, answers: Answers) -> None:
    lines = answers("", "q")
    assert lines[0] == "Unread: 18 headlines, 18 unread."
    assert lines[1].startswith("1. Boot vaart, unread, Tholen, ")
    assert lines[2].startswith("2. Haven krijgt bank, unread, headline only, Goes, ")
    assert lines[10].startswith("10. ")
    assert lines[11] == "Enter for more; 8 left."
    assert lines[12].startswith("Number, Enter, or h for help: 11. Krab ")
    assert lines[-2] == "That was the whole list."


def test_an_article_is_read_out_with_words_for_what_it_has(cache: Store, answers: Answers) -> None:
    lines = answers("1")
    begun = next(n for n, line in enumerate(lines) if line.endswith("Title: Boot vaart"))
    assert lines[begun + 1].startswith("Tholen, ")
    assert lines[begun + 2 : -1] == [
        "De boot vaart weer. Zie het programma.",
        "Heading: Dienst",
        "Quote: Mooi weer.",
        "Item: Elk uur",
        "2. Elke dag",
        "Table, rows: 2.",
        "Row 1: Ploeg: Zwaakse Boys; Punten: 12",
        "Row 2: Ploeg: DWO Veluwe; Punten: 9",
        "End of the article.",
    ]
    assert len(cache.headlines.ids(Selection(unread=True))) == 17


def test_what_is_not_offline_is_told_and_stays_unread(cache: Store, answers: Answers) -> None:
    lines = answers("2", "f")
    assert "This article is not available offline. Offline mode is on: nothing is fetched." in lines
    assert any("--offline allows no network" in line for line in lines)
    assert len(cache.headlines.ids(Selection(unread=True))) == 18


def test_a_headline_that_was_removed_leaves_the_numbers_of_the_others(
    cache: Store, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = Headlines.load
    gone = cache.headlines.ids(Selection(unread=True))[1]
    monkeypatch.setattr(
        Headlines, "load", lambda self, ids: load(self, [each for each in ids if each != gone])
    )
    lines = answers("3")
    third = next(line for line in lines if line.startswith("3. "))
    assert not any(line.startswith("2. ") for line in lines)
    title = next(line.partition("Title: ")[2] for line in lines if "Title: " in line)
    assert third.startswith(f"3. {title}, ")


def test_a_capital_q_quits(cache: Store, answers: Answers) -> None:
    assert not any("Title: " in line for line in answers("Q", "1"))


def test_a_very_long_answer_is_one_answer(cache: Store, answers: Answers) -> None:
    lines = answers("/" + "boot" * 1_000 + "q", "1")
    assert sum("Number, Enter, or h for help:" in line or "Choice:" in line for line in lines) == 3
    assert not any("Title: " in line for line in lines)


def test_bytes_that_are_not_text_do_not_end_the_dialogue(
    cache: Store, znreader: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = io.TextIOWrapper(io.BytesIO(b"/\xff\xfe\na\n1\nq\n"), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", typed)
    answer = znreader("read", "--offline")
    assert (answer.status, answer.err) == (0, "")
    assert "Title: Boot vaart" in answer.out


def test_one_goes_on_to_the_next_unread_and_back(cache: Store, answers: Answers) -> None:
    lines = answers("1", "", "p", "p")
    read = [line.rpartition("Title: ")[2] for line in lines if "Title: " in line]
    assert read == ["Boot vaart", "Haven krijgt bank", "Boot vaart"]
    assert lines[-2] == "Choice: This is the first headline of the list."


def test_marks_are_set_and_told(cache: Store, answers: Answers) -> None:
    lines = answers("1", "s", "u")
    assert "Choice: Saved: Boot vaart" in lines
    assert "Choice: Unread again: Boot vaart" in lines
    (saved,) = cache.headlines.load(cache.headlines.ids(Selection(saved=True)))
    assert not saved.read
    assert "Choice: No longer saved: Boot vaart" in answers("1", "s")


def test_links_and_the_image_have_numbers(cache: Store, answers: Answers) -> None:
    lines = answers("1", "l", "1", "2", "3", "4")
    assert "Choice: 1. programma" in lines
    assert "2. The image" in lines
    assert "3. The page of this article" in lines
    assert f"Choice: {_OUTSIDE}" in lines
    assert "Choice: https://voorbeeld.test/a.jpg" in lines
    assert "Choice: https://www.zeelandnet.nl/nieuws/boot-vaart" in lines
    assert "Choice: There is no number 4 here." in lines


def test_a_link_without_words_is_its_address_and_each_address_comes_once(
    cache: Store, answers: Answers
) -> None:
    links = (TextLink(0, 0, _OUTSIDE), TextLink(0, 3, _OUTSIDE), TextLink(4, 900, "http://"))
    page = article(linked("Zeehond slaapt", age=hours_old(0)))
    cache.pages.add(replace(page, blocks=(Block("paragraph", "Een zeehond.", links=links),)))
    lines = answers("1", "l")
    assert f"Choice: 1. {_OUTSIDE}" in lines
    assert "2. The page of this article" in lines
    assert not any(
        line.startswith("3. ") for line in lines[lines.index(f"Choice: 1. {_OUTSIDE}") :]
    )


def test_sections_related_and_a_search_are_lists_of_their_own(
    cache: Store, answers: Answers
) -> None:
    lines = answers("r", "99", "/boot", "1", "v", "1")
    assert any(line.endswith("1. Goes, 1 unread") for line in lines)
    assert "Choice: There is no number 99 here." in lines
    assert "Choice: /boot: 1 headline, 1 unread." in lines
    assert any("1. Haven krijgt bank, unread" in line for line in lines)
    assert lines[-4].endswith("Title: Haven krijgt bank")


@pytest.mark.parametrize("typed", ["x", "99999", "9" * 500, "0", "s", "l", "-1", "²", "\x1b[31m"])
def test_whatever_is_typed_is_answered(cache: Store, answers: Answers, typed: str) -> None:
    lines = answers(typed, "h")
    assert len(lines) > 20
    assert any("q: quit" in line for line in lines)


def test_a_section_to_begin_with_and_everything(cache: Store, answers: Answers) -> None:
    cache.marks.set("read", cache.headlines.ids(Selection(section="Tholen")), NOON)
    assert answers(options=["--section", "Tholen"])[0] == "Tholen: 0 headlines, 0 unread."
    lines = answers(options=["--section", "Tholen", "--all"])
    assert lines[1].startswith("1. Boot vaart, read, Tholen")


def test_an_empty_cache_says_how_to_fill_it(answers: Answers) -> None:
    assert answers() == [
        "No headlines. Fetch them with `znreader sync`, or import saved pages with"
        " `znreader import PATH...`."
    ]


def test_on_a_terminal_a_line_has_whole_words(
    cache: Store, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "24")
    lines = answers("1", "q")
    assert max(map(len, lines[:10])) < 24
    assert "Row 1: Ploeg: Zwaakse" in lines
    assert "Boys; Punten: 12" in lines


def test_a_capital_u_takes_back_marks_and_says_which(cache: Store, answers: Answers) -> None:
    said = answers("1", "s", "u", "U", "U", "U", "q")
    assert [line for line in said if "Boot vaart" in line and ":" in line][-4:] == [
        "Choice: Saved: Boot vaart",
        "Choice: Unread again: Boot vaart",
        "Choice: Read: Boot vaart",
        "Choice: No longer saved: Boot vaart",
    ]
    assert "Choice: There is nothing to undo." in said
    (headline,) = cache.headlines.load(cache.headlines.ids(Selection(), 1))
    assert (headline.read, headline.saved) == (True, False)


def test_what_was_marked_elsewhere_in_bulk_is_taken_back_as_one(
    cache: Store, answers: Answers
) -> None:
    ids = cache.headlines.ids(Selection(section="Sport"))
    cache.marks.set("saved", ids, NOON)
    assert f"Choice: Undone: the mark of {len(ids)} headlines." in answers("h", "U", "q")
    assert not cache.headlines.ids(Selection(saved=True))


def test_a_section_that_does_not_exist_is_told(cache: Store, answers: Answers) -> None:
    said = answers("/tag:werk", "q", options=("--section", "Kookkunst"))
    assert "There is no section “Kookkunst”." in said
    assert any("There is no tag “werk”." in line for line in said)
