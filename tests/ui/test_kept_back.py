"""A refused newer text is reported with its article, and accepted by a key."""

from reader.errors import reason

from .conftest import MakeApp
from .fake_child import FakeChild, wait_until_asked
from .fakes import edition
from .screens import text_of
from .test_reading import press


async def test_opening_an_article_tells_that_a_worse_text_was_kept_back(make_app: MakeApp) -> None:
    library = edition()
    (first, *_) = library.headlines.ids()
    library.kept_back[first] = reason("became_stub")
    app = make_app(library, language="nl")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        assert "De site toont nu een slechtere tekst" in text_of(app)


async def test_a_key_takes_the_sites_text(make_app: MakeApp) -> None:
    library = edition()
    (first, *_) = library.headlines.ids()
    headline = library.kept[first]
    library.kept_back[first] = reason("became_stub")
    child = FakeChild()
    app = make_app(library, child)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "R")
        await wait_until_asked(pilot, child)
        assert child.asked == [f"accept {headline.teaser.url}"]


async def test_without_such_a_text_the_key_says_so(make_app: MakeApp) -> None:
    app = make_app(edition(), language="nl")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "R")
        assert "geen tekst van de site tegengehouden" in text_of(app)
