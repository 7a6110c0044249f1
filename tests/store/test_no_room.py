"""Where there is no room reading goes on, and one sentence says what is not kept and why."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from reader.errors import CacheError
from reader.store import Store
from tests.small_disk import needs_small_disk, require_well

from .builders import ALL, dump, rows_of, titles
from .versions import make_first

pytestmark = pytest.mark.real_creation

_ROOT = Path(__file__).parents[2]
_FILL = """
import sys
from pathlib import Path
from reader.store import Store
from reader.errors import CacheError
from tests.store.builders import ALL, NOON, article, linked, origin, titles
from tests.store.versions import make_first
folder = Path(sys.argv[1])
path, filler = folder / "cache.sqlite3", folder / "filler"

def fill():
    with filler.open("wb", 0) as file:
        try:
            while file.write(bytes(512)):
                pass
        except OSError:
            pass

def refused(act):
    try:
        act()
    except CacheError as error:
        assert str(error).count(chr(10)) == 0
        assert error.code == "disk_full", error
        return True
"""
_READS_ON = """
with Store(path) as cache:
    cache.pages.add(article(linked("A"), "Tekst."), origin=origin("A"))
fill()
with Store(path) as cache:
    (number,) = cache.headlines.ids(ALL)
    assert cache.articles.load(number) and titles(cache) == ["A"]
    assert refused(lambda: cache.marks.set("read", [number], NOON))
    assert refused(lambda: cache.pages.add(article(linked("B"), "Tekst.")))
    assert titles(cache) == ["A"] and not cache.headlines.load([number])[0].read
    filler.unlink()
    cache.marks.set("read", [number], NOON)
    assert cache.headlines.load([number])[0].read
with Store(path) as cache:
    assert cache.headlines.load([number])[0].read
"""
_FILLS_UP = """
stored = []
with Store(path) as cache:
    try:
        for page in range(1000):
            cache.pages.add(article(linked(f"A {page}"), f"Tekst {page}. " * 200))
            stored.append(f"A {page}")
    except CacheError as error:
        assert error.code == "disk_full", error
    assert 3 < len(stored) < 1000
    assert set(titles(cache)) == set(stored)
with Store(path) as cache:
    assert set(titles(cache)) == set(stored) and cache.maintenance.health().check == "ok"
    target = folder / "kopie"
    assert refused(lambda: cache.maintenance.backup(target)) or target.exists()
    assert not list(folder.glob("*.part"))
"""
_OLD_FILE = """
make_first(folder / "sub" / "cache.sqlite3", 200)
path = folder / "sub" / "cache.sqlite3"
before = path.read_bytes()
fill()
with Store(path) as cache:
    assert len(titles(cache)) == 203 and cache.articles.load(3).blocks
    assert refused(lambda: cache.marks.set("read", [5], NOON))
assert path.read_bytes() == before
filler.unlink()
with Store(path) as cache:
    cache.marks.set("read", [5], NOON)
    assert len(titles(cache)) == 203 and cache.headlines.load([5])[0].read
"""


@needs_small_disk
@pytest.mark.parametrize("program", [_READS_ON, _FILLS_UP, _OLD_FILE])
def test_on_a_full_disk_reading_goes_on_and_nothing_is_half_stored(
    folder: Path, program: str
) -> None:
    require_well("900k", folder, _FILL + program, str(folder))


def test_where_a_file_may_not_grow_nothing_is_half_stored(path: Path) -> None:
    limit = 400_000
    code = (
        "import sys\nfrom pathlib import Path\nfrom reader.store import Store\n"
        "from tests.store.builders import article, linked\n"
        "from reader.errors import CacheError\n"
        "with Store(Path(sys.argv[1])) as cache:\n"
        "    try:\n"
        "        for page in range(1000):\n"
        "            cache.pages.add(article(linked(f'A {page}'), f'Tekst {page}. ' * 200))\n"
        "            print(page)\n"
        "    except CacheError as error:\n        print(error, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=_ROOT, check=True, capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    assert done.stderr.count("\n") == 1
    assert "what=cache task=written" in done.stderr
    with Store(path) as cache:
        assert set(titles(cache)) == {f"A {page}" for page in done.stdout.split()}
        assert cache.maintenance.health().check == "ok"


def test_a_migration_that_finds_no_room_leaves_the_old_file(path: Path) -> None:
    make_first(path, 3_000)
    before = dump(path)
    code = (
        "import sys\nfrom pathlib import Path\nfrom reader.store import Store\n"
        "from tests.store.builders import NOON\n"
        "with Store(Path(sys.argv[1])) as cache:\n    print(len(cache.headlines.ids()))\n"
        "    try:\n        cache.marks.set('read', [3], NOON)\n"
        "    except Exception as error:\n        print(type(error).__name__, error)\n"
    )
    limit = path.stat().st_size // 2
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=_ROOT, check=True, capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    number, refusal = done.stdout.splitlines()
    assert number == "3003"
    assert refusal.startswith("CacheError")
    assert rows_of(path, "PRAGMA user_version") == [(1,)]
    assert dump(path) == before
    with Store(path) as cache:
        assert len(cache.headlines.ids(ALL)) == 3003


def test_a_mark_survives_a_power_cut_and_the_rest_is_quick(cache: Store) -> None:
    with cache.database.writing(durable=True) as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    with cache.database.writing() as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (1,)
    with pytest.raises(CacheError), cache.database.writing(durable=True):
        raise OSError("weg")
    with cache.database.writing() as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (1,)
