"""Tests of znreader: they say what a user gets."""
