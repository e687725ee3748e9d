"""The store: six Parquet tables in `<store>/tables`, swapped as a whole, and what is needed to bring them up to date.

`snapshot` holds states of the tables, `index` what a state is made of, `staging` the work of a run that is under way.
A state is a folder of parts; unchanged parts are hard links. `tables` is a symbolic link to the current state's, and
nothing but current `.parquet` files is below it.
"""
