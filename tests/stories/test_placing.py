"""Reports that are joined in a story, and reports that never are."""

from collections import Counter

import pytest

from reader.stories.chance import RAREST, Rarity, chance, weigh
from reader.stories.placing import Placement, choose_story
from reader.stories.report import Report, words_of_places
from tests.stories.news import BARN, FREQUENCIES, KITCHEN, OTHERS, report


def _rarity(*reports: Report) -> Rarity:
    others = [report(100 + number, told) for number, told in enumerate(OTHERS)]
    everything = [*reports, *others]
    return Rarity(len(everything), Counter(word for each in everything for word in each.words))


def _chance(one: Report, other: Report) -> float:
    rare = _rarity(one, other).of
    return chance(weigh(one, rare, FREQUENCIES), weigh(other, rare, FREQUENCIES))


def test_reports_of_one_fire_are_likely_one_story() -> None:
    first, second = report(1, BARN[0]), report(2, BARN[1], 2)
    assert _chance(first, second) > 0.9


def test_another_fire_of_the_day_is_not() -> None:
    assert _chance(report(1, BARN[0]), report(2, KITCHEN[0], 13)) < 0.2


def test_a_follow_up_that_names_the_day_is_likelier_than_one_that_does_not() -> None:
    first = report(1, BARN[0])
    title, lead, body = BARN[2]
    naming = report(2, (title, lead, body), 50)
    silent = report(3, (title, lead.replace("van maandag ", ""), body), 50)
    assert _chance(first, naming) > _chance(first, silent)


@pytest.mark.parametrize(
    ("one", "other", "hours"),
    [
        ("Het nieuws van Kloosterzande op een rij", BARN[0][0], 2),
        ("Peiling: brand in schuur Kloosterzande", "Peiling: brand in schuur Kloosterzande", 24),
        ("Goud op 500 meter", "Goud op 1000 meter", 2),
        ("Brand bij vrouwen in Kloosterzande", "Brand bij mannen in Kloosterzande", 2),
    ],
)
def test_what_cannot_be_one_event_never_is(one: str, other: str, hours: float) -> None:
    _, lead, body = BARN[0]
    assert _chance(report(1, (one, lead, body)), report(2, (other, lead, body), hours)) == 0


def test_a_report_of_a_series_has_the_title_of_the_one_before() -> None:
    tips = ("Tips voor het weekend", "Braderie in Veere en muziek in Hulst.", "Het blijft droog.")
    assert _chance(report(1, tips), report(2, tips, 2)) > 0.9
    assert _chance(report(1, tips), report(2, tips, 7 * 24)) == 0


def test_a_case_before_the_court_is_hardly_the_event_of_the_week() -> None:
    stabbing = ("Man neergestoken in Hulst", "In Hulst is een man neergestoken op de markt.", "")
    case = "In Hulst werd een man neergestoken op de markt."
    heard = _chance(report(1, stabbing), report(2, ("Steekpartij Hulst", case, ""), 26))
    court = ("Steekpartij Hulst", f"{case} De rechtbank legde celstraf op.", "")
    assert _chance(report(1, stabbing), report(2, court, 26)) < heard


def test_a_place_name_and_words_of_the_court_tell_less_than_other_words() -> None:
    theft = (
        "Celstraf voor diefstal tulpen",
        "De rechtbank straft een man uit Hulst.",
        "",
    )
    boat = ("Celstraf voor botsing boot", "De rechtbank straft een vrouw uit Hulst.", "")
    reports = report(1, theft), report(2, boat, 1)
    rare = _rarity(*reports).of
    places = words_of_places(["@hulst"])
    one, other = (weigh(each, rare, FREQUENCIES, places) for each in reports)
    assert chance(one, other) < _chance(*reports)


