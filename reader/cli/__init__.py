"""The command line: the only place that connects the real parts of the program."""
