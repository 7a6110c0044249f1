"""Tests of the files that the machines of one reader exchange."""
