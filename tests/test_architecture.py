"""The house's rules: imports point one way, each third-party package has one owner, names say something."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("flows", "processors", "schemas")
MAY_IMPORT = {
    "flows": {"flows", "processors", "schemas"},
    "processors": {"processors", "schemas"},
    "schemas": {"schemas"},
}
OWNERS = {
    "prefect": ("flows/flow.py",),
    "bs4": ("processors/clean/",),
    "feedparser": ("flows/sources/feed.py",),
    "fsspec": ("flows/sources/remote.py",),
    "lxml": ("processors/clean/", "flows/sources/wxr.py", "flows/sources/web/sitemap.py"),
    "warcio": ("flows/sources/warc.py", "flows/sources/warc_record.py"),
    "yaml": ("processors/clean/",),
    "markdown_it": ("processors/clean/",),
    "charset_normalizer": ("processors/clean/",),
    "ftfy": ("processors/clean/",),
    "htmldate": ("processors/clean/",),
    "langdetect": ("processors/language/",),
    "py3langid": ("processors/language/automaton.py",),
    "eldc": ("processors/language/pieces.py",),
    "pycld2": ("processors/language/votes.py",),
    "lingua": ("processors/language/",),
    "numpy": ("processors/language/",),
    "pyarrow": ("schemas/arrow.py", "flows/store/", "flows/sources/parquet.py"),
    "spacy": ("processors/",),
    "babel": ("processors/",),
    "regex": ("processors/",),
    "platformdirs": ("processors/place.py",),
    "ijson": ("flows/gazetteer/",),
    "httpcore": ("flows/http/",),
    "httpx": ("flows/http/",),
    "protego": ("flows/http/robots.py",),
    "typer": ("flows/",),
    "rich": ("flows/",),
}
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way_and_packages_have_owners(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    tops = {module.split(".")[0] for module in imports(path)}
    assert tops & set(PACKAGES) <= MAY_IMPORT[name.split("/")[0]]
    for package in tops & OWNERS.keys():
        assert name.startswith(OWNERS[package]), f"{name} imports {package}, which belongs to {OWNERS[package]}"


@pytest.mark.parametrize(
    "path", sorted((ROOT / "processors" / "entities").glob("[!_]*.py")), ids=lambda path: path.stem
)
def test_entity_modules_do_not_import_each_other_and_have_a_lexicon(path: Path) -> None:
    assert not [module for module in imports(path) if module.startswith("processors.entities")]
    assert (ROOT / "data" / "lexicons" / path.stem).is_dir()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_are_documented_and_named(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert path.stem not in {"utils", "helpers", "common", "base", "misc"}


def test_one_broad_except_at_the_edge() -> None:
    broad = [
        path.relative_to(ROOT).as_posix()
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException"))
    ]
    assert broad == ["processors/pipeline.py"]
