"""Which parser made a text, so that two of its makings are not taken for two texts."""

# Counts up with each change by which a page is read otherwise.
PARSER_VERSION = 9
