"""What the pieces of a page are, and what kind of page they make."""
