"""Extraction of an article or a listing from labelled pieces."""
