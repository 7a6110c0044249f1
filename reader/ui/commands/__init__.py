"""The table of commands, their keys, and what runs them."""
