"""The real command as a process: killed, interrupted, two at once, with decompression bombs."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.patience import PATIENCE
from tests.site import FAULTS, Site, make_edition
from tests.store.builders import connect
from tests.sync.conftest import NOW

_ROOT = Path(__file__).parents[2]
_FLAT_KB = 150_000


@pytest.fixture
def site() -> Iterator[Site]:
    """Run the stand-in with an edition of medium size."""
    with Site(make_edition(3, 40, NOW), clock=lambda: NOW) as running:
        yield running


@pytest.fixture
def data(home: Path) -> Path:
    """Return the cache file of the test's home."""
    return home / ".local" / "share" / "znreader" / "cache.sqlite3"


def _command(site: Site, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "reader", "--site", site.url, *arguments]


def _run(site: Site, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        _command(site, *arguments),
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def _cached(site: Site) -> int:
    done = _run(site, "list", "--json", "--offline")
    return sum(teaser["cached"] for teaser in json.loads(done.stdout)["teasers"])


def test_sync_tells_a_summary_and_leaves_everything_readable(site: Site) -> None:
    done = _run(site, "sync")
    assert done.returncode == 0
    assert "40 artikelen" in done.stdout
    assert "\x1b" not in done.stdout + done.stderr
    assert _cached(site) == 40


def test_sync_prints_one_json_document_or_one_event_a_line(site: Site) -> None:
    document = json.loads(_run(site, "sync", "--json").stdout)
    assert document["articles"] == 40
    assert document["failures"] == []
    lines = _run(site, "sync", "--events").stdout.splitlines()
    events = [json.loads(line)["event"] for line in lines]
    assert events[0] == "started"
    assert events[-1] == "done"


def test_fetch_brings_one_page_on_the_spot(site: Site) -> None:
    item = site.edition.items[5]
    done = _run(site, "fetch", f"{site.url}{item.path}", "--events")
    assert done.returncode == 0
    assert [json.loads(line)["event"] for line in done.stdout.splitlines()] == [
        "started",
        "stored",
        "done",
    ]
    assert (
        json.loads(_run(site, "show", f"{site.url}{item.path}", "--json").stdout)["title"]
        == item.title
    )


def test_a_fetch_that_fails_says_why_and_exits_with_one(site: Site) -> None:
    done = _run(site, "fetch", f"{site.url}/nieuws/bestaat-niet")
    assert done.returncode == 1
    assert "404" in done.stderr
    assert "Traceback" not in done.stderr


def test_sync_exits_with_one_only_if_nothing_could_be_fetched(site: Site) -> None:
    site.faults[site.edition.items[0].path] = FAULTS["500"]
    assert _run(site, "sync").returncode == 0
    unreachable = subprocess.run(
        [sys.executable, "-m", "reader", "--site", "http://127.0.0.1:9", "sync"],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert unreachable.returncode == 1
    assert "weigert" in unreachable.stderr


def test_offline_touches_no_network(site: Site) -> None:
    for arguments in (
        ["sync"],
        ["fetch", f"{site.url}/nieuws"],
        ["doctor"],
        ["list"],
        ["show", f"{site.url}/nieuws/x"],
        ["parse", f"{site.url}/nieuws/x"],
    ):
        _run(site, "--offline", *arguments)
    assert site.log.arrived == []
    assert _run(site, "--offline", "sync").returncode == 1


def test_ctrl_c_ends_a_sync_at_once_and_keeps_what_was_finished(site: Site) -> None:
    site.faults = {item.path: FAULTS["stalled-head"] for item in site.edition.items[20:]}
    child = subprocess.Popen(
        _command(site, "sync", "--events"),
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout
    stored = 0
    with child:
        while stored < 15:
            stored += json.loads(child.stdout.readline())["event"] == "stored"
        child.send_signal(signal.SIGINT)
        told = child.stdout.read()
        child.wait(timeout=PATIENCE)
        # No stalled page was waited for until it was given up.
        assert '"timeout' not in told
        assert child.stderr
        said = child.stderr.read()
        assert "Traceback" not in said, said
    assert child.returncode == 130, said
    assert _cached(site) >= 3


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
@pytest.mark.parametrize("name", ["huge", "gzip-bomb"])
def test_memory_stays_flat_whatever_a_page_holds(site: Site, name: str) -> None:
    site.faults = {item.path: FAULTS[name] for item in site.edition.items[:4]}
    code = (
        "import sys; from reader.cli.main import main; status = main(sys.argv[1:]); "
        "status = open('/proc/self/status').read(); "
        "print(status.partition('VmHWM:')[2].split()[0], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--site", site.url, "sync", "--json"],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    assert len(json.loads(done.stdout)["failures"]) == 4
    assert int(done.stderr.split()[-1]) < _FLAT_KB


def test_two_syncs_at_once_both_finish_and_lose_nothing(site: Site) -> None:
    children = [
        subprocess.Popen(
            _command(site, "sync", "--json"),
            cwd=_ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for child in children:
        out, err = child.communicate(timeout=PATIENCE)
        assert child.returncode == 0, err
        assert json.loads(out)["failures"] == []
    assert _cached(site) == len(site.edition.items)


def test_kept_pages_are_read_again_offline(site: Site, data: Path) -> None:
    _run(site, "sync")
    with closing(connect(data)) as cache, cache:
        cache.execute('UPDATE articles SET blocks = \'[["paragraph", "Stuk."]]\'')
    done = _run(site, "reparse", "--offline")
    assert done.stdout.startswith("40 bewaarde pagina's opnieuw gelezen, waarvan 40 veranderd")
    item = site.edition.items[0]
    shown = json.loads(_run(site, "show", f"{site.url}{item.path}", "--json").stdout)
    assert [block["text"] for block in shown["blocks"]] == [block.text for block in item.blocks]


def test_doctor_tells_what_it_found_and_missed_after_a_redesign(site: Site) -> None:
    sound = _run(site, "doctor").stdout
    assert "gevonden: een kop, een dateline, een tekst, verwante berichten" in sound
    site.layout, site.lists = "broken", "semantic"
    _run(site, "sync")
    broken = _run(site, "doctor").stdout
    assert "NIET BEGREPEN" in broken
    assert "0 zinnen" in broken
    assert "de opmaak van de site lijkt veranderd" in broken


def test_selectors_in_the_settings_repair_a_redesign(tmp_path: Path) -> None:
    page = tmp_path / "nieuw.html"
    page.write_text(
        "<html><body><template class='kop'>Brug bij Sluis weer open</template>"
        "<div hidden class='zin'>SLUIS (ANP) - De brug is weer open voor alle verkeer.</div>"
        "<div hidden class='zin'>Fietsers maakten maandag als eersten gebruik van de brug.</div>"
        "</body></html>"
    )
    config = tmp_path / "config.toml"
    config.write_text("[selectors]\nheadline = 'template.kop'\nparagraph = 'div.zin'\n")
    command = [sys.executable, "-m", "reader", "parse", str(page), "--json"]
    before = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)
    assert before.returncode == 1
    after = subprocess.run(
        [*command, "--config", str(config)], cwd=_ROOT, capture_output=True, text=True, check=True
    )
    article = json.loads(after.stdout)
    assert article["title"] == "Brug bij Sluis weer open"
    assert article["dateline"]["places"] == ["SLUIS"]
    assert len(article["blocks"]) == 2
