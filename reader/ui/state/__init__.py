"""The values that the screen shows, and the functions that change them."""
