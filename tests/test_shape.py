"""The shape of the code: short files, short functions, a first line that says what a file is."""

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
