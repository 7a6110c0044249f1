"""Tests of the screens, as a reader at a terminal would use them."""
