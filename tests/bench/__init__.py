"""Measures the real program on data of its own: `make bench`. Machines are noisy: see ratios."""
