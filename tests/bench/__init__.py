"""Measures the real program on generated data: `make bench`. Machines are noisy: compare ratios."""
