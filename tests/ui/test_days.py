"""The lines above the days of a list: position, text, and cost."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.model import LastVisit, StorySize
from reader.ui import wording
from reader.ui.state.days import DayBegin, day_begins
from reader.ui.state.dividers import dividers
from reader.ui.state.edition import Edition
from reader.ui.state.rows import Day, Dividing
from reader.ui.typeset.text import day_text
from reader.ui.widgets.dividers import divider_line, texts_of

from .conftest import MakeApp
from .fakes import NOW, edition
from .screens import lines_of, reading
from .test_reading import press

_TODAY = date(2026, 3, 2)
_YESTERDAY = "yesterday, Sunday 1 March · 16"


class Days:
    """The days of headlines that have their place for a number; counts what is looked up."""

    def __init__(self, lengths: Sequence[int]) -> None:
        self.days = [
            _TODAY - timedelta(days=day)
            for day, length in enumerate(lengths)
            for _ in range(length)
        ]
        self.looked_up = self.rounds = 0

    def __call__(self, ids: Sequence[int]) -> dict[int, date]:
        """Return the days of these."""
        self.looked_up += len(ids)
        self.rounds += 1
        return {number: self.days[number] for number in ids}


@given(st.lists(st.integers(0, 9), max_size=12))
def test_each_day_begins_where_its_first_headline_is(lengths: list[int]) -> None:
    days = Days(lengths)
    begins = day_begins(range(len(days.days)), days)
    expected, place = [], 0
    for back, length in enumerate(lengths):
        if length:
            expected.append(DayBegin(place, _TODAY - timedelta(days=back), length))
        place += length
    assert begins == expected


def test_a_long_list_is_looked_up_only_around_the_changes_of_day() -> None:
    days = Days([274] * 365)
    assert len(day_begins(range(len(days.days)), days)) == 365
    assert days.looked_up < 5_000
    assert days.rounds < 20


def test_a_headline_that_is_gone_has_no_day() -> None:
    assert day_begins([1, 2, 3], lambda _: {}) == []
    assert [each.place for each in day_begins([0, 1], lambda _: {0: _TODAY})] == [0]


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2026, 3, 2), "vandaag, maandag 2 maart", "vandaag, ma 2 mrt"),
        (date(2026, 3, 1), "gisteren, zondag 1 maart", "gisteren, zo 1 mrt"),
        (date(2026, 1, 7), "woensdag 7 januari", "wo 7 jan"),
        (date(2025, 12, 31), "woensdag 31 december 2025", "wo 31 dec 2025"),
    ],
)
def test_a_day_has_its_name_where_it_is_near_and_its_year_where_that_is_another(
    day: date, long: str, short: str
) -> None:
    wording.set_language("nl")
    assert day_text(day, _TODAY) == long
    assert day_text(day, _TODAY, short=True) == short


def test_a_day_is_cut_to_short_names_before_it_loses_a_letter() -> None:
    day = Dividing(3, "gisteren, woensdag 25 november · 14", "day", "gisteren, wo 25 nov · 14")
    drawn = ["".join(text for text, _ in divider_line(day, width)) for width in (44, 34, 20)]
    assert drawn[0] == "   gisteren, woensdag 25 november · 14 ──── "[:44]
    assert drawn[1] == "   gisteren, wo 25 nov · 14 ───── "[:34]
    assert drawn[2] == "   gisteren, wo 25… "


def test_the_text_of_a_day_is_in_the_language_of_the_reader() -> None:
    day = Dividing(3, day=Day(date(2026, 3, 1), _TODAY, 1234))
    for language, text in (
        ("nl", "gisteren, zondag 1 maart · 1.234"),
        ("en", "yesterday, Sunday 1 March · 1,234"),
    ):
        wording.set_language(language)  # type: ignore[arg-type]
        assert texts_of(day)[0] == text
    assert texts_of(Dividing(3, day=Day(date(2026, 3, 1), _TODAY)))[1] == "yesterday, Sun 1 Mar"


async def test_yesterday_has_a_line_over_its_headlines_and_today_has_none(
    make_app: MakeApp,
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *["j"] * 20)
        lines = [line[:46] for line in lines_of(app)]
        (place,) = [place for place, line in enumerate(lines) if _YESTERDAY in line]
        assert lines[place].startswith(f"   {_YESTERDAY} ─")
        # It has no row of its own: the cursor passes over it.
        assert reading(app).headlines.cursor_id == 21
        assert lines[place + 1].startswith("▌")
        await press(pilot, "home")
        assert not any("today" in line or "Monday" in line for line in lines_of(app))


async def test_each_order_by_time_has_its_days_and_the_unread_first_have_none(
    make_app: MakeApp,
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 70)) as pilot:
        await press(pilot, "i")
        screen = reading(app)
        assert [(each.row, texts_of(each)[0]) for each in screen.dividing] == [
            (0, _YESTERDAY),
            (16, "today, Monday 2 March · 20"),
        ]
        await press(pilot, "i")
        assert screen.dividing == ()


async def test_a_section_and_a_filter_have_the_days_of_what_they_show(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "backslash", *"bibliotheekboek")
        counted = sum(day.row > 0 for day in reading(app).dividing)
        assert counted == 1
        (day,) = reading(app).dividing
        assert texts_of(day)[0] == f"yesterday, Sunday 1 March · {len(reading(app).ids) - day.row}"


def test_older_reports_of_an_open_story_are_under_the_day_of_the_newest() -> None:
    library = edition()
    for number in (3, 30):
        kept = library.kept[number]
        library.kept[number] = replace(kept, story=1, story_size=StorySize(2, 0, NOW))
    shown = Edition(library)
    shown.toggle_story(1)
    shown.read()
    assert list(shown.ids)[2:4] == [3, 30]
    (day,) = [each for each in dividers(library, shown, NOW) if each.kind == "day"]
    assert shown.ids[day.row] == 21
    assert texts_of(day)[0] == "yesterday, Sunday 1 March · 15"


def test_the_line_below_what_is_new_stands_over_that_of_the_day() -> None:
    library = edition()
    kept = [replace(each, id=100 - number) for number, each in enumerate(library.kept.values())]
    library.kept = {each.id: each for each in kept}
    library.visit = LastVisit(NOW - timedelta(hours=12), 80)
    shown = Edition(library)
    shown.open("all", NOW)
    shown.read()
    assert [(each.kind, each.row) for each in dividers(library, shown, NOW)] == [
        ("fresh", 20),
        ("day", 20),
    ]


def test_the_count_of_a_day_waits_until_the_whole_list_is_read() -> None:
    library = edition(600)
    shown = Edition(library)
    shown.read_beginning()
    assert not texts_of(dividers(library, shown, NOW)[-1])[0].endswith(tuple("0123456789"))
    assert texts_of(dividers(library, shown, NOW)[0])[0] == _YESTERDAY.replace("16", "19")
    shown.read()
    assert "·" in texts_of(dividers(library, shown, NOW)[-1])[0]
