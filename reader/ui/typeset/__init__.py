"""Text into lines: wrapping, hyphenation, measures."""
