"""Lists so long that only the needed part may be read."""

from collections.abc import Sequence

import pytest

from reader.model import Counts, Headline, SectionCount, Selection
from reader.ui.state.edition import Edition

from .clock import Clock
from .conftest import MakeApp
from .fakes import NOW, FakeHeadlines, FakeLibrary, teaser
from .screens import opened_id, reading, text_of
from .test_reading import press

_COUNT = 100_000
# More than the time after which all of a list is read (seconds).
_READ_ON = 0.2


class Vast(FakeHeadlines):
    """A hundred thousand headlines, unread if in `unread`; records the queries."""

    def __init__(self, library: FakeLibrary) -> None:
        super().__init__(library)
        self.unread = {40_000}
        self.limits: list[int | None] = []
        self.looked_at = 0

    def ids(self, _selection: Selection | None = None, limit: int | None = None) -> list[int]:
        """Return the highest numbers, as the newest."""
        self.limits.append(limit)
        return list(range(_COUNT, 0, -1))[:limit]

    def counts(self, _selection: Selection | None = None) -> Counts:
        """Count all of them."""
        return Counts(_COUNT, len(self.unread))

    def last_id(self) -> int:
        """Return the newest."""
        return _COUNT

    def load(self, ids: Sequence[int]) -> list[Headline]:
        """Return any headline."""
        return [
            Headline(each, teaser(each % 500), NOW, read=each not in self.unread) for each in ids
        ]

    def unread_among(self, ids: Sequence[int], *, cached: bool = False) -> set[int]:
        """Return the unread ones and note how many were looked at."""
        self.looked_at += len(ids)
        return self.unread & set(ids)

    def sections(self) -> list[SectionCount]:
        """Return one."""
        return [SectionCount("Sport", _COUNT, 1)]


def vast() -> tuple[FakeLibrary, Vast]:
    """Return a library of a hundred thousand headlines, and these."""
    library = FakeLibrary()
    library.headlines = headlines = Vast(library)
    return library, headlines


def test_the_beginning_of_a_list_tells_how_long_all_of_it_is() -> None:
    library, headlines = vast()
    edition = Edition(library)
    edition.read_beginning()
    assert len(edition.ids) < 1000
    assert edition.status().total == edition.total == _COUNT
    edition.read()
    assert len(edition.ids) == _COUNT
    assert headlines.limits[-1] is None


def test_the_next_unread_is_found_near_and_far_both_ways() -> None:
    library, headlines = vast()
    edition = Edition(library)
    edition.read()
    ids = edition.ids
    assert edition.unread_from(ids, _COUNT, 0, 1) == 40_000
    assert edition.unread_from(ids, 7, 0, -1) == 40_000
    assert edition.unread_from(ids, 40_000, 0, 1) is None
    assert edition.unread_from(ids, 40_000, 0, -1) is None
    assert edition.unread_from(ids, None, len(ids), 1) is None
    headlines.unread |= {990, 995}
    headlines.looked_at = 0
    assert edition.unread_from(ids, 1000, 0, 1) == 995
    assert edition.unread_from(ids, 980, 0, -1) == 990
    assert headlines.looked_at < 200


@pytest.mark.parametrize(
    ("keys", "cursor"), [("20G", 19), ("5000G", 4999), ("256G", 255), ("300j", 300), ("300jk", 254)]
)
async def test_a_number_before_all_is_read_is_one_of_the_whole_list(
    make_app: MakeApp, clock: Clock, keys: str, cursor: int
) -> None:
    app = make_app(vast()[0])
    async with app.run_test(size=(120, 40)) as pilot:
        screen = reading(app)
        assert len(screen.ids) < 1000
        await press(pilot, *keys)
        clock.passes(_READ_ON)
        assert len(screen.ids) == _COUNT
        assert screen.headlines.cursor == cursor


async def test_who_goes_to_the_end_before_all_is_read_is_taken_there(
    make_app: MakeApp, clock: Clock
) -> None:
    app = make_app(vast()[0])
    async with app.run_test(size=(120, 40)) as pilot:
        screen = reading(app)
        assert len(screen.ids) < 1000
        height = screen.headlines.virtual_size.height
        await press(pilot, "G")
        assert screen.headlines.cursor == _COUNT - 1
        clock.passes(_READ_ON)
        await press(pilot)
        assert screen.headlines.cursor == _COUNT - 1
        assert screen.headlines.virtual_size.height == height
        await press(pilot, "enter")
        assert opened_id(app) == 1
        assert "1 unread of 100,000" in text_of(app)


async def test_the_next_unread_is_sought_in_the_whole_list_before_all_is_read(
    make_app: MakeApp,
) -> None:
    app = make_app(vast()[0])
    async with app.run_test(size=(120, 40)) as pilot:
        screen = reading(app)
        assert len(screen.ids) < 1000
        await press(pilot, "n")
        assert screen.opened is not None
        assert screen.opened.headline.id == 40_000
