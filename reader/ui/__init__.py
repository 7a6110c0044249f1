"""The modules that depend on Textual: the application, its screens and its widgets."""
