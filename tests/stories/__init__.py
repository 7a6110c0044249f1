"""Tests of grouping reports about one event."""
