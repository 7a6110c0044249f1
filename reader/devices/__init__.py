"""What the machines of one reader tell each other of marks, as files; pure.

Each device writes small files into a folder of its own, once, and reads those of the others. For
each name and field the record counts that is greatest by stamp, device and value.
"""
