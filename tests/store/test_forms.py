"""Search finds the other forms of a Dutch word, after the word itself, and little else."""

import pytest

from reader.store import Store
from reader.store.search import searcher

from .builders import NOON, article, linked

# By a word that only it has; below, which of them each query means.
_NEWS = {
    "stembus": "De verkiezingen voor de dorpsraad zijn in mei.",
    "lijst": "Wie bij de verkiezing op de lijst staat, is bekend.",
    "kiezen": "De klas mocht zelf een vogel verkiezen boven een vis.",
    "stakers": "De bakkers staken drie dagen.",
    "rust": "De staking van de bakkers is voorbij.",
    "haak": "Twee stakingen in een jaar zijn genoeg, vindt de bond.",
    "staak": "De bonen groeien langs een staak.",
    "kade": "Alle havens krijgen een nieuwe kade.",
    "loods": "De haven telt tien loodsen.",
    "pak": "De paarden eten haver.",
    "gevel": "Oude huizen aan de dijk zijn geverfd.",
    "deur": "Een huis met twee deuren staat leeg.",
    "wal": "De boten liggen weer aan de wal.",
    "zeil": "Een boot met rode zeilen wint.",
    "bot": "De hond vond een bot op het strand.",
    "pijler": "Twee bruggen over het kanaal gaan dicht.",
    "klep": "De brug ging niet meer open.",
    "klas": "Kleine scholen gaan samen.",
    "bel": "De school begint een kwartier later.",
    "post": "Er kwamen honderd brieven binnen.",
    "zegel": "Een brief deed er twee jaar over.",
    "raad": "De gemeenten maken samen een plan.",
    "pen": "De gemeente zet haar naam onder het plan.",
    "gemeen": "Het gemeen te velde viert een feest.",
    "zaal": "De vergaderingen van de buurt zijn open voor iedereen.",
    "hamer": "De vergadering duurde tot middernacht.",
    "stoel": "Het bestuur wil minder vergaderen.",
    "klant": "Een nieuwe coöperatie verkoopt appels.",
    "oogst": "Alle coöperaties delen een schuur.",
    "hek": "De straat wordt veiliger en de stoep veilig.",
    "helm": "De veiligheid op de steiger is goed.",
    "bod": "De veiling van vis begint om zes uur.",
    "kapitein": "Drie schepen voeren uit.",
    "roer": "Het schip lag stil.",
    "dak": "Er komen woningen bij de sluis.",
    "sleutel": "Een woning voor de molenaar.",
    "lol": "Het regent al een week.",
    "plas": "De regen houdt aan.",
    "minister": "De regering neemt vrij.",
    "mond": "De mensen dansten op het plein.",
    "hart": "Een mens kan niet zonder koffie.",
}
_MEANT = {
    "verkiezingen": "stembus lijst",
    "verkiezing": "stembus lijst",
    "staken": "stakers rust haak",
    "staking": "stakers rust haak",
    "stakingen bakkers": "stakers rust",
    "haven": "kade loods",
    "havens": "kade loods",
    "huizen": "gevel deur",
    "huis": "gevel deur",
    "boten": "wal zeil",
    "boot": "wal zeil",
    "bruggen": "pijler klep",
    "scholen": "klas bel",
    "brieven": "post zegel",
    "gemeenten plan": "raad pen",
    "vergaderingen": "zaal hamer stoel",
    "vergaderen": "zaal hamer stoel",
    "coöperaties": "klant oogst",
    "veiligheid": "hek helm",
    "schepen": "kapitein roer",
    "woningen": "dak sleutel",
    "regent": "lol plas",
    "mensen": "mond hart",
    "koffie": "hart",
    "kwartier": "bel",
    "appels": "klant",
}


@pytest.fixture
def news(cache: Store) -> Store:
    """Return a cache with news that has the words only in its texts."""
    for title, text in _NEWS.items():
        cache.pages.add(article(linked(title, "Kort nieuws."), "Kort nieuws.", text))
    return cache


def found(cache: Store, query: str) -> list[str]:
    hits = cache.search.find(query, NOON).hits
    return [str(hit.headline.teaser.title) for hit in hits]


def quality(cache: Store) -> tuple[float, float]:
    """Return recall and precision, the mean over all queries."""
    recall, precision = 0.0, 0.0
    for query, titles in _MEANT.items():
        meant, hits = set(titles.split()), set(found(cache, query))
        recall += len(meant & hits) / len(meant)
        precision += len(meant & hits) / max(len(hits), 1)
    return recall / len(_MEANT), precision / len(_MEANT)


def test_forms_find_far_more_of_what_is_meant_and_little_else(
    news: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    recall, precision = quality(news)
    assert recall > 0.95
    assert precision > 0.93
    monkeypatch.setattr(searcher, "widen", lambda _, query: query)
    assert quality(news)[0] < 0.6


def test_the_word_as_it_was_typed_comes_first(cache: Store) -> None:
    for title in ("Haven dicht", "Twee havens in het nieuws", "Haven open"):
        cache.pages.add(article(linked(title, "Kort nieuws."), "Kort nieuws."))
    assert found(cache, "havens ")[0] == "Twee havens in het nieuws"
    assert len(found(cache, "havens ")) == 3
    assert [hit.headline.teaser.title for hit in cache.search.find("havens ", NOON, 1).hits] == [
        "Twee havens in het nieuws"
    ]
    assert cache.search.find("havens ", NOON, 1).more


@pytest.mark.parametrize(
    "query", ['"verkiezing"', "verkiezing*", "title:boten", "plaats:havens", "coöperaties2", "de"]
)
def test_what_is_meant_to_the_letter_has_no_other_forms(news: Store, query: str) -> None:
    letters = query.strip('"*').partition(":")[2] or query.strip('"*')
    texts = [_NEWS[title].casefold() for title in found(news, f"{query} ")]
    assert all(letters in text.replace(".", "").split() for text in texts)


def test_what_is_excluded_is_excluded_to_the_letter(news: Store) -> None:
    assert found(news, "boot -boten ") == ["zeil"]


def test_the_form_that_was_found_is_marked(news: Store) -> None:
    (hit,) = (hit for hit in news.search.find("huizen", NOON).hits if "Een huis" in hit.snippet)
    assert [hit.snippet[first:last] for first, last in hit.matches] == ["huis"]
