"""Hostile settings: vast keys, absurd numbers, pipes."""

import os
import time
from pathlib import Path

import pytest

from .conftest import Call


@pytest.mark.parametrize(
    "text",
    [
        ".".join(["a"] * 20_000) + " = 1",
        "pages" + ".a" * 20_000 + " = 1",
        "[" + ".".join(["a"] * 20_000) + "]",
        "keys = { " + ".".join(["a"] * 20_000) + " = 1 }",
        "pages = " + "[" * 20_000,
        "pages = " + "9" * 20_000,
        "pause = 1e999",
        "sync = nan",
        "retain_days = -0x7fffffffffffffffffffffff",
    ],
    ids=["key", "key of a setting", "table", "inline", "arrays", "digits", "inf", "nan", "hex"],
)
def test_an_absurd_value_is_told_in_a_sentence_and_at_once(
    znreader: Call, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text + "\n")
    begun = time.process_time()
    answer = znreader("config", "--config", str(path))
    assert time.process_time() - begun < 1
    assert answer.status == 1
    assert str(path) in answer.err
    assert len(answer.err) < 1_000
    assert "RecursionError" not in answer.err
    assert "sys." not in answer.err


def test_a_pipe_in_the_place_of_the_settings_is_refused_without_waiting(
    znreader: Call, tmp_path: Path
) -> None:
    path = tmp_path / "config.toml"
    os.mkfifo(path)
    answer = znreader("config", "--config", str(path))
    assert answer.status == 1
    assert str(path) in answer.err


@pytest.mark.parametrize("variable", ["EDITOR", "VISUAL"])
def test_an_editor_with_an_open_quote_is_told(
    znreader: Call, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv(variable, "'vi -u none")
    answer = znreader("config", "edit")
    assert answer.status == 1
    assert variable in answer.err
    assert len(answer.err.splitlines()) == 1
