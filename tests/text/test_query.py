"""Queries are parsed, and no query is an error."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.query import Query, has_fields, parse_query

# A Saturday; in Europe/Amsterdam it is 13:00.
NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def words(text: str) -> list[tuple[str, str | None, bool]]:
    """Return the wanted terms: text, column, and whether it is still being typed."""
    return [(term.text, term.column, term.is_open) for term in parse_query(text, NOON).wanted]


def test_the_last_word_is_begun_until_a_space_follows() -> None:
    assert words("kust hav") == [("kust", None, False), ("hav", None, True)]
    assert words("kust haven ") == [("kust", None, False), ("haven", None, False)]
    assert words('"kust haven"') == [("kust haven", None, False)]
    assert words("kust -hav") == [("kust", None, False)]
    assert words("plaats:gro") == [("gro", "place", True)]
    assert words("kust is:unread") == [("kust", None, False)]


def test_fields_have_dutch_and_english_names() -> None:
    for text in ('place:"den haag" ', 'plaats:"Den Haag" ', "PLAATS:den-haag "):
        (term,) = parse_query(text, NOON).wanted
        assert (term.column, term.tokens) == ("place", ("den", "haag"))
    assert words("agency:rtr bureau:dpa sectie:sport titel:pont ") == [
        ("rtr", "agency", False), ("dpa", "agency", False), ("sport", "section", False),
        ("pont", "title", False),
    ]  # fmt: skip


def test_marks_and_their_opposites() -> None:
    assert parse_query("is:unread -is:saved", NOON).marks == {("read", False), ("saved", False)}
    assert parse_query("is:gelezen is:bewaard", NOON).marks == {("read", True), ("saved", True)}
    assert parse_query("-is:unread", NOON).marks == {("read", True)}


def test_unwanted_words_phrases_and_fields() -> None:
    unwanted = parse_query('-zee -"hoge vloed" -place:goes kust', NOON).unwanted
    assert [(term.text, term.column) for term in unwanted] == [
        ("zee", None), ("hoge vloed", None), ("goes", "place"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "utc"),
    [
        ("vandaag", "2026-03-13 23:00"),
        ("yesterday", "2026-03-12 23:00"),
        ("Eergisteren", "2026-03-11 23:00"),
        ("maandag", "2026-03-08 23:00"),
        ("zaterdag", "2026-03-13 23:00"),
        ("zo", "2026-03-07 23:00"),
        ("3d", "2026-03-11 12:00"),
        ("2w", "2026-02-28 12:00"),
        ("6u", "2026-03-14 06:00"),
        ("2026-03-02", "2026-03-01 23:00"),
        ("2025-07-02", "2025-07-01 22:00"),
        ("2-3-2026", "2026-03-01 23:00"),
        ('"2 maart 2026"', "2026-03-01 23:00"),
        ("2026-03", "2026-02-28 23:00"),
        ("2026", "2025-12-31 23:00"),
    ],
)
def test_dates_are_days_of_the_site(told: str, utc: str) -> None:
    moment = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert parse_query(f"after:{told}", NOON) == Query(start=moment)
    assert parse_query(f"na:{told}", NOON) == Query(start=moment)
    assert parse_query(f"voor:{told}", NOON) == Query(end=moment)
    assert parse_query(f"-before:{told}", NOON) == Query(start=moment)


def test_of_several_dates_all_hold() -> None:
    query = parse_query("after:2026-01 after:2026-02 before:2026-03 before:2027", NOON)
    assert (query.start, query.end) == (
        datetime(2026, 1, 31, 23, tzinfo=UTC), datetime(2026, 2, 28, 23, tzinfo=UTC)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "tokens"),
    [
        ("a-b", [("a", "b")]),
        ("AND", [("and",)]),
        ("*", []),
        ("-", []),
        ('"', []),
        ('foo"', [("foo",)]),
        ("place:", [("place",)]),
        ("before:banaan", [("before",), ("banaan",)]),
        ("before:2026-13", [("before",), ("2026", "13")]),
        ("after:99999j", [("after",), ("99999j",)]),
        ("is:groen", [("is",), ("groen",)]),
        ("http://x.nl/a", [("http",), ("x", "nl", "a")]),
        ("12:30", [("12", "30")]),
        ("„hoge vloed”", [("hoge", "vloed")]),
        ("\x00", []),
        ("kust\x00zee", [("kustzee",)]),
        ("Malmö ÉÉN", [("malmo",), ("een",)]),
        ("", []),
    ],
)
def test_what_is_mistyped_is_searched_for_as_words(
    typed: str, tokens: list[tuple[str, ...]]
) -> None:
    query = parse_query(typed, NOON)
    assert [term.tokens for term in query.wanted] == tokens
    assert (query.unwanted, query.marks, query.start, query.end) == ((), frozenset(), None, None)


def test_a_pasted_text_is_bounded() -> None:
    query = parse_query("haven kust " * 1_000, NOON)
    assert len(query.wanted) <= 24
    (one,) = parse_query("x" * 10_000, NOON).wanted
    assert len(one.text) <= 1_000


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=60))
def test_nothing_that_can_be_typed_raises(text: str) -> None:
    query = parse_query(text, NOON)
    assert all(term.tokens for term in (*query.wanted, *query.unwanted))


def doubts(text: str) -> list[str]:
    """Return the codes of the doubts about a query."""
    return [each.code for each in parse_query(text, NOON).doubts]


def test_a_field_whose_value_means_nothing_is_doubted_and_searched_for_as_words() -> None:
    assert doubts("after:x voor:straks") == ["query_date", "query_date"]
    assert doubts("is:blauw") == ["query_mark"]
    assert doubts("story:veer -verhaal:12") == ["query_story", "query_story"]
    assert doubts('tag:"" rubriek:!!') == ["query_value", "query_value"]
    assert doubts("foo:bar sectoin:sport") == ["query_field", "query_field"]
    assert [text for text, _, _ in words("after:x ")] == ["after", "x"]


def test_a_field_apart_from_its_value_is_doubted_unless_it_is_still_typed() -> None:
    assert doubts("rubriek: sport") == ["query_value"]
    assert doubts("sport rubriek:") == []


@pytest.mark.parametrize(
    "text",
    [
        "Minister: formulieren worden korter",
        '"Minister: na:apen wordt moeilijk"',
        "om 10:30 uur 3:1",
        "https://example.org/nieuws/veer",
        "na:gisteren is:unread tag:werk story:3 section:sport source:havenlog",
    ],
)
def test_text_with_a_colon_and_fields_with_a_value_are_not_doubted(text: str) -> None:
    assert doubts(text) == []


def test_only_fields_that_a_filter_does_not_know_count_in_one() -> None:
    assert has_fields("tag:werk")
    assert has_fields("veer -is:unread")
    assert not has_fields("feed:havenlog Minister: veer foo:bar")
