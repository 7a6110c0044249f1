"""The exchange while the reader is open: its times, its notices, and that it is off by default."""

import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.errors import ReaderError
from reader.events import Progress
from reader.ui.controllers import devices
from reader.ui.widgets.header_state import state_pieces
from tests.ui.fakes import NOW, FakeLibrary, edition

from .stage import Stage


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the seconds that the controllers see."""
    seconds = [0.0]
    monkeypatch.setattr("reader.ui.controllers.assembly.monotonic", lambda: seconds[0])
    return seconds


async def begun(library: FakeLibrary, folder: Path, tmp_path: Path) -> Stage:
    folder.mkdir(exist_ok=True)
    stage = Stage(library, tmp_path, sync_folder=str(folder))
    stage.controllers.devices.begin()
    await stage.screen.finish("exchange")
    return stage


async def look(stage: Stage) -> None:
    stage.controllers.devices.look()
    await stage.screen.finish("exchange")


def test_without_a_folder_nothing_is_exchanged(tmp_path: Path) -> None:
    stage = Stage(edition(3), tmp_path)
    stage.controllers.devices.begin()
    stage.controllers.devices.look()
    stage.controllers.devices.leave()
    assert "exchange" not in stage.screen.work
    assert (stage.child.exchanges, stage.child.exchanges_alone) == (0, 0)


async def test_a_mark_is_told_at_once_and_more_of_them_every_half_minute(
    tmp_path: Path, clock: list[float]
) -> None:
    library = edition(3)
    stage = await begun(library, tmp_path / "sync", tmp_path)
    assert stage.child.exchanges == 1
    library.last_stamp = 5
    for seconds, stamp, exchanges in (
        (10, 5, 2), (11, 6, 2), (39, 7, 2), (40, 7, 3), (41, 7, 3), (99, 7, 3), (100, 8, 4),
    ):  # fmt: skip
        clock[0], library.last_stamp = seconds, stamp
        await look(stage)
        assert stage.child.exchanges == exchanges


async def test_what_is_marked_during_an_exchange_is_told_by_the_next(
    tmp_path: Path, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    library = edition(3)
    stage = await begun(library, tmp_path / "sync", tmp_path)
    exchange = stage.child.exchange

    async def slow(*, offline: bool = False) -> None:
        library.last_stamp, library.has_unsent_marks = 6, True
        await exchange(offline=offline)

    library.last_stamp = 5
    with monkeypatch.context() as patch:
        patch.setattr(stage.child, "exchange", slow)
        await look(stage)
    clock[0] = 31
    library.has_unsent_marks = False
    await look(stage)
    assert stage.child.exchanges == 3
    clock[0] = 70
    await look(stage)
    assert stage.child.exchanges == 3


async def test_what_could_not_be_told_is_told_as_soon_as_it_can(
    tmp_path: Path, clock: list[float]
) -> None:
    library = edition(3)
    stage = await begun(library, tmp_path / "sync", tmp_path)
    library.last_stamp = 5
    stage.child.exchange_error = ReaderError("marks_folder_gone", place=tmp_path / "sync")
    await look(stage)
    stage.child.exchange_error = None
    clock[0] = 31
    await look(stage)
    stage.controllers.devices.leave()
    assert (stage.child.exchanges, stage.child.exchanges_alone) == (3, 0)


async def test_a_file_that_comes_in_during_an_exchange_is_read_by_the_next(
    tmp_path: Path, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "sync"
    stage = await begun(edition(3), folder, tmp_path)
    exchange = stage.child.exchange

    async def slow(*, offline: bool = False) -> None:
        (folder / "00000000bb").mkdir(exist_ok=True)
        await exchange(offline=offline)

    monkeypatch.setattr(stage.child, "exchange", slow)
    (folder / "00000000aa").mkdir()
    await look(stage)
    await look(stage)
    await look(stage)
    assert stage.child.exchanges == 3


async def test_what_another_machine_wrote_is_read_at_once(
    tmp_path: Path, clock: list[float]
) -> None:
    folder = tmp_path / "sync"
    stage = await begun(edition(3), folder, tmp_path)
    await look(stage)
    assert stage.child.exchanges == 1
    (folder / "00000000aa").mkdir()
    await look(stage)
    assert stage.child.exchanges == 2
    os.utime(folder / "00000000aa", (5, 5))
    await look(stage)
    await look(stage)
    assert stage.child.exchanges == 3


async def test_after_a_sync_marks_are_exchanged(tmp_path: Path, clock: list[float]) -> None:
    stage = await begun(edition(3), tmp_path / "sync", tmp_path)
    network = stage.state.network
    stage.state.network = network.begun(3).after_event(Progress(1, 3, 0, 0))
    await look(stage)
    stage.state.network = network.ended()
    await look(stage)
    assert stage.child.exchanges == 2


async def test_a_folder_that_is_gone_is_said_once_and_shown_until_it_is_back(
    tmp_path: Path, clock: list[float]
) -> None:
    folder = tmp_path / "sync"
    stage = await begun(edition(3), folder, tmp_path)
    folder.rmdir()
    stage.child.exchange_error = ReaderError("marks_folder_gone", place=folder)
    await look(stage)
    assert stage.screen.said == f"The folder {folder} is gone; marks are kept here."
    assert stage.state.network.folder is not None
    await look(stage)
    assert len(stage.screen.notices) == 1
    folder.mkdir()
    stage.child.exchange_error = None
    await look(stage)
    assert stage.state.network.folder is None


async def test_where_the_open_article_was_read_on_elsewhere_is_said_and_not_gone_to(
    tmp_path: Path, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    library = edition(3)
    stage = await begun(library, tmp_path / "sync", tmp_path)
    monkeypatch.setattr(devices, "_name_of", lambda _settings, _device: "laptop")
    stage.controllers.reading.open(1)
    stage.controllers.devices.go_to_place()
    assert stage.screen.said == "No reading place was kept for this article."

    async def exchange(*, offline: bool = False) -> None:
        library.kept_places[1], library.place_devices[1] = 700, "00000000aa"

    monkeypatch.setattr(stage.child, "exchange", exchange)
    (tmp_path / "sync" / "00000000aa").mkdir()
    await look(stage)
    assert stage.screen.said == "You read further on laptop. Go there"
    assert stage.article.place == 0
    (piece,) = state_pieces(stage.state.status, stage.state.network, NOW)
    assert (piece.full, piece.part) == ("⇄ laptop", "new")
    stage.controllers.devices.article_opened()
    assert stage.state.network.elsewhere == "laptop"
    stage.controllers.devices.go_to_place()
    assert stage.article.resumed == 700
    assert not state_pieces(stage.state.status, stage.state.network, NOW)
    stage.state.network = replace(stage.state.network, elsewhere="laptop")
    stage.controllers.reading.open(2)
    stage.controllers.devices.article_opened()
    assert not stage.state.network.elsewhere


async def test_what_was_set_since_is_exchanged_as_the_reader_ends(
    tmp_path: Path, clock: list[float]
) -> None:
    library = edition(3)
    stage = await begun(library, tmp_path / "sync", tmp_path)
    stage.controllers.devices.leave()
    assert stage.child.exchanges_alone == 0
    library.last_stamp = 9
    stage.controllers.devices.leave()
    assert stage.child.exchanges_alone == 1
