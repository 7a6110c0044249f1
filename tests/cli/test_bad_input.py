"""Bad input: one clear line that names the file and the reason, exit 1, nothing half-stored."""

import os
import signal
from pathlib import Path

import pytest

from tests.cli.conftest import AT, PAGE, Call

_HOSTILE = PAGE.replace(
    "Veerpont vaart weer",
    "Veerpont &#27;]52;c;eHg=&#7;vaart &#27;[31mweer\u202e[/] [@click=app.quit]x[/] [Update]",
)


@pytest.fixture
def bad_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """One unusable file, made as the parameter says."""
    path = tmp_path / "slecht.html"
    match request.param:
        case "empty":
            path.write_bytes(b"")
        case "not html":
            path.write_text("melk\nbrood\nkaas\n")
        case "binary":
            path.write_bytes(os.urandom(20_000))
        case "directory":
            path.mkdir()
        case "50 MB":
            with path.open("wb") as file:
                file.truncate(50_000_000)
        case "pipe":
            os.mkfifo(path)
        case "no article":
            path.write_text("<html><body><h1>404</h1><p>Niet gevonden</p></body></html>")
        case "wrong encoding":
            path.write_bytes(PAGE.encode("cp037", "replace"))
    return path


@pytest.mark.parametrize(
    "bad_file",
    [
        "missing",
        "empty",
        "not html",
        "binary",
        "directory",
        "50 MB",
        "pipe",
        "no article",
        "wrong encoding",
    ],
    indirect=True,
)
def test_a_bad_file_is_named_with_the_reason_and_nothing_is_stored(
    znreader: Call, bad_file: Path
) -> None:
    for command in ("import", "parse"):
        answer = znreader(command, str(bad_file))
        assert answer.status == 1
        assert answer.out == ""
        assert answer.err.count("\n") == 1
        assert str(bad_file) in answer.err
        assert len(answer.err) > len(str(bad_file)) + 20
    assert znreader("list", "--json").json == {"teasers": []}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(znreader: Call, page: Path) -> None:
    page.chmod(0)
    answer = znreader("import", str(page))
    assert answer.status == 1
    assert str(page) in answer.err


def test_of_several_files_the_good_ones_are_imported_and_the_bad_ones_listed(
    znreader: Call, page: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "leeg.html"
    bad.write_bytes(b"")
    empty = tmp_path / "map"
    empty.mkdir()
    answer = znreader("import", str(empty), str(page), str(bad), "--at", AT)
    assert answer.status == 1
    assert [line.split(": ")[1] for line in answer.err.splitlines()] == [str(empty), str(bad)]
    assert len(znreader("list", "--json").json["teasers"]) == 3


def test_the_pages_of_a_folder_are_imported_by_name(
    znreader: Call, page: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "bewaard"
    (folder / "map.html").mkdir(parents=True)
    for name in ("b.htm", "a.html", "plaatje.png"):
        (folder / name).write_bytes(page.read_bytes())
    answer = znreader("import", str(folder), "--at", AT)
    assert [Path(line.split(": ")[0]).name for line in answer.out.splitlines()] == [
        "a.html",
        "b.htm",
    ]
    assert answer.err.startswith(f"znreader: {folder / 'map.html'}: ")
    assert len(znreader("list", "--json").json["teasers"]) == 3


@pytest.mark.parametrize("command", ["parse", "import", "list", "show"])
def test_hostile_text_cannot_change_the_terminal(
    znreader: Call, tmp_path: Path, command: str
) -> None:
    path = tmp_path / "vijandig\x1b[31m.html"
    path.write_text(_HOSTILE)
    znreader("import", str(path))
    arguments = {
        "parse": [str(path)],
        "import": [str(path)],
        "list": [],
        "show": ["https://www.zeelandnet.nl/nieuws/pontveer\x1b[2J", "--offline"],
    }
    answer = znreader(command, *arguments[command])
    printed = answer.out + answer.err
    assert not {char for char in printed if ord(char) < 32 and char != "\n"}
    assert not set(printed) & set("\x7f\x9b\u202e")
    if command in {"parse", "list"}:
        assert "Veerpont vaart weer[/] [@click=app.quit]x[/] [Update]" in " ".join(printed.split())


@pytest.mark.parametrize(
    "content", [b"geen database, maar gewone tekst " * 40, b"SQLite format 3\0kapot"]
)
def test_a_corrupt_cache_is_named_and_never_overwritten(
    znreader: Call, home: Path, page: Path, content: bytes
) -> None:
    cache = home / ".local" / "share" / "znreader" / "cache.sqlite3"
    cache.parent.mkdir(parents=True)
    cache.write_bytes(content)
    for arguments in (["list"], ["import", str(page)], ["doctor", "--offline"]):
        answer = znreader(*arguments)
        assert answer.status == 1
        assert str(cache) in answer.out + answer.err
    assert cache.read_bytes() == content
    assert [path.name for path in cache.parent.iterdir()] == [cache.name]


def test_an_interrupt_is_no_error_of_the_cache(
    znreader: Call, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> str:
        # SQLite calls this while a page is stored, and would make an error of what it raises.
        os.kill(os.getpid(), signal.SIGINT)
        return ""

    monkeypatch.setattr("reader.store.opening.body_of", interrupted)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        answer = znreader("import", str(page))
    finally:
        signal.signal(signal.SIGINT, before)
    assert (answer.status, answer.err) == (130, "")


def test_a_page_that_says_it_is_the_front_page_is_no_article(
    znreader: Call, tmp_path: Path
) -> None:
    front = '<link rel="canonical" href="https://www.zeelandnet.nl/nieuws">'
    path = tmp_path / "voorpagina.html"
    path.write_text(PAGE.replace("</head>", f"{front}</head>"))
    answer = znreader("import", str(path))
    assert answer.status == 1
    assert path.name in answer.err
    assert znreader("list", "--json").json == {"teasers": []}


@pytest.mark.parametrize(
    "arguments", [("list", "--section"), ("digest", "--section"), ("digest", "--source")]
)
def test_a_name_in_bytes_that_are_no_text_is_one_that_nothing_has(
    znreader: Call, page: Path, arguments: tuple[str, str]
) -> None:
    znreader("import", str(page))
    answer = znreader(*arguments, "\udcff\udcfe")
    assert answer.status == 0
    assert "Onverwachte fout" not in answer.err
