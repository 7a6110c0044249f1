"""Prints the coverage from coverage's JSON: `python -m tests.covered FILE`.

Ends with 1 where fewer than 95 % of the lines or 90 % of the branches are run.
"""

import json
import sys
from pathlib import Path
from typing import Any

_LINES, _BRANCHES = 95.0, 90.0


def main(path: Path) -> int:
    """Print the files that lack most, then the whole; return the exit status."""
    document = json.loads(path.read_text(encoding="utf-8"))
    lacking = {name: _lacking(each["summary"]) for name, each in document["files"].items()}
    for name, number in sorted(lacking.items(), key=lambda item: item[1])[-30:]:
        print(f"{number:5} of lines and branches never run: {name}")
    totals = document["totals"]
    lines = _share(totals["covered_lines"], totals["num_statements"])
    branches = _share(totals["covered_branches"], totals["num_branches"])
    print(f"lines {lines:.1f} %, branches {branches:.1f} %")
    return 0 if lines >= _LINES and branches >= _BRANCHES else 1


def _lacking(summary: dict[str, Any]) -> int:
    return int(summary["missing_lines"] + summary["missing_branches"])


def _share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 100.0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
