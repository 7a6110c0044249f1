"""What the screen shows, as plain values, and what changes them."""
