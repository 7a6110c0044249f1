"""The terminal itself: driver, early paint, output filters."""
