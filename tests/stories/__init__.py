"""Tests of what tells which reports are of one event."""
