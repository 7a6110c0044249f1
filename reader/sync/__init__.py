"""Runs over the sources: what to ask for, in which order, what to store; told as events."""
