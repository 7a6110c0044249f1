"""An export restores everything in an empty cache, and is merged into a full one."""

import json
import lzma
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.errors import ReaderError, Reason, reason
from reader.model import DEFAULT_SOURCE, Article, Dateline, Listing, PageOrigin, Section, Teaser
from reader.store import Store
from reader.store.archive.files import is_export, read_export
from tests.said import said

from .builders import (
    ALL,
    NOON,
    SITE,
    article,
    everything,
    hours_old,
    later,
    linked,
    listing,
    only,
    origin,
    show_sections,
    titles,
    unlinked,
)

_TITLES = st.sampled_from(["Krab wint", "Boot vaart", "Haven krijgt bank", "Één zée", "Krab wint!"])
_LEADS = st.sampled_from(["", "De krab won.", "Een zeehond slaapt op het strand bij Domburg."])
_TEASERS = st.one_of(
    st.builds(lambda title, lead, age: linked(title, lead, section="Zeeland", age=hours_old(age)),
              _TITLES, _LEADS, st.integers(0, 30)),
    st.builds(unlinked, _TITLES, _LEADS),
    st.builds(lambda lead: Teaser(None, None, summary=lead), _LEADS),
)  # fmt: skip
_PAGES = st.one_of(
    st.builds(lambda teasers, hour: listing(*teasers, fetched=later(hour)),
              st.lists(_TEASERS, max_size=4), st.integers(0, 9)),
    st.builds(lambda own, text, under, hour: article(own, text, related=tuple(under),
                                                     fetched=later(hour)),
              _TEASERS, st.sampled_from(["Tekst.", "Meer tekst."]),
              st.lists(_TEASERS, max_size=3), st.integers(0, 9)),
)  # fmt: skip


def lines_of(cache: Store) -> list[str]:
    """Return the lines of an export, without the id of the cache in the first."""
    head, *lines = cache.archive.export_lines()
    said = json.loads(head)
    assert len(said.pop("cache")) == 16
    return [json.dumps(said), *lines]


def bring(cache: Store, lines: list[str], folder: Path) -> tuple[int, list[Reason]]:
    """Import lines; return how many headlines are new, and the sentences of refusal."""
    path, refused = folder / "export.jsonl", list[Reason]()
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert is_export(path)
    return cache.archive.import_lines(read_export(path, refused.append), NOON), refused


def fill(cache: Store) -> None:
    """Store an article with two headlines under it, marks, a failure and a section."""
    own = linked(
        "Krab wint", "De krab won.", age=hours_old(2), dateline=Dateline(("GOES",), ("ANP",))
    )
    under = (linked("Boot vaart", age=hours_old(9)), unlinked("Haven krijgt bank"))
    cache.pages.add(
        article(own, "De krab won.", "Mooi.", related=under), origin=origin("Krab wint")
    )
    show_sections(cache, [Section("Tholen", SITE), Section("Goes", SITE + "goes")], later(0))
    cache.sources.follow("Goes", False)
    cache.pages.mark_failed(SITE + "boot-vaart", reason("robots"), later(1))
    numbers = {headline.teaser.title: headline.id for headline in everything(cache)}
    cache.marks.set("read", [numbers["Krab wint"]], NOON)
    cache.marks.set("saved", [numbers["Boot vaart"]], NOON)


