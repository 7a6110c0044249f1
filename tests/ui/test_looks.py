"""The look of the screen: backgrounds, text colours and positions, by theme and size."""

from collections.abc import Iterator

import pytest
from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len
from rich.style import Style

from reader.errors import reason
from reader.model import Block, StorySize
from reader.ui.app import ReaderApp
from reader.ui.widgets.options import Options

from .conftest import MakeApp
from .fakes import NOW, FakeLibrary, edition
from .quiet import until
from .screens import reading
from .test_reading import press

SIZES = [(45, 20), (80, 24), (120, 40), (170, 50)]
STATES = {
    "list": "j",
    "story": "j t",
    "article": "enter",
    "missing": "j j j j enter",
    "failed": "j j j j j j j j j enter",
    "changes": "enter v",
    "links": "j enter L",
    "find": "enter backslash d e",
    "strip": "enter tab",
    "filter": "backslash a",
    "search": "slash k a b i n e t",
    "selecting": "V space j space",
    "compact": "D",
    "which-key": "g",
}


class Roles(Struct, frozen=True):
    """The colours of a theme by their roles."""

    bar: str
    ground: str
    paper: str
    band: str
    card: str
    here: str
    there: str
    rule: str
    strong: str
    ink: str
    quiet: str
    accent: str
    warn: str
    error: str
    good: str

    @property
    def grounds(self) -> set[str]:
        """Return the colours that a cell may have for its background.

        A scrollbar has that of a rule, and a caret that of a text.
        """
        return {
            *(self.bar, self.ground, self.paper, self.band, self.card, self.here, self.there),
            *(self.rule, self.ink, self.strong),
        }

    @property
    def inks(self) -> set[str]:
        """Return the colours that a text may have."""
        return {
            *(self.strong, self.ink, self.quiet, self.accent, self.warn, self.error, self.good),
            self.rule,
            # The end of a scrollbar's thumb, and the character in a caret.
            *(self.card, self.band, self.bar),
        }


THEMES = {
    "zeeland-dark": Roles(
        *("#0b0c0e", "#121417", "#191c20", "#282d33", "#25292e", "#1d4254", "#24282d", "#464d54"),
        *("#f6f9fb", "#cfd7df", "#a7b3be", "#7cc4dc", "#e0b46c", "#e8938c", "#8fc79a"),
    ),
    "zeeland-light": Roles(
        *("#e3e2df", "#f0efed", "#fbfbfa", "#e6eaeb", "#edecea", "#c6dfe8", "#dfdedb", "#c2bfb8"),
        *("#0b1217", "#2b3136", "#4f5a64", "#0b5876", "#6d4600", "#942620", "#255d32"),
    ),
}


class Cell(Struct, frozen=True):
    """A cell of the terminal: its character, and its style as drawn."""

    x: int
    y: int
    text: str
    style: Style

    @property
    def ink(self) -> str:
        """Return the colour of its text."""
        return _name(self.style, "bgcolor" if self.style.reverse else "color")

    @property
    def ground(self) -> str:
        """Return the colour behind its text."""
        return _name(self.style, "color" if self.style.reverse else "bgcolor")


def _name(style: Style, which: str) -> str:
    colour = style.color if which == "color" else style.bgcolor
    return colour.triplet.hex if colour is not None and colour.triplet is not None else "none"


def cells_of(app: ReaderApp) -> Iterator[Cell]:
    """Yield all cells of the terminal."""
    for y, strip in enumerate(app.screen._compositor.render_strips(app.size)[: app.size.height]):
        x = 0
        for segment in strip.crop(0, app.size.width):
            for char in segment.text:
                yield Cell(x, y, char, segment.style or Style())
                x += cell_len(char)


def library_of_all() -> FakeLibrary:
    """Return an edition with a story, a changed and a failed article, links, and marks."""
    library = edition()
    story = (2, 8, 9, 11, 12, 14, 16, 18, 19)
    for number in story:
        size = StorySize(len(story), 4, NOW)
        library.kept[number] = replace(
            library.kept[number], story=1, story_size=size, cached=True, retitled=number == 9
        )
        library.bodies[number] = replace(library.bodies[1], teaser=library.kept[number].teaser)
    old = library.bodies[1]
    library.older[1] = replace(old, blocks=(Block("paragraph", "Eerst iets."), *old.blocks[1:]))
    library.kept[10] = replace(
        library.kept[10], cached=False, failure=reason("too_slow", seconds=20)
    )
    return library


