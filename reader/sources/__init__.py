"""Where news comes from: one protocol, a module for each kind of source, and a registry."""
