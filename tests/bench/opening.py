"""Opening articles from the list, from the key until their text is on the screen."""

from collections.abc import Iterator
from pathlib import Path

from reader.model import Article
from reader.store import Store
from reader.ui.state.edition import Edition
from tests.bench.archive import Archive, signs_of
from tests.bench.picture import Picture, cursor_text
from tests.bench.table import Missing, Row, latency, progress
from tests.bench.terminal import Screen, reader, without_preview

_COUNT = 80
_LONG_BLOCKS = 50
_TRIES = 3


def measure(large: Archive, folder: Path) -> Iterator[Row]:
    """Yield the rows of opening articles."""
    home = large.copy_to(folder / "opening")
    usual: list[float] = []
    long: list[float] = []
    with Store(home / "cache.sqlite3") as library:
        edition = Edition(library)
        edition.read_beginning()
        found = [library.articles.load(each) for each in edition.ids[:_COUNT]]
    without_preview(home)
    screen = reader(home, "--offline")
    picture = Picture(screen)
    try:
        screen.seconds_until("▌", screen.started)
        screen.settle(1)
        for number, article in enumerate(filter(None, found)):
            if number % 20 == 0:
                progress(f"opening articles, {number} of {len(found)}")
            if number:
                _go_on_to(article, screen, picture)
            taken = long if len(article.blocks) > _LONG_BLOCKS else usual
            taken.append(screen.press("\r", signs_of(article)[1]))
            screen.settle(0.2)
    finally:
        screen.kill()
    yield latency(f"open an article, key to its lead on the screen, {large.count:,}", usual, 60)
    yield latency("the same with an article of 5,000 words", long, 130)


def _go_on_to(article: Article, screen: Screen, picture: Picture) -> None:
    """Go back to the list and down to the next headline, which is this one."""
    name = signs_of(article)[0]
    for number in range(_TRIES):
        screen.type("h")
        screen.settle(0.1)
        since = screen.type("j")
        try:
            # A key that came before the focus did scrolled the article instead.
            picture.seconds_until(lambda lines: name in cursor_text(lines), since, name, 2)
            break
        except Missing:
            if number == _TRIES - 1:
                raise
    screen.settle(0.1)
