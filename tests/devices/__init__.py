"""Tests of what the machines of one reader exchange."""
