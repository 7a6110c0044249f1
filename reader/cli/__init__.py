"""The command line: the only place that wires the real parts together."""
