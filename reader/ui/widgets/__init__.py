"""The widgets: each turns the toolkit's events into the reader's own messages."""
