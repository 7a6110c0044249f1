"""One file a command, imported when the command is run; `run` returns its exit status."""
