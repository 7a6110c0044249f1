"""A kill at any moment of a prune: it is done or not, and saved headlines stay."""

import random
import shutil
from pathlib import Path

from reader.store import Store
from tests.survival.after import marks_of, picture, require_sound
from tests.survival.conftest import NOW
from tests.survival.kills import kill_within, make_news, timed
from tests.survival.nursery import Nursery

_KILLS = 10
_ARTICLES = 200
_COMMAND = ("prune", "--articles", "40")


def test_kills_while_pruning_lose_nothing_saved_and_the_next_prune_completes_it(
    nursery: Nursery, path: Path, dice: random.Random, tmp_path: Path
) -> None:
    pristine = tmp_path / "pristine"
    numbers = make_news(pristine, _ARTICLES)
    saved = set(dice.sample(numbers, 20))
    with Store(pristine) as cache:
        for number in saved:
            cache.marks.set("saved", [number], NOW)
    whole, untouched, pruned = 0.0, picture(pristine), None
    for _ in range(1 + _KILLS):
        path.parent.mkdir()
        shutil.copy(pristine, path)
        if pruned is None:
            whole = timed(nursery.run(path.parent, *_COMMAND))
            pruned = picture(path)
            assert pruned != untouched
        else:
            kill_within(nursery.run(path.parent, *_COMMAND), whole, dice)
            require_sound(path)
            assert picture(path) in (untouched, pruned)
            assert nursery.run(path.parent, *_COMMAND).wait() == 0
            assert picture(path) == pruned
        assert {number for (kind, number), value in marks_of(path).items() if value} == saved
        shutil.rmtree(path.parent)
