"""The output of a sync in a pipe: a line per source, a summary, and failures separately."""

import subprocess
import sys
from pathlib import Path

from tests.site import Site, make_edition
from tests.survival.conftest import NOW


def _sync(site: Site, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "reader", "sync", "--site", site.url, *arguments],
        check=False,
        capture_output=True,
        text=True,
        env={"HOME": str(home), "LANG": "en_GB.UTF-8"},
    )


def test_a_good_run_is_a_line_a_source_and_a_summary(home: Path) -> None:
    with Site(make_edition(2, 6, NOW), clock=lambda: NOW) as site:
        done = _sync(site, home)
    assert (done.returncode, done.stderr) == (0, "")
    source, summary = done.stdout.splitlines()
    assert source.startswith("zeelandnet: ")
    assert source.endswith(", 0 failed")
    assert " new headlines" in summary


def test_a_quiet_good_run_says_nothing(home: Path) -> None:
    with Site(make_edition(2, 6, NOW), clock=lambda: NOW) as site:
        done = _sync(site, home, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_verbose_run_has_a_line_a_page(home: Path) -> None:
    edition = make_edition(2, 6, NOW)
    with Site(edition, clock=lambda: NOW) as site:
        done = _sync(site, home, "--verbose")
    kinds = ("article: ", "listing: ")
    pages = [line for line in done.stdout.splitlines() if line.startswith(kinds)]
    assert len(pages) > 6
    assert all(site.url in line for line in pages)
    assert len(done.stdout.splitlines()) == len(pages) + 2


def test_failures_are_told_on_standard_error(home: Path) -> None:
    with Site(make_edition(1, 2, NOW), clock=lambda: NOW) as site:
        url = site.url
    for arguments in ([], ["--quiet"]):
        done = _sync(site, home, *arguments)
        assert done.returncode == 1
        assert url in done.stderr
        assert not done.stdout or not arguments
