"""Classification of the pieces of a page and of the page itself."""
