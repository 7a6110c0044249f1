"""The environment that measures coverage in child processes."""

import os


def measured() -> dict[str, str]:
    """Return the variables by which `make coverage` measures children; none in other runs."""
    return {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
