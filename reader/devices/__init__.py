"""The file format in which the devices of one reader exchange marks; pure.

Each device writes small files into a folder of its own, each file once, and reads those of the
others. For each name and field the record that is greatest by stamp, device and value counts.
"""
