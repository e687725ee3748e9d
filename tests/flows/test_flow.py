"""The real flow on the embedded server, read back with pyarrow."""

from pathlib import Path

import pyarrow.dataset as ds

from flows.flow import ingest_flow


def test_the_flow_writes_tables_that_pyarrow_reads(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Tuition at Harvard University is $50,000 a year.")
    (tmp_path / "empty.txt").write_text("")
    run = ingest_flow([str(tmp_path / "*.txt")], str(tmp_path / "records"))
    assert (run.n_new, run.n_rejected) == (1, 1)
    entities = ds.dataset(tmp_path / "records" / "tables" / "entities").to_table().to_pylist()
    assert [(row["type"], row["text"], row["canonical_id"]) for row in entities] == [
        ("university", "Harvard University", "harvard.edu"),
        ("price", "$50,000", None),
    ]
    (reject,) = ds.dataset(tmp_path / "records" / "tables" / "rejects").to_table().to_pylist()
    assert (reject["stage"], reject["error"]) == ("read", "empty")
