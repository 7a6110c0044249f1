"""Stores a page in the tables: which item a headline belongs to, and when it was published."""