@settings(max_examples=40)
@given(st.lists(st.tuples(_PAGES, st.booleans()), max_size=6), st.sets(st.integers(1, 9)))
def test_what_is_exported_and_imported_is_exported_the_same(
    pages: list[tuple[Article | Listing, bool]], marked: set[int]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with Store(Path(folder, "one")) as one:
            for page, _ in pages:
                one.pages.add(page)
            for number in marked:
                one.marks.set("saved", [number], NOON)
            lines, headlines = lines_of(one), everything(one)
        with Store(Path(folder, "other")) as other:
            _, refused = bring(other, lines, Path(folder))
            assert (refused, lines_of(other), everything(other)) == ([], lines, headlines)
            for each in headlines:
                assert other.articles.related(each.id) is not None
            count, refused = bring(other, lines, Path(folder))
            assert (count, refused, lines_of(other)) == (0, [], lines)


def test_headlines_and_sections_keep_their_source(cache: Store, tmp_path: Path) -> None:
    page = replace(listing(linked("Krab wint")), sections=(Section("Goes", SITE),))
    cache.pages.add(page, origin=PageOrigin(SITE, source="blad"))
    cache.pages.add(listing(linked("Krab wint"), linked("Boot vaart")), origin=PageOrigin(SITE))
    with Store(tmp_path / "other.sqlite3") as other:
        bring(other, lines_of(cache), tmp_path)
        named = {each.teaser.title: each.source for each in everything(other)}
        assert named == {"Krab wint": "blad", "Boot vaart": DEFAULT_SOURCE}
        assert [each.section.source for each in other.sources.followings()] == ["blad"]


def test_an_empty_cache_becomes_the_same(cache: Store, tmp_path: Path) -> None:
    fill(cache)
    lines = lines_of(cache)
    with Store(tmp_path / "other.sqlite3") as other:
        assert bring(other, lines, tmp_path) == (3, [])
        assert lines_of(other) == lines
        assert everything(other) == everything(cache)
        assert other.sources.followings() == cache.sources.followings()
        assert other.pages.asked(origin("Krab wint").url) == cache.pages.asked(
            origin("Krab wint").url
        )
        for number in cache.headlines.ids(ALL):
            assert other.articles.load(number) == cache.articles.load(number)
            assert other.articles.related(number) == cache.articles.related(number)


def test_a_full_cache_keeps_what_it_has_and_learns_the_rest(cache: Store, tmp_path: Path) -> None:
    fill(cache)
    lines = lines_of(cache)
    with Store(tmp_path / "other.sqlite3") as other:
        other.pages.add(listing(linked("Zeehond slaapt", age=hours_old(1))))
        newer = article(linked("Krab wint", "De krab won toch."), "Toch.", fetched=later(5))
        other.pages.add(newer, origin=origin("Krab wint", etag='"2"'))
        other.marks.set("saved", [other.headlines.ids(ALL)[0]], NOON)
        before = {headline.id: headline.saved for headline in everything(other)}
        assert bring(other, lines, tmp_path) == (2, [])
        found = {headline.teaser.title: headline for headline in everything(other)}
        assert set(found) == {"Zeehond slaapt", "Krab wint", "Boot vaart", "Haven krijgt bank"}
        assert found["Krab wint"].read
        assert found["Boot vaart"].saved
        assert {each.id: each.saved for each in found.values() if each.id in before} == before
        page = other.articles.load(found["Krab wint"].id)
        assert page is not None
        assert page.blocks == newer.blocks
        asked = other.pages.asked(origin("Krab wint").url)
        assert asked is not None
        assert asked.etag == '"1"' or asked.checked > later(0)


def test_a_newer_article_and_what_stands_under_it_replace_an_older_one(
    cache: Store, tmp_path: Path
) -> None:
    fill(cache)
    with Store(tmp_path / "other.sqlite3") as other:
        other.pages.add(
            article(linked("Krab wint"), "Oud.", related=(linked("Oud"),), fetched=later(-9))
        )
        bring(other, lines_of(cache), tmp_path)
        number = other.headlines.find(origin("Krab wint").url)
        assert number is not None
        page = other.articles.load(number)
        assert page is not None
        assert page.blocks[0].text == "De krab won."
        assert [each.title for each in page.related] == ["Boot vaart", "Haven krijgt bank"]
        assert "Oud" in titles(other)


def test_the_sample_edition_is_not_exported_and_gives_way(cache: Store, tmp_path: Path) -> None:
    fill(cache)
    lines = lines_of(cache)
    with Store(tmp_path / "other.sqlite3") as other:
        other.pages.add_sample([listing(linked("Voorbeeld"))])
        assert len(lines_of(other)) == 1
        bring(other, lines, tmp_path)
        assert "Voorbeeld" not in titles(other)


def test_the_place_in_an_article_comes_back_and_one_that_is_there_stays(
    cache: Store, tmp_path: Path
) -> None:
    fill(cache)
    number = cache.headlines.find(origin("Krab wint").url)
    assert number is not None
    cache.articles.keep_place(number, 120, NOON)
    lines = lines_of(cache)
    with Store(tmp_path / "other.sqlite3") as other:
        bring(other, lines, tmp_path)
        assert other.articles.place(number) == 120
        other.articles.keep_place(number, 300, later(1))
        bring(other, lines, tmp_path)
        assert other.articles.place(number) == 300
    older = [json.dumps({key: value for key, value in json.loads(line).items() if key != "place"})
             for line in lines]  # fmt: skip
    with Store(tmp_path / "older.sqlite3") as other:
        assert bring(other, older, tmp_path) == (3, [])
        assert other.articles.place(number) == 0


_HEAD = '{"format": "znreader-export", "version": 1}'
_GOOD: dict[str, object] = {
    "kind": "headline", "id": 1, "url": SITE + "a", "title": "A", "section": None, "dateline": None,
    "summary": "", "seen": "2026-03-14T12:00:00Z", "updated": "2026-03-14T12:00:00Z",
    "read": False, "saved": False, "names": [["slug", "a", 1]], "sightings": [], "article": None,
}  # fmt: skip
_WRONG: tuple[dict[str, object], ...] = (
    {"id": 2**62}, {"id": True}, {"url": "javascript:alert(1)"}, {"title": 3},
    {"title": "x" * 9999}, {"seen": "gisteren"}, {"seen": 3}, {"seen": "9" * 5000},
    {"seen": "9999-12-31T23:59:59Z"},
    {"read": 1}, {"names": []}, {"names": [["slug", "a"]]}, {"names": [["x", "a", 1]]},
    {"names": [["slug", "\ud800", 1]]}, {"sightings": [["x", "y", "z"]]},
    {"article": {"fetched": "2026-03-14T12:00:00Z", "blocks": [{"kind": "script"}]}},
    {"place": -1}, {"place": "boven"}, {"article": []}, {"dateline": "GOES"},
    {"dateline": {"places": [1], "agencies": []}},
)  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "geen json", "[]", "3", '{"kind": "nieuws"}', "[" * 100_000, '{"kind": "headline"}',
        *(json.dumps(_GOOD | wrong) for wrong in _WRONG),
        '{"kind": "related", "article": 1, "fetched": "2026-03-14T12:00:00Z", "items": [null]}',
        '{"kind": "page", "url": 3}', '{"kind": "section", "name": ""}',
    ],
    ids=lambda line: line[-60:],
)  # fmt: skip
def test_a_wrong_line_is_refused_in_a_sentence_and_the_others_come_in(
    cache: Store, tmp_path: Path, line: str
) -> None:
    count, refused = bring(cache, [_HEAD, line, json.dumps(_GOOD)], tmp_path)
    assert (count, titles(cache)) == (1, ["A"])
    (sentence,) = refused
    assert said(sentence).startswith(f"{tmp_path}/export.jsonl: Line 2 was skipped: ")
    assert len(said(sentence).removeprefix(str(tmp_path))) < 300


