"""A command line to call in tests, and news pages for it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from reader.cli.main import main

AT = "2026-03-14T15:20:00Z"
URL = "https://www.zeelandnet.nl/nieuws/veerpont-vaart-weer"
PAGE = """<html><head><meta charset="utf-8"></head><body><h1>Veerpont vaart weer</h1>
<p>BRESKENS (ANP/DPA) - De veerpont vaart sinds zaterdagochtend weer volgens de dienstregeling.</p>
<p>De storing in de motor is verholpen, meldt de rederij. Omrijden hoeft niet meer.</p>
<h2>Meer uit Binnenland</h2>
<div><h3><a href="/nieuws/pontveer-kampt-met-storing">Pontveer kampt met storing</a></h3>
<p>BRESKENS (ANP) - De pont ligt stil.</p><span>2 uur geleden</span></div>
<div><h3><a href="/nieuws/zeehond-rust-uit-op-strand">Zeehond rust uit op strand</a></h3>
<p>DOMBURG - Een zeehond slaapt op het strand.</p><span>1 dag geleden</span></div>
</body></html>"""


class Answer(Struct, frozen=True):
    """The result of one command: exit status, standard output and standard error."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


Call = Callable[..., Answer]


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the locale name English."""
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


@pytest.fixture
def znreader(capsys: pytest.CaptureFixture[str]) -> Call:
    """Call the command line in this process."""

    def call(*arguments: str) -> Answer:
        capsys.readouterr()
        try:
            status = main(arguments)
        except SystemExit as stop:
            status = int(stop.code or 0)
        captured = capsys.readouterr()
        return Answer(status, captured.out, captured.err)

    return call


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """One saved article with two related teasers."""
    path = tmp_path / "veerpont.html"
    path.write_text(PAGE, encoding="utf-8")
    return path
