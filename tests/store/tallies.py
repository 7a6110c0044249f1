"""Tells where what a cache keeps count of is not what it holds."""

MISCOUNTED = """
WITH counted AS (
    SELECT lower(coalesce(section, '')) AS name, read, saved, count(*) AS headlines FROM items
    GROUP BY 1, 2, 3
), kept AS (
    SELECT lower(section) AS name, read, saved, headlines FROM tallies WHERE headlines <> 0
)
SELECT * FROM (SELECT * FROM counted EXCEPT SELECT * FROM kept)
UNION ALL SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM counted)
"""
