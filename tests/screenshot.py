"""Makes the pictures of the program: `python -m tests.screenshot FOLDER` (needs Chromium).

Each shows one state of the sample edition and is named after it; further arguments choose some.
"""

import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from PIL import Image

from reader.config import Settings
from reader.errors import reason
from reader.events import Done, Event, Failed, Progress, Started
from reader.intake import import_sample
from reader.model import Block, Dateline, Listing, Sighting, Teaser
from reader.store import Store
from reader.ui.app import ReaderApp
from tests.many_feeds import follow_sixty
from tests.ui.fake_child import FakeChild

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_NOW = datetime(2026, 3, 26, 15, 5, tzinfo=UTC)
_AWAY = Failed("https://www.zeelandnet.nl/", reason("no_connection"))
_LATE = Failed("https://www.zeelandnet.nl/", reason("too_slow", seconds=20))
_CHANGED = "gestrande-merelanda-weer-vlot-voor-portugal"
_MISSING = Teaser(
    "https://www.zeelandnet.nl/nieuws/boulevard-krijgt-nieuwe-banken",
    "Boulevard krijgt nieuwe banken van oud dijkhout",
    "Vlissingen",
    Dateline(("VLISSINGEN",)),
    "Langs de boulevard komen dertig banken van hout uit afgekeurde strandpalen. De eerste staan "
    "er voor de zomer, zegt de gemeente.",
    Sighting(_NOW - timedelta(minutes=3), _NOW - timedelta(minutes=2)),
)
# The number of colours and the greatest width (pixels), to keep pictures small.
_COLOURS, _WIDTH = 64, 1180


class State(Struct, frozen=True):
    """A state to show: the keys that lead to it, and what the child tells after them."""

    keys: str = ""
    size: tuple[int, int] = (120, 36)
    theme: str = "zeeland-dark"
    tells: tuple[Event, ...] = ()
    filled: bool = True
    # Whether the article of the newest headline is not offline.
    missing: bool = False
    colours: bool = True
    # Whether an article was read and has changed since.
    changed: bool = False
    # Whether sixty feeds are followed as well.
    feeds: bool = False


_NARROW, _LARGE, _SMALL = (60, 24), (120, 40), (45, 20)
_READING = "down down enter"
STATES = {
    "reading": State(f"{_READING} s"),
    "light": State(f"{_READING} s", theme="zeeland-light"),
    "narrow": State(_READING, _NARROW),
    "narrow-list": State("down down", _NARROW),
    "search": State("slash b i n n e n"),
    "help": State("question_mark"),
    "which-key": State("g"),
    "sections": State("S"),
    "days": State("end"),
    "notice": State("ctrl+o"),
    "follow": State("F"),
    "feeds": State("down down", feeds=True),
    "feeds-sections": State("S", feeds=True),
    "feeds-follow": State("F pagedown", feeds=True),
    "export": State("e"),
    "empty": State(filled=False),
    "first-run-offline": State("r", tells=(Done(failures=(_AWAY,)),)),
    "syncing": State("down enter r", tells=(Started(1), Progress(40, 100, 12, 1))),
    "failed-article": State("enter", missing=True, tells=(Done(reached=True, failures=(_LATE,)),)),
    "no-color": State(_READING, colours=False),
    "wide": State(_READING, (200, 60)),
    "story": State("down down", _LARGE),
    "story-open": State("down down t enter", _LARGE),
    "story-changes": State("down down enter v", _LARGE, changed=True),
    "story-digest": State("g d", _LARGE),
    "story-narrow": State("down down", _SMALL),
    "story-open-narrow": State("down down t", _SMALL),
    "story-changes-narrow": State("down down enter v", _SMALL, changed=True),
    "story-digest-narrow": State("g d", _SMALL),
}


async def _draw(folder: Path, state: State) -> str:
    """Return the SVG of the reader in a state."""
    os.environ.pop("NO_COLOR", None)
    if not state.colours:
        os.environ["NO_COLOR"] = "1"
    cache = folder / "cache.sqlite3"
    with Store(cache) as library:
        if state.filled:
            import_sample(library, _NOW)
            library.stories.place(_NOW)
        if state.changed:
            _change(library)
        if state.missing:
            library.pages.add(Listing("Vlissingen", (_MISSING,), (), (), None, _NOW))
        if state.feeds:
            follow_sixty(library, folder, _NOW)
        settings = Settings(cache, folder / "none", sync="key", glyphs="unicode")
        child = FakeChild()
        app = ReaderApp(library, settings, lambda: _NOW, child)
        async with app.run_test(size=state.size) as pilot:
            app.theme = state.theme
            await pilot.pause()
            await pilot.press(*state.keys.split())
            await pilot.pause(0.4)
            if state.tells:
                child.tell(*state.tells)
            await pilot.pause(0.4)
            return app.export_screenshot(title="znreader")


def _change(library: Store) -> None:
    """Mark an article read, and store it with another title and text a minute later."""
    articles = [library.articles.load(number) for number in library.headlines.ids()]
    # The sample edition goes with the first page that is stored, so its articles are stored anew.
    for each in articles:
        if each is not None:
            library.pages.add(each)
    library.stories.place(_NOW)
    number = library.headlines.find("https://www.zeelandnet.nl/nieuws/" + _CHANGED)
    article = library.articles.load(number or 0)
    if number is None or article is None:
        raise ValueError(_CHANGED)
    library.marks.set("read", [number], _NOW)
    library.articles.note_read(number)
    first, second, *rest = article.blocks
    blocks = (
        first,
        replace(second, text=second.text.replace("tien minuten", "een kwartier")),
        *rest[:-1],
        Block("paragraph", "Het schip mag volgende week weer varen."),
    )
    teaser = replace(article.teaser, title=f"{article.teaser.title}, kapitein opgelucht")
    later = _NOW + timedelta(minutes=1)
    library.pages.add(replace(article, teaser=teaser, blocks=blocks, fetched=later))


def _write_png(svg: str, target: Path, folder: Path) -> None:
    browser = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        sys.exit("no Chromium was found to draw the pictures with")
    # The SVG names a font host; the machine's own monospaced font serves as well.
    svg = re.sub(r"(?s)@font-face\s*\{.*?\}", "", svg).replace("Fira Code", "DejaVu Sans Mono")
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    width, height = (float(box[1]), float(box[2])) if box else (1480.0, 930.0)
    shown = min(_WIDTH, round(width))
    page = folder / "picture.html"
    style = f"body{{margin:0}}svg{{width:{shown}px;display:block}}"
    page.write_text(f"<style>{style}</style>{svg}", encoding="utf-8")
    subprocess.run(
        [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--window-size={shown},{round(height * shown / width)}",
            f"--screenshot={target}",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        cwd=folder,
    )
    with Image.open(target) as picture:
        picture.convert("RGB").quantize(_COLOURS).save(target, optimize=True)


def main() -> None:
    """Draw the pictures of all states, or of those that are named."""
    target = Path(sys.argv[1]).resolve()
    target.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:] or STATES:
        with tempfile.TemporaryDirectory() as folder:
            svg = asyncio.run(_draw(Path(folder), STATES[name]))
            _write_png(svg, target / f"{name}.png", Path(folder))
        print(target / f"{name}.png")


if __name__ == "__main__":
    main()
