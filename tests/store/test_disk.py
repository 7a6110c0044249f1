"""Files are written whole or not at all, even by several writers at once."""

import os
from pathlib import Path

import pytest

from reader.files import written_whole

pytestmark = pytest.mark.real_creation


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder."""
    made = tmp_path / "map"
    made.mkdir()
    return made


def test_two_that_write_the_same_file_at_once_both_write_it_whole(folder: Path) -> None:
    target = folder / "krant"
    with written_whole(target) as first:
        first.write_text("een")
        with written_whole(target) as second:
            second.write_text("twee")
        assert target.read_text() == "twee"
        first.write_text("een en nog wat")
    assert target.read_text() == "een en nog wat"
    assert target.stat().st_mode & 0o777 == 0o600
    assert os.listdir(folder) == ["krant"]


def test_what_fails_leaves_the_file_as_it_was(folder: Path) -> None:
    target = folder / "krant"
    target.write_text("oud")

    def write() -> None:
        with written_whole(target) as part:
            part.write_text("half")
            folder.write_text("een map is geen bestand")

    with pytest.raises(IsADirectoryError):
        write()
    assert target.read_text() == "oud"
    assert os.listdir(folder) == ["krant"]


def test_only_old_parts_of_the_same_file_are_swept(folder: Path) -> None:
    names = ("a[1].znreader-een.part", "a[1].download.part", "a1.znreader-een.part")
    for name in names:
        (folder / name).touch()
        os.utime(folder / name, (1e9, 1e9))
    (folder / "a[1].znreader-twee.part").touch()
    with written_whole(folder / "a[1]"):
        pass
    assert sorted(os.listdir(folder)) == sorted(["a[1]", *names[1:], "a[1].znreader-twee.part"])
