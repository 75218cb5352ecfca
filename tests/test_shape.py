"""The shape of the code: short files and functions, a first line each, a file of tests each."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

FILES = sorted((ROOT / "graphmem").rglob("*.py"))
OPTIONAL = (
    "torch",
    "sentence_transformers",
    "spacy",
    "onnxruntime",
    "neo4j",
    "prefect",
    "langchain_core",
    "igraph",
)


ELSEWHERE = {
    "__init__.py": "tests/unit/test_public_names.py",
    "contracts.py": "tests/contract",
    "reading.py": "tests/contract",
    "memory.py": "tests/test_memory.py",
    "cli": "tests/test_cli.py",
    "graph/ram": "tests/contract/test_graph_store.py",
    "graph/sqlite": "tests/contract/test_graph_store.py",
    "graph/neo4j": "tests/neo4j",
    "testing": "tests/contract",
}
"""Modules and rooms whose tests run them from outside: the contract, a server, a command."""


def names(files: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in files]


@pytest.mark.parametrize("path", FILES, ids=names(FILES))
def test_a_file_is_short_and_says_what_it_is(path: Path) -> None:
    source = path.read_text("utf-8")
    assert source.count("\n") <= 300
    assert ast.get_docstring(ast.parse(source))


@pytest.mark.parametrize("path", FILES, ids=names(FILES))
def test_a_function_is_short(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            length = (node.end_lineno or 0) - body[0].lineno + 1
            assert length <= 40, f"{node.name} in {path.name} has {length} lines"


def test_importing_graphmem_loads_no_optional_library() -> None:
    code = "import sys, graphmem; graphmem.Memory; print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert set(OPTIONAL).isdisjoint(ran.stdout.split())


def has_logic(path: Path) -> bool:
    """Return whether a module has functions: tables, records and tables of contents have none."""
    tree = ast.parse(path.read_text("utf-8"))
    return any(isinstance(node, ast.FunctionDef) for node in ast.walk(tree))


def unit_tests_of(module: Path) -> Path:
    """Return where the unit tests of a module stand; those of a room's __init__ beside the room."""
    inside = module.relative_to(ROOT / "graphmem")
    named = inside.parent if inside.name == "__init__.py" else inside.with_suffix("")
    return ROOT / "tests" / "unit" / named.parent / f"test_{named.name}.py"


def is_tested_elsewhere(module: str) -> bool:
    return any(module == place or module.startswith(f"{place}/") for place in ELSEWHERE)


def without_tests() -> set[str]:
    """Return the modules with logic that have no file of unit tests and no tests elsewhere."""
    modules = {path.relative_to(ROOT / "graphmem").as_posix(): path for path in FILES}
    return {
        name
        for name, path in modules.items()
        if has_logic(path) and not unit_tests_of(path).exists() and not is_tested_elsewhere(name)
    }


def test_every_module_with_logic_has_a_file_of_tests_of_its_own() -> None:
    assert without_tests() == set()


def test_what_is_tested_elsewhere_is_there_and_so_are_its_tests() -> None:
    for module, tests in ELSEWHERE.items():
        assert (ROOT / "graphmem" / module).exists()
        assert (ROOT / tests).exists()
