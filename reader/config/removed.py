"""Settings and commands of the version before this one, which are silently ignored.

A change that removes one adds its name, and drops the names of earlier versions.
"""

REMOVED_SETTINGS: frozenset[str] = frozenset({"title_lines"})
# Ids of commands, as in the table `keys` of the settings file.
REMOVED_COMMANDS: frozenset[str] = frozenset()
