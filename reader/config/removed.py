"""What an older version knew and this one does not: taken in silence for one version.

Whoever removes a setting or a command adds its name, and drops the names of the version before.
"""

REMOVED_SETTINGS: frozenset[str] = frozenset()
# Ids of commands, as in the table `keys` of the settings file.
REMOVED_COMMANDS: frozenset[str] = frozenset()