def test_the_same_in_another_place_is_another_event() -> None:
    body = "De weg gaat open en de kabels worden vernieuwd."
    quay = ("Kade in Veere dicht om kabels", "In Veere gaat de kade een week dicht.", body)
    port = ("Kade in Hulst dicht om kabels", "In Hulst gaat de kade een week dicht.", body)
    both = ("Kade in Hulst dicht om kabels", "In Hulst gaat, als in Veere, de kade dicht.", body)
    first = report(1, quay, place="VEERE")
    assert _chance(first, report(2, port, 2, place="HULST")) < 0.5
    assert _chance(first, report(2, both, 2, place="HULST")) > 0.5
    assert _chance(first, report(2, port, 2)) > 0.5


def test_incidents_of_a_named_storm_are_one_story() -> None:
    ferry = (
        "Veerboot blijft in haven",
        "Door storm Evert vaart de boot niet uit.",
        "Het waait te hard.",
    )
    tree = ("Boom valt op auto", "In Goes viel een boom om door storm Evert.", "De auto is kapot.")
    unnamed = ("Boom valt op auto", "In Goes viel een boom om door de storm.", "De auto is kapot.")
    named = _chance(report(1, ferry), report(2, tree, 3))
    assert named > 0.5 > _chance(report(1, ferry), report(2, unnamed, 3))


def test_the_distance_of_a_contest_is_the_first_that_is_told() -> None:
    first = (
        "Goud op 100 meter voor zwemster De Blok",
        "Isa de Blok won de 100 meter vlinderslag.",
        "Zaterdag zwemt zij de 50 meter.",
    )
    second = (
        "Zwemster De Blok wint ook 50 meter",
        "Isa de Blok won de 50 meter vlinderslag.",
        "Donderdag won zij de 100 meter.",
    )
    assert _chance(report(1, first), report(2, second, 48)) == 0


def test_common_words_of_another_language_join_nothing() -> None:
    one = ("Government announces plan", "The government said the plan will take years.", "Opposition parties said the money is not enough.")  # fmt: skip  # noqa: E501
    other = ("Opposition attacks plan", "Opposition parties said on Monday that the government has no plan.", "The money will take years.")  # fmt: skip  # noqa: E501
    more = [
        report(
            200 + number,
            (f"Government plan {number}", "The opposition said years.", "Money parties."),
        )
        for number in range(5)
    ]
    rare = _rarity(report(1, one), report(2, other, 1), *more).of
    weighed = [weigh(each, rare, FREQUENCIES) for each in (report(1, one), report(2, other, 1))]
    assert chance(*weighed) < 0.5


def test_a_report_joins_the_story_that_it_is_of() -> None:
    barn, kitchen = report(1, BARN[0]), report(2, KITCHEN[0], 13)
    last = report(3, BARN[1], 14)
    rare = _rarity(barn, kitchen, last).of
    stories = {7: [weigh(barn, rare, FREQUENCIES)], 8: [weigh(kitchen, rare, FREQUENCIES)]}
    assert choose_story(weigh(last, rare, FREQUENCIES), stories) == Placement(7)


def test_a_report_of_something_else_gets_a_story_of_its_own() -> None:
    barn, museum = report(1, BARN[0]), report(2, OTHERS[0], 3)
    rare = _rarity(barn).of
    assert choose_story(
        weigh(museum, rare, FREQUENCIES), {7: [weigh(barn, rare, FREQUENCIES)]}
    ) == Placement(None)
    assert choose_story(weigh(museum, rare, FREQUENCIES), {}) == Placement(None)


def test_a_report_that_belongs_to_two_stories_makes_them_one() -> None:
    first, second, last = report(1, BARN[0]), report(2, BARN[1], 2), report(3, BARN[2], 50)
    rare = _rarity(first, second, last).of
    stories = {7: [weigh(first, rare, FREQUENCIES)], 9: [weigh(second, rare, FREQUENCIES)]}
    choice = choose_story(weigh(last, rare, FREQUENCIES), stories)
    assert {choice.story, *choice.bridged} == {7, 9}


def test_before_any_report_is_counted_every_word_is_rare() -> None:
    assert Rarity(0, {}).of("brug") == RAREST
