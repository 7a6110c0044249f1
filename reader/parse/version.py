"""The version of the parser, by which a text that is only parsed differently is recognised."""

# Increased with each change in how pages are read.
PARSER_VERSION = 11
