"""An article is written to a new file, whole or not at all."""

import os
import resource
from pathlib import Path

import pytest

from reader.errors import ReaderError
from reader.model import Article, Block, Teaser
from reader.ui.article_file import write_new

from .fakes import NOW


def test_an_article_for_which_there_is_no_room_leaves_no_half_file(tmp_path: Path) -> None:
    folder = tmp_path / "map"
    folder.mkdir()
    article = Article(Teaser(None, "Krab"), (Block("paragraph", "Tekst. " * 9),), (), NOW)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        with pytest.raises(ReaderError):
            write_new(folder / "krab.md", article)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert os.listdir(folder) == []
