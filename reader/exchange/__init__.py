"""The exchange of marks with the other machines of one reader, over a folder of files.

The person's own engine carries the folder; nothing here opens a socket.
"""
