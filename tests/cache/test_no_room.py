"""Where nothing can be written reading goes on, and one sentence says what is not kept and why."""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.cache import Cache
from reader.cache.schema import VERSION
from reader.errors import CacheError

from .builders import ALL, article, dump, linked, listing, rows_of, source, titles
from .versions import make_first

_ROOT = Path(__file__).parents[2]
_NOBODY = 65534
# What a command imports when it runs is imported before its user changes, who may not read it.
_AS_NOBODY = """
import os, sys
import encodings.idna, reader.cli.commands, reader.cli.output, reader.cli.network, reader.cli.doctor
import reader.cli.keeping, reader.cache, reader.fetch, reader.sync, tests.cache.builders
from importlib.metadata import version
version("textual")
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
os.environ.update(ZNREADER_DATA=sys.argv[1], HOME="/nonexistent")
from reader.cli import main
sys.exit(main(sys.argv[2:]))
"""
_MOUNT = 'mount -t tmpfs -o size=600k tmpfs "$1" && shift && exec "$@"'
_FILL = """
import sys
from pathlib import Path
from reader.cache import Cache
from reader.errors import CacheError
from tests.cache.builders import ALL, article, linked, source, titles
from tests.cache.versions import make_first
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
        assert "the disk is full; make room" in str(error), error
        return True
"""
_READS_ON = """
with Cache(path) as cache:
    cache.add(article(linked("A"), "Tekst."), source=source("A"))
fill()
with Cache(path) as cache:
    (number,) = cache.ids(ALL)
    assert cache.article(number) and titles(cache) == ["A"]
    assert refused(lambda: cache.mark_read(number))
    assert refused(lambda: cache.add(article(linked("B"), "Tekst.")))
    assert titles(cache) == ["A"] and not cache.headlines([number])[0].read
    filler.unlink()
    cache.mark_read(number)
    assert cache.headlines([number])[0].read
with Cache(path) as cache:
    assert cache.headlines([number])[0].read
"""
_FILLS_UP = """
stored = []
with Cache(path) as cache:
    try:
        for page in range(1000):
            cache.add(article(linked(f"A {page}"), f"Tekst {page}. " * 200))
            stored.append(f"A {page}")
    except CacheError as error:
        assert "the disk is full; make room" in str(error), error
    assert 3 < len(stored) < 1000
    assert set(titles(cache)) == set(stored)
with Cache(path) as cache:
    assert set(titles(cache)) == set(stored) and cache.health().check == "ok"
    assert refused(lambda: cache.backup(folder / "kopie")) or (folder / "kopie").exists()
    assert not list(folder.glob("*.part"))
"""
_OLD_FILE = """
make_first(folder / "sub" / "cache.sqlite3", 200)
path = folder / "sub" / "cache.sqlite3"
before = path.read_bytes()
fill()
with Cache(path) as cache:
    assert len(titles(cache)) == 203 and cache.article(3).blocks
    assert refused(lambda: cache.mark_read(5))
assert path.read_bytes() == before
filler.unlink()
with Cache(path) as cache:
    cache.mark_read(5)
    assert len(titles(cache)) == 203 and cache.headlines([5])[0].read
"""


def _can_mount() -> bool:
    command = ["unshare", "-rm", "sh", "-c", 'mount -t tmpfs tmpfs "$0"', tempfile.gettempdir()]
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a folder that every user can reach."""
    path = Path(tempfile.mkdtemp())
    path.chmod(0o755)
    yield path
    for each in (path, *path.rglob("*")):
        if each.is_dir():
            each.chmod(0o755)
    shutil.rmtree(path)


def own(*paths: Path) -> None:
    """Give files to the user that commands run as."""
    if os.geteuid() == 0:
        for path in paths:
            os.chown(path, _NOBODY, _NOBODY)


def znreader(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command on the cache in `folder` as a user who is not root."""
    command = [sys.executable, "-c", _AS_NOBODY, str(folder), *arguments]
    return subprocess.run(command, cwd=_ROOT, check=False, capture_output=True, text=True)


def make_cache(folder: Path) -> Path:
    path = folder / "cache.sqlite3"
    with Cache(path) as cache:
        cache.add(article(linked("Krab wint"), "De krab won."), source=source("Krab wint"))
        cache.add(listing(linked("Boot vaart")))
    return path


