"""Everything that knows Textual: the application, its screens and its widgets."""
