"""The cache of a pure function of lines: right, effective and bounded."""

from reader.text.memoize import memoized


def test_a_line_is_asked_about_once_and_answered_alike() -> None:
    asked: list[str] = []

    @memoized
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    assert [length("brug"), length("sluis"), length("brug")] == [4, 5, 4]
    assert asked == ["brug", "sluis"]


def test_neither_long_texts_nor_any_number_of_them_are_kept() -> None:
    asked: list[str] = []

    @memoized
    def last(text: str) -> str:
        asked.append(text)
        return text[-1]

    long = "x" * 100_000
    assert (last(long), last(long)) == ("x", "x")
    assert len(asked) == 2
    for number in range(50_000):
        last(str(number))
    asked.clear()
    for number in range(50_000):
        last(str(number))
    assert len(asked) > 40_000
