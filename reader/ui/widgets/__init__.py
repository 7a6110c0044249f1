"""The widgets: each translates the toolkit's events into the reader's own messages."""
