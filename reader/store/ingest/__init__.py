"""Brings a page into the tables: which item a headline is, and when it was published."""
