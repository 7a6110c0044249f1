"""Grouping of reports about one event, and the changes between two texts; pure."""
