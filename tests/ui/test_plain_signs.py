"""Terminals that lack signs: rules, marks and keys are as clear without them."""

from collections.abc import Iterator

import pytest

from reader import glyphs
from reader.ui.commands.key_names import key_name, print_plainly

from .conftest import MakeApp
from .fakes import edition
from .screens import lines_of, text_of
from .test_reading import press


@pytest.fixture(autouse=True)
def _signs_again() -> Iterator[None]:
    yield
    print_plainly(False)


@pytest.mark.parametrize(
    "pair",
    "●* ○o ✕x ★s ▌> ▊| ▎| │| ─- ━= ▸+ ▾- ▲^ ±~ ↕= →> ⇄% ▰# ▱. ‹< ›> …. •- ·-".split(),
)
def test_each_sign_has_a_plain_one(pair: str) -> None:
    assert glyphs.plain(pair[0]) == pair[1]


async def test_the_rule_of_the_pane_with_the_focus_is_another_and_enter_is_a_word(
    make_app: MakeApp,
) -> None:
    app = make_app(edition(), glyphs="ascii")
    async with app.run_test(size=(120, 40)) as pilot:
        shown = text_of(app)
        assert "Enter Open" in lines_of(app)[-1]
        assert "↵" not in shown
        await press(pilot, "?")
        assert "⌫" not in text_of(app)
    assert glyphs.plain("━ 3/26 ─") == "= 3/26 -"


def test_keys_are_words_where_their_signs_would_tell_nothing() -> None:
    assert [key_name(key) for key in ("enter", "backspace", "shift+left")] == ["↵", "⌫", "⇧←"]
    print_plainly(True)
    assert [key_name(key) for key in ("enter", "backspace", "ctrl+x", "shift+left")] == [
        "Enter", "Backspace", "Ctrl+X", "Shift←",
    ]  # fmt: skip
