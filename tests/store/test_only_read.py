"""A cache that may not be written is read, and one sentence says why nothing is kept."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from reader.store import Store
from reader.store.schema import VERSION
from tests.measured import unmeasured

from .builders import article, linked, listing, origin
from .versions import make_first

_ROOT = Path(__file__).parents[2]
_NOBODY = 65534
# Imported before the user changes, since the other user may not read these modules.
# Each command is a process of its own, forked when all is imported.
_AS_NOBODY = """
import json, os, sys
import encodings.idna, reader.ui.themes, tests.store.builders
from reader.cli.main import load_command
from reader.cli.parser import COMMANDS
for command in COMMANDS: load_command(command)
from importlib.metadata import version
version("textual")
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
os.environ.update(ZNREADER_DATA=sys.argv[1], HOME="/nonexistent")
from reader.cli.main import main
done = []
for arguments in json.loads(sys.argv[2]):
    files = [os.memfd_create(name) for name in ("out", "err")]
    pid = os.fork()
    if pid == 0:
        os.dup2(files[0], 1), os.dup2(files[1], 2)
        sys.exit(main(arguments))
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    said = [os.pread(file, 1_000_000, 0).decode() for file in files]
    done.append((status, *said))
print(json.dumps(done))
"""


def own(*paths: Path) -> None:
    """Give files to the user that commands run as."""
    if os.geteuid() == 0:
        for path in paths:
            os.chown(path, _NOBODY, _NOBODY)


class Said(NamedTuple):
    """The exit status of a command, and what it wrote."""

    status: int
    out: str
    err: str


def znreader(folder: Path, *commands: str) -> list[Said]:
    """Run commands on the cache in `folder`, one after another, as a user who is not root."""
    orders = json.dumps([shlex.split(command) for command in commands])
    command = [sys.executable, "-c", _AS_NOBODY, str(folder), orders]
    # What it ran is not measured, as it may write nowhere.
    done = subprocess.run(
        command, cwd=_ROOT, check=True, capture_output=True, text=True, env=unmeasured()
    )
    return [Said(*each) for each in json.loads(done.stdout)]


def make_cache(folder: Path) -> Path:
    path = folder / "cache.sqlite3"
    with Store(path) as cache:
        cache.pages.add(article(linked("Krab wint"), "De krab won."), origin=origin("Krab wint"))
        cache.pages.add(listing(linked("Boot vaart")))
    return path


@pytest.mark.parametrize(("file", "place"), [(0o400, 0o700), (0o600, 0o500), (0o400, 0o500)])
def test_commands_read_a_cache_that_may_not_be_written(folder: Path, file: int, place: int) -> None:
    path = make_cache(folder)
    own(folder, path)
    path.chmod(file)
    folder.chmod(place)
    before = path.read_bytes()
    refused = ["sync", "prune --days 1", f"import {__file__}", "prune --undo", "mark 1 --save"]
    listed, shown, doctor, *said = znreader(
        folder,
        "list",
        f"show {origin('Krab wint').url}",
        "doctor --offline",
        *(f"{command} --site http://127.0.0.1:9" for command in refused),
        "sync",
    )
    assert (listed.status, listed.err) == (0, "")
    assert "Krab wint" in listed.out
    assert (shown.status, shown.err) == (0, "")
    assert "De krab won." in shown.out
    assert doctor.status == 0
    assert "ALLEEN-LEZEN" in doctor.out
    for command, each in zip(refused, said, strict=False):
        assert (each.status, each.out) == (1, ""), command
        assert each.err.count("\n") == 1
        assert "Onverwachte fout" not in each.err, command
        assert "beschadigd" not in each.err, command
    assert " kan niet worden geschreven" in said[-1].err
    assert path.read_bytes() == before


def test_a_log_that_a_killed_program_left_is_read_where_nothing_may_be_written(
    folder: Path,
) -> None:
    path = make_cache(folder)
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom reader.store import Store\n"
        "from tests.store.builders import NOON\n"
        "cache = Store(Path(sys.argv[1]))\ncache.marks.set('saved', [1], NOON)\nos._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], cwd=_ROOT, check=True)
    files = list(folder.iterdir())
    assert len(files) == 3
    own(folder, *files)
    for each in files:
        each.chmod(0o400)
    folder.chmod(0o500)
    [listed] = znreader(folder, "list --saved")
    assert "Krab wint" in listed.out + listed.err
    assert listed.status == 0


def test_a_cache_of_another_user_is_one_sentence(folder: Path) -> None:
    path = make_cache(folder)
    path.chmod(0)
    for done in znreader(folder, "list", "sync", "show x", "doctor --offline"):
        assert done.status == 1
        assert "rechten" in done.err + done.out
        assert "Traceback" not in done.err


def test_a_folder_that_cannot_be_made_is_one_sentence(folder: Path) -> None:
    [done] = znreader(folder / "geen" / "map", "list")
    assert (done.status, done.err.count("\n")) == (1, 1)
    assert "ZNREADER_DATA" in done.err


def test_an_older_file_that_may_only_be_read_is_read_and_left_alone(folder: Path) -> None:
    path = folder / "sub" / "cache.sqlite3"
    make_first(path)
    own(path.parent, path)
    path.chmod(0o400)
    path.parent.chmod(0o500)
    before = path.read_bytes()
    [listed] = znreader(path.parent, "list")
    assert (listed.status, listed.err) == (0, "")
    assert "Krab wint" in listed.out
    assert path.read_bytes() == before
    assert VERSION > 1
