"""Settings and commands of the version before this one: silently ignored, or renamed.

A change that removes or renames one adds its name, and drops the names of earlier versions.
"""

from collections.abc import Mapping

REMOVED_SETTINGS: frozenset[str] = frozenset({"title_lines"})
# Ids of commands, as in the table `keys` of the settings file.
REMOVED_COMMANDS: frozenset[str] = frozenset()
RENAMED_COMMANDS: Mapping[str, str] = {
    f"labels.{action}": f"names.{action}"
    for action in ("choose", "down", "up", "page-down", "page-up", "close")
}
