"""Moves articles: `sources` read them, `ingest` plans, processes and commits, `flow` is that under Prefect, `store` keeps
the tables, `gazetteer` imports and explains names, `cli` is the command `moisson`.
"""
