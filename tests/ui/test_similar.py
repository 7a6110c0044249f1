"""The similar reports beside an article: they come in once they are found, and never in the way."""

from reader.errors import CacheError
from reader.ui import wording
from reader.ui.app import ReaderApp

from .clock import Clock
from .conftest import MakeApp
from .fakes import edition
from .quiet import until
from .screens import opened_id, reading, text_of
from .test_reading import press

REST = 0.05


def similar_ids(app: ReaderApp) -> list[int]:
    opened = reading(app).opened
    if opened is None:
        return []
    of_story, similar = opened.alike
    return [each.id for each in opened.related[of_story : of_story + similar]]


async def test_similar_reports_come_into_the_strip_of_an_opened_article(
    make_app: MakeApp, clock: Clock
) -> None:
    library = edition()
    library.stories.similar = {1: [6, 3]}
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        assert opened_id(app) == 1
        assert not library.stories.looked_at
        clock.passes(REST)
        await until(pilot, lambda: similar_ids(app) == [6, 3])
        await until(pilot, lambda: f"{wording.say('strip.alike')} 2" in text_of(app))
        # They stay when something else changes, and are not looked for again.
        await press(pilot, "s")
        assert similar_ids(app) == [6, 3]
        clock.passes(60)
        assert library.stories.looked_at == [1]


async def test_no_reports_are_looked_for_while_keys_follow_each_other(
    make_app: MakeApp, clock: Clock
) -> None:
    library = edition()
    library.stories.similar = {3: [1]}
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        clock.passes(REST / 2)
        await press(pilot, "n")
        clock.passes(REST / 2)
        await press(pilot, "n")
        clock.passes(REST)
        await until(pilot, lambda: bool(similar_ids(app)))
        assert library.stories.looked_at == [3]


async def test_a_cache_that_cannot_be_read_leaves_the_strip_as_it_is(
    make_app: MakeApp, clock: Clock
) -> None:
    library = edition()
    app = make_app(library)

    def fail() -> None:
        asked.append(1)
        raise CacheError("cache_gone")

    asked: list[int] = []
    library.open_connection = fail  # type: ignore[assignment, method-assign]
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        clock.passes(REST)
        await until(pilot, lambda: bool(asked))
        assert opened_id(app) == 1
        assert similar_ids(app) == []
