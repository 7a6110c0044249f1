"""The names of the files that devices write, `<number>-<nonce>.jsonl.gz`; pure."""

import re
from typing import NamedTuple

MAX_NUMBER = 99_999_999
_FILE = re.compile(r"([0-9]{8})-([0-9a-f]{8})\.jsonl\.gz", re.ASCII)
_PART = re.compile(r"\.[0-9]{8}-[0-9a-f]{8}\.jsonl\.gz\.part", re.ASCII)


class FileName(NamedTuple):
    """The number of a file among those of its device, and a nonce that makes the name unique."""

    number: int
    nonce: str

    def __str__(self) -> str:
        """Return the name of the file in the folder."""
        return f"{self.number:08}-{self.nonce}.jsonl.gz"

    @property
    def part(self) -> str:
        """Return the name of the file while it is being written."""
        return f".{self}.part"


def mark_file_name(text: str) -> FileName | None:
    """Return the parsed name of a file of marks; None for other files, such as conflict copies."""
    found = _FILE.fullmatch(text)
    return FileName(int(found[1]), found[2]) if found else None


def is_part(text: str) -> bool:
    """Tell whether `text` is the name of a file that was not written completely."""
    return _PART.fullmatch(text) is not None


def is_conflict(text: str) -> bool:
    """Tell whether `text` is a name that sync engines give to a conflict copy of a file."""
    return ".sync-conflict-" in text or "conflicted copy" in text
