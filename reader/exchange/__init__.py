"""The exchange of marks between the machines of one reader, over a folder of files.

The reader's own sync program copies the folder between machines; this opens no socket.
"""
