"""Tests of the texts in the reader's language."""