def test_hostile_text_comes_in_harmless(cache: Store, tmp_path: Path) -> None:
    blocks = [{"kind": "paragraph", "text": "Rood \x1b[31m\u202e"}]
    wrong = {"title": "Krab\x1b]0;weg\x07 \u200bwint\n", "article": {
        "fetched": "2026-03-14T12:00:00Z", "blocks": blocks}}  # fmt: skip
    bring(cache, [_HEAD, json.dumps(_GOOD | wrong)], tmp_path)
    headline = only(cache)
    page = cache.articles.load(headline.id)
    assert page is not None
    assert (headline.teaser.title, page.blocks[0].text) == ("Krab wint", "Rood ")


def test_a_line_without_end_takes_no_memory_and_is_refused(
    cache: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.store.archive.files._MAX_LINE", 2_000)
    lines = [_HEAD, "x" * 9_000, json.dumps(_GOOD), "y" * 2_001]
    count, refused = bring(cache, lines, tmp_path)
    assert count == 1
    assert [said(each).partition(": ")[2] for each in refused] == [
        f"Line {line} was skipped: it is too long." for line in (2, 4)
    ]


def test_validators_of_what_did_not_come_in_do_not_either(cache: Store, tmp_path: Path) -> None:
    fill(cache)
    lines = [line for line in lines_of(cache) if '"article": {' not in line]
    with Store(tmp_path / "other.sqlite3") as other:
        bring(other, lines, tmp_path)
        asked = other.pages.asked(origin("Krab wint").url)
        assert asked is None or asked.etag is None


def test_numbers_of_headlines_are_never_given_twice_after_an_import(
    cache: Store, tmp_path: Path
) -> None:
    lines = [_HEAD, json.dumps(_GOOD | {"id": 500})]
    bring(cache, lines, tmp_path)
    cache.pages.add(listing(linked("Nieuw")))
    assert sorted(cache.headlines.ids(ALL)) == [500, 501]


def test_an_export_of_a_later_version_is_refused_as_a_whole(cache: Store, tmp_path: Path) -> None:
    path = tmp_path / "later.jsonl"
    path.write_text(_HEAD.replace("1", "9"))
    with pytest.raises(ReaderError, match="export_version"):
        cache.archive.import_lines(read_export(path, print), NOON)


def own_words(cache: Store) -> tuple[object, ...]:
    """Return what is a reader's own: tags, mutes, saved searches."""
    tags = {each.teaser.title: each.tags for each in cache.headlines.load(cache.headlines.ids())}
    return tags, cache.mutes.all(), cache.searches.all()


def put_own_words(cache: Store) -> None:
    fill(cache)
    numbers = {headline.teaser.title: headline.id for headline in everything(cache)}
    cache.marks.set("tag:werk", [numbers["Krab wint"]], NOON)
    cache.marks.set("tag:dijk", [numbers["Krab wint"], numbers["Boot vaart"]], NOON)
    cache.mutes.add("haven krijgt*")
    cache.mutes.add("section:Weer")
    cache.mutes.adopt(["kwal"])
    cache.searches.save("Boten", "boot is:unread")


def test_tags_mutes_and_saved_searches_come_back(cache: Store, tmp_path: Path) -> None:
    put_own_words(cache)
    lines = lines_of(cache)
    with Store(tmp_path / "other.sqlite3") as other:
        assert bring(other, lines, tmp_path) == (3, [])
        assert lines_of(other) == lines
        # Mutes from the settings are not exported.
        other.mutes.adopt(["kwal"])
        assert own_words(other) == own_words(cache)
        assert "Haven krijgt bank" not in [
            each.teaser.title for each in other.headlines.load(other.headlines.ids())
        ]
        # Headlines that existed before are not news to a command.
        assert other.notifications.groups(NOON, other.headlines.last_id()) == []
        assert bring(other, lines, tmp_path) == (0, [])
        assert own_words(other) == own_words(cache)


def test_what_a_cache_mutes_and_saved_itself_stays(cache: Store, tmp_path: Path) -> None:
    put_own_words(cache)
    with Store(tmp_path / "other.sqlite3") as other:
        other.pages.add(listing(linked("Haven krijgt bank"), linked("Zeehond slaapt")))
        other.searches.save("boten", "zeehond")
        other.mutes.add("zeehond")
        bring(other, lines_of(cache), tmp_path)
        assert [each.query for each in other.searches.all()] == ["zeehond"]
        assert {each.name for each in other.mutes.all()} == {"zeehond", "haven krijgt*", "Weer"}
        # Both are muted, the one that was there, too.
        shown = [each.teaser.title for each in other.headlines.load(other.headlines.ids())]
        assert sorted(filter(None, shown)) == ["Boot vaart", "Krab wint"]


def test_many_choices_of_stories_are_stored_and_obeyed_once(
    cache: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = lines_of(cache)[0]
    obeyed: list[object] = []
    monkeypatch.setattr("reader.store.archive.importer.apply_corrections", obeyed.append)
    told = [{"kind": "story", "said": "join", "report": f"slug:krab-{n}", "other": "slug:boot"}
            for n in range(10_050)]  # fmt: skip
    told.insert(0, told[0] | {"report": "slug:" + "x" * 5_000})
    lines = [head, *map(json.dumps, told)]
    new, refused = bring(cache, lines, tmp_path)
    assert (new, len(refused)) == (0, 1)
    assert len(obeyed) == 1
    kept = [each for each in lines_of(cache) if '"story"' in each]
    assert len(kept) == 10_000
    assert not any("xxx" in each for each in kept)


def test_more_searches_and_mutes_than_there_may_be_are_left_out_or_refused(
    cache: Store, tmp_path: Path
) -> None:
    put_own_words(cache)
    head = lines_of(cache)[0]
    told = [{"kind": "search", "name": f"zoek{n}", "query": "krab"} for n in range(300)]
    told += [{"kind": "mute", "name": f"woord{n}"} for n in range(300)]
    assert bring(cache, [head, *map(json.dumps, told)], tmp_path) == (0, [])
    assert len(cache.searches.all()) == 200
    assert len([each for each in cache.mutes.all() if not each.fixed]) == 200
    with pytest.raises(ReaderError) as refused:
        cache.searches.save("nog een", "krab")
    assert refused.value.reason.code == "too_many_searches"
    with pytest.raises(ReaderError) as refused:
        cache.mutes.add("nog een")
    assert refused.value.reason.code == "too_many_mutes"
    # What is there may be said anew.
    assert cache.searches.save("Boten", "zeehond")
    assert cache.mutes.add("section:Weer")


def test_without_marks_nothing_of_that_comes_in(cache: Store, tmp_path: Path) -> None:
    put_own_words(cache)
    path = tmp_path / "export.jsonl"
    path.write_text("\n".join(lines_of(cache)) + "\n", encoding="utf-8")
    with Store(tmp_path / "other.sqlite3") as other:
        count, marked = other.archive.import_news(read_export(path, print), NOON)
        assert (count, marked) == (3, 2)
        assert not other.mutes.all()
        assert not other.searches.all()
        assert not other.headlines.tags()
    headlines = [each for each in map(json.loads, _unpacked(cache)) if each.get("names")]
    assert len(headlines) == 3
    assert not [each for each in headlines if "tags" in each]


def _unpacked(cache: Store) -> list[bytes]:
    """Return the lines of a bundle of all."""
    return lzma.decompress(b"".join(cache.archive.bundle(None))).splitlines()


@pytest.mark.parametrize(
    "line",
    [
        {"kind": "mute"},
        {"kind": "mute", "name": ""},
        {"kind": "mute", "name": 3},
        {"kind": "search", "name": "x"},
        {"kind": "search", "name": "", "query": "x"},
        {"kind": "search", "name": "x", "query": ["x"]},
    ],
)
def test_a_wrong_mute_or_search_is_refused(
    cache: Store, tmp_path: Path, line: dict[str, object]
) -> None:
    _, refused = bring(cache, [*lines_of(cache), json.dumps(line)], tmp_path)
    assert len(refused) == 1
    assert not cache.mutes.all()
    assert not cache.searches.all()


def test_hostile_names_come_in_harmless_and_bounded(cache: Store, tmp_path: Path) -> None:
    lines = [
        *lines_of(cache),
        json.dumps({"kind": "mute", "name": "\x1b[31m" + "a" * 3000}),
        json.dumps({"kind": "search", "name": "\u202ehaven" + "b" * 3000, "query": "x\x07 haven"}),
    ]
    bring(cache, lines, tmp_path)
    (search,) = cache.searches.all()
    (mute,) = cache.mutes.all()
    assert search.name.startswith("haven")
    assert len(search.name) == 60
    assert len(mute.name) <= 200
    assert "\x1b" not in mute.name
