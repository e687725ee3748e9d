"""`moisson gazetteer`: `ror` and `table` read what may be imported, `merge` decides what of it is new, `policy` when a
new name counts, `user` keeps the user's gazetteer, `find` explains a name, `command` is the command line.
"""
