"""Rules of text: cleaning, datelines, relative times, dates, slugs, queries and rendering."""
