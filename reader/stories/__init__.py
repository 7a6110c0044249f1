"""Which reports are of one event, and what changed in a text; pure."""
