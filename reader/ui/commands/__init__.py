"""The table of commands, their keys, and the code that runs them."""
