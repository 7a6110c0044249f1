"""Reads HTML pages as pieces: the tree, the walk over it, inline text, links and metadata."""
