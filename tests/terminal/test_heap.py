"""Memory goes back to the system once it is freed."""

import subprocess
import sys

import pytest

_PROGRAM = """
import sys
from pathlib import Path
from reader.ui.terminal.heap import limit_heap

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

if sys.argv[1] == "limited":
    limit_heap()
# The first large block that is freed raises the limit of a heap that is left as it is.
del (first := [bytearray(20_000_000)])[:]
before = resident()
# Between the large blocks, small ones that stay.
blocks = [(bytearray(200_000), bytearray(2_000)) for _ in range(200)]
blocks = [small for _, small in blocks]
print(resident() - before)
"""


def _kept(how: str) -> int:
    """Return how many bytes more a program has after it freed its large blocks."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, how], check=True, capture_output=True, text=True
    )
    return int(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="it is the heap of the GNU C library")
def test_large_blocks_leave_no_gaps_between_small_ones() -> None:
    assert _kept("limited") < 2_000_000
    assert _kept("as it is") > 10_000_000