@pytest.mark.skipif(not _can_mount(), reason="no small disk can be made here")
@pytest.mark.parametrize("program", [_READS_ON, _FILLS_UP, _OLD_FILE])
def test_on_a_full_disk_reading_goes_on_and_nothing_is_half_stored(
    folder: Path, program: str
) -> None:
    command = ["unshare", "-rm", "sh", "-c", _MOUNT, "sh", str(folder), sys.executable, "-c"]
    done = subprocess.run(
        [*command, _FILL + program, str(folder)], cwd=_ROOT, check=False, capture_output=True,
        text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_where_a_file_may_not_grow_nothing_is_half_stored(path: Path) -> None:
    limit = 300_000
    code = (
        "import sys\nfrom pathlib import Path\nfrom reader.cache import Cache\n"
        "from tests.cache.builders import article, linked\n"
        "from reader.errors import CacheError\n"
        "with Cache(Path(sys.argv[1])) as cache:\n"
        "    try:\n"
        "        for page in range(1000):\n"
        "            cache.add(article(linked(f'A {page}'), f'Tekst {page}. ' * 200))\n"
        "            print(page)\n"
        "    except CacheError as error:\n        print(error, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=_ROOT, check=True, capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    assert done.stderr.count("\n") == 1
    assert "the cache cannot be written" in done.stderr
    with Cache(path) as cache:
        assert set(titles(cache)) == {f"A {page}" for page in done.stdout.split()}
        assert cache.health().check == "ok"


def test_a_migration_that_finds_no_room_leaves_the_old_file(path: Path) -> None:
    make_first(path, 3_000)
    before = dump(path)
    code = (
        "import sys\nfrom pathlib import Path\nfrom reader.cache import Cache\n"
        "with Cache(Path(sys.argv[1])) as cache:\n    print(len(cache.ids()))\n"
        "    try:\n        cache.mark_read(3)\n"
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
    with Cache(path) as cache:
        assert len(cache.ids(ALL)) == 3003


@pytest.mark.parametrize(("file", "place"), [(0o400, 0o700), (0o600, 0o500), (0o400, 0o500)])
def test_commands_read_a_cache_that_may_not_be_written(folder: Path, file: int, place: int) -> None:
    path = make_cache(folder)
    own(folder, path)
    path.chmod(file)
    folder.chmod(place)
    before = path.read_bytes()
    listed = znreader(folder, "list")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "Krab wint" in listed.stdout
    shown = znreader(folder, "show", source("Krab wint").url)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "De krab won." in shown.stdout
    for command in (["sync"], ["prune", "--days", "1"], ["import", __file__], ["prune", "--undo"]):
        done = znreader(folder, *command, "--site", "http://127.0.0.1:9")
        assert (done.returncode, done.stdout) == (1, ""), command
        assert done.stderr.count("\n") == 1
    assert "cannot be written: " in znreader(folder, "sync").stderr
    doctor = znreader(folder, "doctor", "--offline")
    assert doctor.returncode == 0
    assert "CAN ONLY BE READ" in doctor.stdout
    assert path.read_bytes() == before


def test_a_log_that_a_killed_program_left_is_read_where_nothing_may_be_written(
    folder: Path,
) -> None:
    path = make_cache(folder)
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom reader.cache import Cache\n"
        "cache = Cache(Path(sys.argv[1]))\ncache.mark_saved(1)\nos._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], cwd=_ROOT, check=True)
    files = list(folder.iterdir())
    assert len(files) == 3
    own(folder, *files)
    for each in files:
        each.chmod(0o400)
    folder.chmod(0o500)
    listed = znreader(folder, "list", "--saved")
    assert "Krab wint" in listed.stdout + listed.stderr
    assert listed.returncode == 0


def test_a_cache_of_another_user_is_one_sentence(folder: Path) -> None:
    path = make_cache(folder)
    path.chmod(0)
    for command in (["list"], ["sync"], ["show", "x"], ["doctor", "--offline"]):
        done = znreader(folder, *command)
        assert done.returncode == 1
        assert "permissions" in done.stderr + done.stdout
        assert "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_made_is_one_sentence(folder: Path) -> None:
    done = znreader(folder / "geen" / "map", "list")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "ZNREADER_DATA" in done.stderr


def test_an_older_file_that_may_only_be_read_is_read_and_left_alone(folder: Path) -> None:
    path = folder / "sub" / "cache.sqlite3"
    make_first(path)
    own(path.parent, path)
    path.chmod(0o400)
    path.parent.chmod(0o500)
    before = path.read_bytes()
    listed = znreader(path.parent, "list")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "Krab wint" in listed.stdout
    assert path.read_bytes() == before
    assert VERSION > 1


def test_a_mark_survives_a_power_cut_and_the_rest_is_quick(cache: Cache) -> None:
    with cache._writing(durable=True) as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    with cache._writing() as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (1,)
    with pytest.raises(CacheError), cache._writing(durable=True):
        raise OSError("weg")
    with cache._writing() as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (1,)
