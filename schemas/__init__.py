"""What comes out: one record class a table. The Arrow schema, its field documentation and docs/tables.md come from it.

`article`, `segment`, `entity`, `offer`, `reject`, `run` hold a class each; `table` lists them; `arrow` makes Parquet
schemas of them, `plain` JSON values, `document` the page docs/tables.md.
"""
