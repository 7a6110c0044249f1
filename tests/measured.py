"""What `make coverage` needs of the tests: the environment of children, and what a run measured."""

import os
import sys

_PREFIX = "COVERAGE_"


def measured() -> dict[str, str]:
    """Return the variables by which `make coverage` measures children; none in other runs."""
    return {name: value for name, value in os.environ.items() if name.startswith(_PREFIX)}


def unmeasured() -> dict[str, str]:
    """Return the environment of a child that may write no files, and so is not measured."""
    return {name: value for name, value in os.environ.items() if not name.startswith(_PREFIX)}


def save_measured() -> None:
    """Write down what this process has run so far, if that is measured."""
    coverage = sys.modules.get("coverage")
    if coverage and (current := coverage.Coverage.current()):
        current.save()
