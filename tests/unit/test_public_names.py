"""The names that a program may use, and what asking for them loads."""

import ast
import subprocess
import sys
from dataclasses import is_dataclass
from importlib import import_module
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

import graphmem
from graphmem import changes, errors, types
from tests.conftest import ROOT

OPTIONAL = (
    *("torch", "sentence_transformers", "spacy", "onnx", "onnxruntime", "tokenizers"),
    *("safetensors", "neo4j", "arcadedb_embedded", "jpype", "igraph", "networkx"),
    *("typer", "rich", "scipy", "Stemmer", "pytest", "hypothesis"),
)
"""What neither the records nor the errors may load; most of it is not even in the base install."""

FOR_PLUGINS = ("contracts", "batches", "arrays", "registry")


def loaded_by(program: str) -> set[str]:
    """Run the program in a fresh interpreter and return the top packages it has loaded."""
    code = f"import sys\n{program}\nprint(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in ran.stdout.split()}


@pytest.mark.parametrize("name", graphmem.__all__)
def test_every_public_name_is_importable_and_says_what_it_is(name: str) -> None:
    value = getattr(graphmem, name)
    assert value.__name__ == name
    assert value.__doc__


def parts(hint: object) -> list[object]:
    """Return what a type hint is made of: `tuple[Note, ...]` holds `Note`."""
    return [hint, *(part for inner in get_args(hint) for part in parts(inner))]


def test_all_is_what_can_be_imported_and_nothing_is_there_twice() -> None:
    assert sorted(set(graphmem.__all__)) == graphmem.__all__
    assert set(dir(graphmem)) == {*graphmem.__all__, "__version__"}
    source = ast.parse(Path(graphmem.__file__).read_text("utf-8"))
    typed = {
        alias.name
        for node in ast.walk(source)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("graphmem")
        for alias in node.names
    }
    assert typed == set(graphmem.__all__), "what a type checker sees is what Python gives"


def test_the_public_names_are_few() -> None:
    assert 25 <= len(graphmem.__all__) <= 45


def test_every_error_is_public() -> None:
    tree = {n for n, c in vars(errors).items() if isinstance(c, type) and issubclass(c, Exception)}
    assert tree == {name for name in graphmem.__all__ if name.endswith("Error")}


def test_every_record_that_a_public_record_holds_is_public() -> None:
    for name in graphmem.__all__:
        record = getattr(types, name, None) or getattr(changes, name, None)
        if record is not None:
            held = {part for hint in get_type_hints(record).values() for part in parts(hint)}
            assert {part.__name__ for part in held if is_dataclass(part)} <= set(graphmem.__all__)


def test_an_internal_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="EpisodeNumbering"):
        _ = graphmem.EpisodeNumbering


@pytest.mark.parametrize("module", FOR_PLUGINS)
def test_a_module_for_plugins_is_there_and_the_package_names_it(module: str) -> None:
    assert import_module(f"graphmem.{module}").__doc__
    assert f"`graphmem.{module}`" in (graphmem.__doc__ or "")


def test_records_and_errors_load_neither_numpy_nor_an_optional_library() -> None:
    loaded = loaded_by("import graphmem; graphmem.Note; graphmem.GraphmemError")
    assert {"numpy", *OPTIONAL} & loaded == set()


def test_a_memory_loads_no_optional_library() -> None:
    at_the_door = {"Stemmer"}  # a part of the base install that searching needs
    assert (set(OPTIONAL) - at_the_door) & loaded_by("import graphmem; graphmem.Memory") == set()
