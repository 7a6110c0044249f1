"""Search: what is found, in which order, and that the index never drifts."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.model import Article, Dateline, Hit, Listing, Teaser
from reader.store import Store
from reader.store.search import ranking

from .builders import (
    NOON,
    SITE,
    article,
    connect,
    hours_old,
    later,
    linked,
    listing,
    nameless,
    origin,
    rich,
    unlinked,
)
from .versions import make_first

MALMO = linked(
    "Café opent aan zee", "De coöperatie opent een café.", section="Buitenland",
    dateline=Dateline(("MALMÖ",), ("ANP", "RTR")), age=hours_old(30),
)  # fmt: skip
PONT = linked("Veerpont vaart weer", "De pont vaart.", section="Walcheren", age=hours_old(2),
              dateline=Dateline(("DEN HAAG",), ("DPA",)))  # fmt: skip


@pytest.fixture
def news(cache: Store) -> Store:
    """Return a cache with two articles and a headline."""
    cache.pages.add(article(MALMO, MALMO.summary, "Op de kade staan stoelen bij de haven."))
    cache.pages.add(
        article(PONT, PONT.summary, "De motor is gemaakt; de haven is blij met de pont.")
    )
    cache.pages.add(listing(linked("Zeehond slaapt", "Een zeehond slaapt op het strand.")))
    return cache


def found(cache: Store, query: str, limit: int = 100) -> list[str | None]:
    """Return the titles that a query finds, the best first."""
    return [hit.headline.teaser.title for hit in cache.search.find(query, NOON, limit).hits]


def assert_sound(path: Path) -> None:
    """Raise unless both indexes hold exactly the words of the items and articles."""
    with closing(connect(path)) as connection:
        for index in ("search", "heads"):
            statement = f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)"  # noqa: S608
            connection.execute(statement)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("cafe", ["Café opent aan zee"]),
        ("MALMO", ["Café opent aan zee"]),
        ("cooperatie ", ["Café opent aan zee"]),
        ("coop", ["Café opent aan zee"]),
        ("coop ", []),
        ("stoel", ["Café opent aan zee"]),
        ("zee", ["Zeehond slaapt", "Café opent aan zee"]),
        ("zee ", ["Café opent aan zee"]),
        ("-cafe zee", ["Zeehond slaapt"]),
        ('"de haven"', ["Veerpont vaart weer", "Café opent aan zee"]),
        ('"haven de"', []),
        ('haven -"bij de haven"', ["Veerpont vaart weer"]),
        ("plaats:malmo", ["Café opent aan zee"]),
        ('place:"den haag"', ["Veerpont vaart weer"]),
        ("place:haven ", []),
        ("agency:rtr", ["Café opent aan zee"]),
        ("section:walch", ["Veerpont vaart weer"]),
        ("title:pont", []),
        ("title:veer", ["Veerpont vaart weer"]),
        ("haven -place:malmo", ["Veerpont vaart weer"]),
        ("-haven", ["Zeehond slaapt"]),
        ("after:vandaag", ["Zeehond slaapt", "Veerpont vaart weer"]),
        ("before:vandaag haven", ["Café opent aan zee"]),
        ("haven voor:2020", []),
        ("is:unread", ["Zeehond slaapt", "Veerpont vaart weer", "Café opent aan zee"]),
        ("is:saved", []),
        ("is:read is:unread", []),
        ("", []),
        ("AND", []),
        ("*", []),
        ('haven"', ["Veerpont vaart weer", "Café opent aan zee"]),
        ("haven \x00", ["Veerpont vaart weer", "Café opent aan zee"]),
        ("NEAR(haven zee)", []),
        ("x" * 10_000, []),
        ("\udcff ^haven:", ["Veerpont vaart weer", "Café opent aan zee"]),
    ],
)
def test_a_query_finds_what_it_means(news: Store, query: str, titles: list[str]) -> None:
    assert found(news, query) == titles


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=40))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_is_an_error(news: Store, query: str) -> None:
    news.search.find(query, NOON)


def test_marks_are_searched_as_they_are_now(news: Store) -> None:
    (number,) = (hit.headline.id for hit in news.search.find("malmo", NOON).hits)
    news.marks.set("read", [number], NOON)
    news.marks.set("saved", [number], NOON)
    assert found(news, "is:saved haven") == found(news, "is:read") == ["Café opent aan zee"]
    assert found(news, "haven is:unread") == ["Veerpont vaart weer"]


def test_title_comes_over_lead_over_body_and_newer_first_among_equals(cache: Store) -> None:
    rest = "Over iets anders gaat het in dit bericht."
    cache.pages.add(article(linked("A", rest), rest, "Hier staat mossel in."))
    cache.pages.add(article(linked("B", "Mossel is er."), "Mossel is er.", rest))
    cache.pages.add(article(linked("Mossel", rest), rest, rest))
    for title, age in (("Krab een", 9), ("Krab twee", 3), ("Krab drie", 6)):
        cache.pages.add(listing(linked(title, age=hours_old(age))))
    assert found(cache, "mossel ") == ["Mossel", "B", "A"]
    assert found(cache, "krab ") == ["Krab twee", "Krab drie", "Krab een"]


@pytest.mark.parametrize(
    "query",
    ["visser", "jannie wielemaker", "schaaldieren", "knijper", "12,5", "wint", "weer los", "kodde"],
)
def test_authors_tags_tables_lists_and_code_are_found_with_a_snippet(
    cache: Store, path: Path, query: str
) -> None:
    cache.pages.add(rich("Een middag op de kade"))
    (hit,) = cache.search.find(query, NOON).hits
    assert hit.matches
    assert_sound(path)


def test_words_of_details_that_are_gone_are_not_found(cache: Store, path: Path) -> None:
    page = rich("Een middag op de kade")
    cache.pages.add(page)
    cache.pages.add(replace(page, authors=("Ko Wielemaker",), fetched=later(1)))
    assert (found(cache, "jannie"), len(found(cache, "wielemaker"))) == ([], 1)
    assert_sound(path)


def test_the_snippet_is_of_the_text_that_matched_best(news: Store) -> None:
    (hit,) = news.search.find("motor ", NOON).hits
    assert hit.snippet == "De motor is gemaakt; de haven is blij met de pont."
    assert [hit.snippet[first:last] for first, last in hit.matches] == ["motor"]
    (hit,) = news.search.find("plaats:malmo", NOON).hits
    assert (hit.snippet, hit.matches) == ("De coöperatie opent een café.", ())


def test_the_limit_is_kept_and_more_is_told(news: Store) -> None:
    assert news.search.find("haven", NOON, 1).more
    assert not news.search.find("haven", NOON, 2).more
    assert news.search.find("haven", NOON, 0).hits == news.search.find("haven", NOON, -1).hits == ()
    assert len(news.search.find("haven", NOON, 10**30).hits) == 2


def test_of_very_many_hits_titles_come_first_and_then_the_newest(
    cache: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "POOL", 20)
    monkeypatch.setattr(ranking, "_COMMON", 20)
    monkeypatch.setattr(ranking, "_COMMON_SHORT", 20)
    cache.pages.add(listing(linked("Haven is klaar", age=hours_old(99))))
    for number in range(60):
        page = article(linked(f"Bericht {number}"), "Kort.", f"De haven telt {number} boten.")
        cache.pages.add(replace(page, fetched=later(number)))
    everything = found(cache, "haven ")
    assert everything[0] == "Haven is klaar"
    assert everything[1] == "Bericht 59"
    assert found(cache, "b")[:2] == ["Bericht 59", "Bericht 58"]
    assert len(found(cache, "haven b")) == 20
    assert set(found(cache, "haven -boten b")) == set()
    assert found(cache, "haven is:saved be") == []


def test_an_archive_of_an_older_version_can_be_searched(path: Path) -> None:
    make_first(path, 50)
    with Store(path) as cache:
        assert found(cache, "mooi") == ["Krab wint"]
        assert found(cache, "goes") == found(cache, "agency:anp krab") == ["Krab wint"]
        assert found(cache, "bank") == ["Haven krijgt bank"]
        assert len(found(cache, "bericht")) == 50
    assert_sound(path)


_TITLES = ["Haven", "Kust", "Pont", "Zee", "Brug"]
_TEASERS = st.builds(
    lambda kind, title, summary, section, place, age: {
        0: linked(title, summary, section=section, age=age, dateline=place),
        1: unlinked(title, summary, age=age),
        2: nameless(summary or "Iets met zee.", age=age),
        3: Teaser(SITE + "anders/" + title.lower(), title, section, place, summary, age),
        4: Teaser(SITE + title.lower(), "Update: " + title, section, place, summary, age),
    }[kind],
    st.integers(0, 4),
    st.sampled_from(_TITLES),
    st.sampled_from(["", "De haven aan zee.", "Een brug, één kust."]),
    st.sampled_from([None, "Sport", "sport"]),
    st.sampled_from([None, Dateline(("GOES",)), Dateline(('’s-"HEER"',), ("ANP", "RTR"))]),
    st.sampled_from([None, hours_old(1), hours_old(5)]),
)
_PAGES = st.one_of(
    st.builds(
        lambda teaser, texts, related, hour: article(
            teaser, *texts, related=tuple(related), fetched=later(hour)
        ),
        _TEASERS,
        st.lists(
            st.sampled_from(["De haven aan zee.", "Zout.", "Een café.", "Vloed."]), max_size=3
        ),
        st.lists(_TEASERS, max_size=3),
        st.integers(0, 5),
    ),
    st.builds(
        lambda teasers, hour: listing(*teasers, fetched=later(hour)),
        st.lists(_TEASERS, max_size=4),
        st.integers(0, 5),
    ),
)
_DELETIONS = st.tuples(st.sampled_from(["items", "articles"]), st.integers(1, 8))


@settings(max_examples=60)
@given(st.lists(st.one_of(_PAGES, _DELETIONS), max_size=12))
def test_the_index_holds_what_the_articles_hold_whatever_happens(
    steps: list[Article | Listing | tuple[str, int]],
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "cache")
        with Store(path) as cache, closing(connect(path)) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            for step in steps:
                if isinstance(step, tuple):
                    column = "id" if step[0] == "items" else "item"
                    connection.execute(f"DELETE FROM {step[0]} WHERE {column} = ?", (step[1],))  # noqa: S608
                else:
                    cache.pages.add(step)
            # The next write, whatever it is, sees to what another connection changed.
            cache.pages.drop_raw(NOON)
        assert_sound(path)


def test_a_sample_that_goes_leaves_no_words(cache: Store, path: Path) -> None:
    cache.pages.add_sample([article(MALMO, "Tekst van het voorbeeld."), listing(PONT)])
    assert found(cache, "voorbeeld") == ["Café opent aan zee"]
    cache.pages.add(listing(linked("Echt")), origin=origin("Echt"))
    assert found(cache, "voorbeeld") == found(cache, "pont") == []
    assert_sound(path)


def test_hits_carry_their_marks(news: Store) -> None:
    hits: tuple[Hit, ...] = news.search.find("haven", NOON).hits
    assert all(hit.headline.cached and not hit.headline.read for hit in hits)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Wandeling door Łódź", "lodz"),
        ("Zæbra gezien in Ærø", "aero"),
        ("Øresund krijgt brug", "oresund"),
        ("Große Straße open", "grosse strasse"),
        ("Đakovo viert feest", "dakovo"),
        ("Þingvellir trekt bezoek", "thingvellir"),
        ("Norðoyar ligt ver", "nordoyar"),
        ("Kaas uit cœur de lion", "coeur"),
        ("Kapitein Yıldız vaart", "yildiz"),
        ("Nieuwe oﬃcier", "officier"),
        ("Veer vaart weer 🚢🎉", "🚢"),
        ("Veer vaart weer 🚢🎉", "🎉"),
        ("Vlag 🇳🇱 gehesen", "🇳🇱"),
        ("Storm ⚡ op komst", "storm ⚡"),
        ("Storm ⚡ op komst", "title:⚡"),
    ],
)
def test_words_are_found_by_their_plain_letters_and_signs_by_themselves(
    cache: Store, text: str, query: str
) -> None:
    cache.pages.add(listing(linked(text), linked("Iets anders over Lodewijk en de dakgoot")))
    for asked in (query, query.upper(), text):
        assert found(cache, asked) == [text]


def test_another_sign_is_not_found(cache: Store) -> None:
    cache.pages.add(listing(linked("Veer vaart weer 🚢")))
    assert not found(cache, "🚣")


def test_signs_are_highlighted_where_they_stand(cache: Store) -> None:
    krab = linked("Krab wint", "De krab won.")
    cache.pages.add(article(krab, "De krab won.", "Feest 🎉🎉 in Łódź vandaag."))
    (hit,) = cache.search.find("🎉 lodz", NOON, 1).hits
    assert {hit.snippet[first:last] for first, last in hit.matches} == {"🎉", "Łódź"}
