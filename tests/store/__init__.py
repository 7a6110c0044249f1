"""Tests of the cache, from what a user gets down to what is on disk."""
