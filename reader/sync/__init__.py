"""Runs over the sources: what to request, in which order, and what to store; reported as events."""
