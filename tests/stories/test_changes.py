"""The changes between two texts, by sentence."""

from reader.stories.changes import Part, compare, sentences

_OLD = [
    "Het vuur werd rond vier uur ontdekt door een voorbijganger.",
    "De brandweer is met negen wagens ter plaatse en krijgt hulp uit Goes.",
    "De politie heeft de N57 afgesloten.",
    "Niemand raakte gewond.",
]


def _kinds(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in compare(old, new)]


def test_a_rewritten_text_is_told_by_sentences() -> None:
    new = [
        "De brandweer was met negen wagens ter plaatse en kreeg hulp uit Goes.",
        "Niemand raakte gewond.",
        _OLD[0],
        "De N57 is sinds half acht weer open.",
    ]
    found = compare(_OLD, new)
    kinds = [each.kind for each in found if each.text in new]
    assert kinds in (["changed", "same", "moved", "new"], ["changed", "moved", "same", "new"])
    assert [each.text for each in found if each.kind == "gone"] == [_OLD[2]]
    changed = next(each for each in found if each.kind == "changed")
    differing = [part for part in changed.parts if part.old != part.new]
    assert differing == [Part("is", "was"), Part("krijgt", "kreeg")]


def test_white_space_and_typography_are_no_change() -> None:
    old = ['Hij zei: "Het is mooi - echt waar."', "Het kost 3 euro."]
    new = ["Hij zei:  “Het is mooi – echt waar.”", "Het kost\xa03 euro."]
    assert {kind for kind, _ in _kinds(old, new)} == {"same"}


def test_what_is_gone_stands_where_it_was() -> None:
    assert _kinds(_OLD, [_OLD[0], _OLD[3]]) == [
        ("same", _OLD[0]),
        ("gone", _OLD[1]),
        ("gone", _OLD[2]),
        ("same", _OLD[3]),
    ]


def test_a_text_is_all_new_where_there_was_none() -> None:
    assert _kinds([], _OLD) == [("new", each) for each in _OLD]
    assert _kinds(_OLD, []) == [("gone", each) for each in _OLD]
    assert _kinds([], []) == []


def test_sentences_end_where_they_do() -> None:
    text = 'Dr. De Vries kwam om 10.30 uur. "Mooi!" zei hij. Toen ging J. Jansen weg.'
    assert sentences(text) == [
        "Dr. De Vries kwam om 10.30 uur.",
        '"Mooi!" zei hij.',
        "Toen ging J. Jansen weg.",
    ]
    assert sentences("   ") == []


def test_a_long_text_is_compared_at_once() -> None:
    old = [f"Zin nummer {number} van de oude tekst." for number in range(3000)]
    new = [f"Regel {number} staat nu heel anders in dit verhaal." for number in range(3000)]
    assert len(compare(old, new)) >= 3000
