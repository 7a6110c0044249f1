"""Tests of the live edition, against the stand-in site."""
