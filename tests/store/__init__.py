"""Tests of the cache, from what a user sees down to the file."""
