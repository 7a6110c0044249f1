"""Snapshots of the screens; `--snapshot-update` takes them anew."""

from typing import Protocol

import pytest
from textual.app import App

from .conftest import MakeApp
from .fakes import edition


class SnapCompare(Protocol):
    """Compares an application's picture with the one on file."""

    def __call__(self, app: App[None], *, press: list[str], terminal_size: tuple[int, int]) -> bool:
        """Return whether they are the same."""
        ...


@pytest.mark.parametrize("size", [(120, 40), (60, 20)], ids=["120x40", "60x20"])
def test_an_opened_article_looks_as_it_should(
    make_app: MakeApp, snap_compare: SnapCompare, size: tuple[int, int]
) -> None:
    assert snap_compare(make_app(edition(sample=True)), press=["enter"], terminal_size=size)


def test_the_narrow_list_looks_as_it_should(make_app: MakeApp, snap_compare: SnapCompare) -> None:
    assert snap_compare(make_app(edition()), press=["j", "j"], terminal_size=(60, 20))


def test_the_help_screen_looks_as_it_should(make_app: MakeApp, snap_compare: SnapCompare) -> None:
    assert snap_compare(make_app(edition()), press=["?"], terminal_size=(120, 40))
