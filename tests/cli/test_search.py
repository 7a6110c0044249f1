"""`znreader search`, as scripts and people use it."""

from pathlib import Path

import pytest

from tests.cli.conftest import AT, Call


@pytest.fixture
def search(znreader: Call, page: Path) -> Call:
    """Return the command, over a cache with one article and two headlines."""
    znreader("import", str(page), "--at", AT)
    return lambda *arguments: znreader("search", *arguments)


def titles(search: Call, *arguments: str) -> list[str]:
    return [teaser["title"] for teaser in search(*arguments, "--json").json["teasers"]]


def test_words_need_no_quotes_and_a_dash_takes_a_word_away(search: Call) -> None:
    assert titles(search, "rederij", "motor") == ["Veerpont vaart weer"]
    assert titles(search, "pont", "-kampt") == []
    assert sorted(titles(search, "-zeehond", "breskens")) == [
        "Pontveer kampt met storing", "Veerpont vaart weer",
    ]  # fmt: skip
    assert titles(search, "breskens", "-hond", "-pontveer") == ["Veerpont vaart weer"]
    assert titles(search, "place:domburg", "is:unread") == ["Zeehond rust uit op strand"]
    assert len(titles(search, "--limit", "1", "breskens")) == 1


def test_json_is_that_of_a_list_with_a_snippet(search: Call, znreader: Call) -> None:
    (hit,) = search("motor", "--json").json["teasers"]
    assert hit.pop("snippet").startswith("De storing in de motor is verholpen")
    assert hit in znreader("list", "--json").json["teasers"]


def test_a_person_reads_headlines_and_snippets(search: Call) -> None:
    lines = search("motor").out.splitlines()
    assert lines[0] == "● Veerpont vaart weer"
    assert lines[2].startswith("  De storing in de motor is verholpen")


def test_matches_are_bold_on_a_terminal_that_has_colour(
    search: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.cli.news_output.is_coloured", lambda: True)
    assert "in de \x1b[1mmotor\x1b[0m is" in search("motor").out


def test_nothing_found_is_a_sentence_and_no_failure(search: Call) -> None:
    answer = search("kameel")
    assert (answer.status, answer.out, answer.err) == (
        0,
        "Niets gevonden.\n",
        "",
    )
    assert search("kameel", "--json").json == {"teasers": []}


@pytest.mark.parametrize("arguments", [[], ["pont", "--limit", "0"], ["pont", "--kleur"]])
def test_wrong_usage_is_told(search: Call, arguments: list[str]) -> None:
    assert search(*arguments).status == 2


@pytest.mark.parametrize("typed", ['"', "*", "a-b", "AND", "place:", "--", "\udcff", "-"])
def test_no_query_is_a_failure(search: Call, typed: str) -> None:
    answer = search("pont", typed)
    assert (answer.status, answer.err) == (0, "")


def test_help_is_still_to_be_had(search: Call) -> None:
    assert "is: story: before: after:" in " ".join(search("-h").out.split())
