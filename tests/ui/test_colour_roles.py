"""The colours of the reader's own themes: their contrast, and what 256 colours leave of them."""

import pytest
from rich._palettes import EIGHT_BIT_PALETTE
from rich.color import Color, ColorSystem
from rich.style import Style
from textual.theme import Theme

from reader.ui import themes
from reader.ui.colour_roles import roles_of

from .test_contrast import contrast_of

_GROUNDS = ("bar", "ground", "paper", "band", "card", "there")
_TEXTS = ("strong", "ink", "quiet", "key", "warn", "fault", "good")
_FEW = ["bar", "ground", "paper", "band", "card", "there", "here"]


def contrast(text: str, ground: str) -> float:
    return contrast_of(Style(color=text, bgcolor=ground))


@pytest.mark.parametrize("theme", [themes.DARK, themes.LIGHT], ids=lambda theme: theme.name)
def test_every_text_has_contrast_with_every_ground(theme: Theme) -> None:
    roles = roles_of(theme)
    poor = {
        (text, ground): contrast(roles[text], roles[ground])
        for ground in (*_GROUNDS, "here")
        for text in _TEXTS
        # On the row at the cursor, ink and strong take the place of the others.
        if ground != "here" or text in ("strong", "ink")
    }
    assert not {pair: found for pair, found in poor.items() if found < 4.6}


def of_256(colour: str) -> tuple[int, str]:
    """Return the number of the nearest of 256 colours, and that colour."""
    number = Color.parse(colour).downgrade(ColorSystem.EIGHT_BIT).number
    assert number is not None
    return number, "#{:02x}{:02x}{:02x}".format(*EIGHT_BIT_PALETTE[number])


@pytest.mark.parametrize(
    ("theme", "numbers"),
    [
        (themes.DARK, [232, 233, 234, 235, 235, 235, 23]),
        (themes.LIGHT, [253, 254, 231, 254, 254, 253, 153]),
    ],
    ids=("dark", "light"),
)
def test_with_256_colours_the_grounds_are_greys_and_the_cursor_is_not(
    theme: Theme, numbers: list[int]
) -> None:
    roles = roles_of(theme, few_colours=True)
    assert [of_256(roles[ground])[0] for ground in _FEW] == numbers
    for ground in _FEW:
        for text in ("strong", "ink"):
            assert contrast(of_256(roles[text])[1], of_256(roles[ground])[1]) > 4.5