@pytest.mark.parametrize(
    ("state", "size"),
    [
        *((state, size) for state in STATES for size in ((45, 20), (120, 40))),
        *((state, size) for state in ("list", "story", "strip") for size in ((80, 24), (170, 50))),
    ],
    ids=str,
)
async def test_every_cell_has_the_colours_of_a_role(
    make_app: MakeApp, state: str, size: tuple[int, int]
) -> None:
    app = make_app(library_of_all())
    async with app.run_test(size=size) as pilot:
        await press(pilot, *STATES[state].split())
        for theme, roles in THEMES.items():
            app.theme = theme
            await pilot.pause()
            strange = {
                (cell.ground, cell.ink if cell.text.strip() else "")
                for cell in cells_of(app)
                if cell.ground not in roles.grounds
                or (cell.text.strip() and cell.ink not in roles.inks)
            }
            assert not strange


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("theme", THEMES)
async def test_each_part_of_the_frame_has_its_ground_and_its_place(
    make_app: MakeApp, theme: str, size: tuple[int, int]
) -> None:
    roles, (width, height) = THEMES[theme], size
    app = make_app(library_of_all())
    async with app.run_test(size=size) as pilot:
        app.theme = theme
        await press(pilot, "j")
        rows = rows_of(app)
        assert {cell.ground for cell in (*rows[0], *rows[-1])} <= {roles.bar, roles.there}
        split = {45: 45, 80: 80, 120: 45, 170: 51}[width]
        first = 1 if height < 18 or width < 50 else 2
        here = [row for row in rows[first:-1] if row[3].ground == roles.here]
        assert here
        for row in rows[first:-1]:
            listed = row[: split - 1]
            assert {cell.ground for cell in listed} in ({roles.ground}, {roles.here})
            if width >= 90:
                assert row[split].ground == roles.ground
                assert row[split + 1].ground in (roles.paper, roles.band, roles.card)
        if first == 2:
            assert {cell.text for cell in rows[1][:split]} >= {"━"}
            assert not width >= 90 or "─" in {cell.text for cell in rows[1][split + 1 :]}
        # Each line of the row at the cursor begins with the accent.
        assert {(row[0].text, row[0].ink) for row in here} == {("▌", roles.accent)}


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("theme", THEMES)
async def test_the_head_stands_on_a_band_and_its_title_alone_is_bold_and_strong(
    make_app: MakeApp, theme: str, size: tuple[int, int]
) -> None:
    roles = THEMES[theme]
    app = make_app(library_of_all())
    async with app.run_test(size=size) as pilot:
        app.theme = theme
        await press(pilot, "enter")
        view = reading(app).article.region
        pane = [row[view.x : view.right - 1] for row in rows_of(app)[view.y : view.bottom]]
        band = [row for row in pane if {cell.ground for cell in row} == {roles.band}]
        assert pane[: len(band)] == band
        assert {cell.ground for row in pane[len(band) :] for cell in row} == {roles.paper}
        strong = ["".join(cell.text for cell in row if is_bold(cell, roles.strong)) for row in pane]
        opened = reading(app).opened
        assert opened is not None
        title = opened.headline.teaser.title or ""
        assert "".join("".join(strong).split()) == "".join(title.split())
        margin = 3 if view.width > 60 else 2 if view.width > 40 else 1
        first = next(row for row in pane[len(band) :] if row_text(row).strip())
        text = row_text(first)
        assert len(text) - len(text.lstrip()) == max(margin, (view.width - 1 - 72) // 2)
        # The lead is strong, but not bold.
        assert {(cell.ink, bool(cell.style.bold)) for cell in first if cell.text.strip()} == {
            (roles.strong, False)
        }
        roomy = view.height >= 20
        assert any("▊" in row_text(row) for row in band) == roomy
        assert (not row_text(band[0]).strip()) == roomy


def rows_of(app: ReaderApp) -> list[list[Cell]]:
    """Return the cells of the terminal by line."""
    rows: list[list[Cell]] = [[] for _ in range(app.size.height)]
    for cell in cells_of(app):
        rows[cell.y].append(cell)
    return rows


def row_text(row: list[Cell]) -> str:
    return "".join(cell.text for cell in row)


def is_bold(cell: Cell, ink: str) -> bool:
    return bool(cell.style.bold) and cell.ink == ink and cell.text.strip() != ""


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_digest_has_its_head_on_a_band_and_its_texts_in_line(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app(library_of_all())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "g", "d")
        await until(pilot, lambda: any(cell.text == "●" for cell in cells_of(app)))
        for theme, roles in THEMES.items():
            app.theme = theme
            await pilot.pause()
            rows = rows_of(app)
            band = [row for row in rows if {cell.ground for cell in row} == {roles.band}]
            assert rows[: len(band)] == band
            assert len(band) == (4 if size[1] >= 24 else 2)
            shown = [row_text(row) for row in rows]
            title = next(row for row in band if row_text(row).strip(" ▊"))
            strong = "".join(cell.text for cell in title if is_bold(cell, roles.strong))
            assert strong.startswith("Since")
            left = row_text(title).index("Since")
            number = next(row for row in rows if row[left].text == "1")
            assert (number[left].ink, number[left].style.bold) == (roles.accent, True)
            assert not row_text(number)[left + 1 : left + 3].strip()
            assert {row[left].text for row in rows if "unread" not in row_text(row)} >= {"●", "○"}
            assert ("▊" in "".join(shown[:4])) == (size[1] >= 24)
            assert "Esc Close" in shown[-1]
            assert {cell.ground for cell in rows[-1]} == {roles.bar}
            (earlier,) = [row for row in rows if row_text(row).strip(" ▌").startswith("earlier: ")]
            at = row_text(earlier).index("earlier")
            assert (earlier[at].ink, earlier[at].style.italic) == (roles.quiet, True)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("keys", ["gd", "S", "F", "?"])
async def test_the_sign_of_the_cursor_is_before_one_option_of_every_dialog(
    make_app: MakeApp, size: tuple[int, int], keys: str
) -> None:
    app = make_app(library_of_all())
    async with app.run_test(size=size) as pilot:
        await press(pilot, *keys)
        await until(pilot, lambda: signs(app))
        first = signs(app)
        await press(pilot, "down")
        await until(pilot, lambda: signs(app) not in ([], first))
        assert [cell.y for cell in signs(app)] == list(range(signs(app)[0].y, signs(app)[-1].y + 1))
        assert {cell.ink for cell in signs(app)} == {THEMES[app.theme].accent}


def signs(app: ReaderApp) -> list[Cell]:
    """Return the cells of the list of the open dialog with the sign of the cursor."""
    options = next(iter(app.screen.query(Options)), None)
    if options is None:
        return []
    return [
        cell
        for cell in cells_of(app)
        if cell.text == "▌" and options.region.contains(cell.x, cell.y)
    ]
