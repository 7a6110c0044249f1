"""Tests of reader.parse.feed."""
