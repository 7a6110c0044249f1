"""Stages for the tests of controllers."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ui.fakes import FakeLibrary, edition

from .stage import Stage

MakeStage = Callable[..., Stage]


@pytest.fixture
def make_stage(tmp_path: Path) -> MakeStage:
    """Return a maker of stages: on a library or an edition of 36, with other settings."""

    def make(library: FakeLibrary | None = None, **settings: object) -> Stage:
        return Stage(library or edition(), tmp_path, **settings)

    return make


@pytest.fixture
def stage(make_stage: MakeStage) -> Stage:
    """Return a stage on an edition of 36 headlines."""
    return make_stage()
