"""HTML pages to pieces: the tree, the walk over it, inline text, links and what the head says."""
