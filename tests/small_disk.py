"""A small disk mounted for one program, if the machine allows it."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[1]
_ALONE = ("unshare", "-rm", "sh", "-c")


def _can_mount() -> bool:
    command = [*_ALONE, 'mount -t tmpfs tmpfs "$0"', tempfile.gettempdir()]
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


needs_small_disk = pytest.mark.skipif(not _can_mount(), reason="no small disk can be made here")


def require_well(size: str, folder: Path, program: str, *arguments: str) -> None:
    """Run a Python program that sees a disk of this size at `folder`; fail unless it ends well."""
    mount = f'mount -t tmpfs -o size={size} tmpfs "$1" && shift && exec "$@"'
    command = [*_ALONE, mount, "sh", str(folder), sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, cwd=_ROOT, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
