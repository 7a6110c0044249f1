"""Tests of znreader, by the behaviour that a user sees."""
