"""No command overwrites the cache, a folder, a pipe or a device."""

import os
from pathlib import Path

import pytest

from reader.config import load_settings

from .conftest import AT, Call

_WRITERS = (("export",), ("backup",), ("feeds", "export"))


@pytest.mark.parametrize("command", _WRITERS, ids=" ".join)
@pytest.mark.parametrize("ending", ["", "-wal", "-shm", "-journal", ".copy", "link", "pipe", "/"])
def test_what_must_stay_is_refused_in_a_sentence(
    znreader: Call, page: Path, tmp_path: Path, command: tuple[str, ...], ending: str
) -> None:
    assert znreader("import", str(page), "--at", AT).status == 0
    before = znreader("list", "--json").json
    cache = load_settings().cache_path
    target = Path(f"{cache}{ending}")
    if ending == "link":
        target.symlink_to(cache)
    elif ending == "pipe":
        os.mkfifo(target)
    elif ending == "/":
        target = tmp_path
    answer = znreader(*command, str(target), "--force")
    assert (answer.status, answer.out) == (1, "")
    assert len(answer.err.splitlines()) == 1
    assert str(target) in answer.err
    assert znreader("list", "--json").json == before
    assert target.is_symlink() == (ending == "link")
    assert target.is_fifo() == (ending == "pipe")
