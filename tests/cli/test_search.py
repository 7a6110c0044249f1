"""`znreader search`, as scripts and people use it."""

from pathlib import Path

import pytest

from tests.cli.conftest import AT, URL, Call


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


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("after:x", "‘after:x’ is geen datum"),
        ("is:blauw", "‘is:blauw’ is onbekend"),
        ("story:veer", "hoort het nummer van een verhaal"),
        ("rubriek: binnenland", "Na ‘rubriek:’ ontbreekt een waarde"),
        ("foo:bar", "‘foo:’ is geen zoekveld"),
        ("section:kookkunst", "geen rubriek ‘kookkunst’"),
        ("-section:kookkunst veerpont", "geen rubriek ‘kookkunst’"),
        ("tag:werk", "geen label ‘werk’"),
        ("-label:werk veerpont", "geen label ‘werk’"),
        ("source:havenlog", "geen bron met ‘havenlog’"),
        ("-feed:havenlog veerpont", "geen bron met ‘havenlog’"),
        ("story:12", "geen verhaal 12"),
    ],
)
def test_what_means_nothing_in_a_query_is_told_apart_from_the_output(
    search: Call, query: str, told: str
) -> None:
    for form in ([], ["--json"]):
        answer = search(query, *form)
        assert answer.status == 0
        assert answer.err.startswith("znreader: ")
        assert told in answer.err
        assert answer.err.count("\n") == 1
        assert "znreader:" not in answer.out


def test_names_that_exist_and_text_with_a_colon_are_not_told(search: Call, znreader: Call) -> None:
    znreader("mark", URL, "--tag", "werk")
    for query in (
        "section:binnenland", "section:BINNEN", "tag:Werk", "source:zeeland", "Minister: veer",
        "motor foo veerpont after:2026", "veerpont https://example.org",
    ):  # fmt: skip
        assert search(query).err == ""


def test_an_unknown_field_whose_words_are_found_is_taken_for_text(search: Call) -> None:
    answer = search("storing:motor")
    assert "Veerpont vaart weer" in answer.out
    assert answer.err == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["list", "--section", "Kookkunst"], "geen rubriek ‘Kookkunst’"),
        (["list", "--tag", "werk"], "geen label ‘werk’"),
        (["list", "--search", "oud"], "‘na:ooit’ is geen datum"),
        (["searches", "save", "nieuw", "tag:werk"], "geen label ‘werk’"),
        (["digest", "--section", "Kookkunst"], "geen rubriek ‘Kookkunst’"),
        (["digest", "--source", "havenlog"], "geen bron met ‘havenlog’"),
        (["mute", "add", "rubriek:Kookkunst"], "geen rubriek ‘Kookkunst’"),
    ],
)
def test_other_commands_tell_of_names_that_do_not_exist_too(
    search: Call, znreader: Call, arguments: list[str], told: str
) -> None:
    znreader("searches", "save", "oud", "na:ooit")
    answer = znreader(*arguments)
    assert answer.status == 0
    assert told in answer.err


def test_a_list_that_is_empty_for_another_reason_tells_nothing(
    search: Call, znreader: Call
) -> None:
    assert znreader("list", "--section", "binnenland", "--saved").err == ""
    znreader("mute", "add", "rubriek:Binnenland")
    assert znreader("list", "--section", "Binnenland").err == ""
