"""The hint after the first stroke of a longer key: the next keys in columns, as buttons."""

import pytest

from reader.ui import wording
from reader.ui.state.pending import Pending
from reader.ui.widgets.headline_lines import line_width
from reader.ui.widgets.which_key import WhichKey, hint_lines

from .clock import Clock
from .conftest import MakeApp
from .fakes import edition
from .screens import lines_of, reading, text_of
from .test_reading import press

_G = Pending(prefix="g")


def _drawn(width: int) -> list[str]:
    wording.set_language("nl")
    lines = hint_lines("list", _G, width)
    return ["".join(text for _, line in pieces for text, _ in line) for pieces in lines]


@pytest.mark.parametrize(("width", "rows"), [(43, 9), (78, 4), (118, 3)])
def test_the_keys_that_go_on_stand_in_as_many_columns_as_there_is_room_for(
    width: int, rows: int
) -> None:
    lines = _drawn(width)
    assert len(lines) <= rows
    assert max(len(line.rstrip()) for line in lines) <= width
    text = "\n".join(lines)
    for label in ("Alle berichten", "Ongelezen", "Labels", "Gevolgd"):
        assert label in text


def test_columns_begin_at_the_same_cell_in_each_line() -> None:
    wording.set_language("nl")
    lines = hint_lines("list", _G, 78)
    starts = []
    for pieces in lines:
        x, keys = 0, []
        for command, line in pieces:
            if command is not None:
                keys.append(x)
            x += line_width(line)
        starts.append(keys)
    assert len(starts[0]) > 1
    for keys in starts:
        assert keys == starts[0][: len(keys)]


async def test_a_click_on_a_key_of_the_hint_does_what_it_says(
    make_app: MakeApp, clock: Clock
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "g")
        clock.passes(0.4)
        await pilot.pause()
        place = next(y for y, line in enumerate(lines_of(app)) if "u Unread" in line)
        x = lines_of(app)[place].index("u Unread")
        await pilot.click(offset=(x + 3, place))
        await pilot.pause()
        assert reading(app).status.view == "Unread"
        assert not reading(app).pending
        assert not app.screen.query_one(WhichKey).display
        assert "Watched" not in text_of(app)
