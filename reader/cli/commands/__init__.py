"""One module per command, imported when the command is run; `run` returns the exit status."""
