"""Nothing is lost: kills, stops, full disks, vanished files, and many at once on one cache."""
