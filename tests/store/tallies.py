"""Finds differences between the counts in a cache and its contents."""

MISCOUNTED = """
WITH counted AS (
    SELECT lower(coalesce(section, '')) AS name, read, saved, cached, muted,
        count(*) AS headlines FROM items GROUP BY 1, 2, 3, 4, 5
), kept AS (
    SELECT lower(section) AS name, read, saved, cached, muted, headlines
    FROM tallies WHERE headlines <> 0
)
SELECT * FROM (SELECT * FROM counted EXCEPT SELECT * FROM kept)
UNION ALL SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM counted)
"""
