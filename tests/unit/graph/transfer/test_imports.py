"""What is kept of imports goes along when a memory moves."""

import json
from pathlib import Path

import pytest

from graphmem import Memory
from graphmem.errors import InputError
from graphmem.graph.transfer.imports import imports_in, keep_imports, read_imports
from graphmem.graph.transfer.move import copy, export, import_
from graphmem.registry import open_store


@pytest.fixture
def filled(tmp_path: Path):
    """Two scopes, each with an import that met a line without a speaker's turn."""
    folder = tmp_path / "chats"
    folder.mkdir()
    (folder / "tea.jsonl").write_text('{"speaker": "Ada", "text": "Tea at noon."}\nno JSON\n')
    with Memory.open(tmp_path / "m.db", scope="ana") as memory:
        memory.ingest(folder)
        memory.of("ben").ingest(folder)
        yield memory


def test_an_export_carries_them_in_its_first_line(filled: Memory, tmp_path: Path) -> None:
    file = tmp_path / "moved.jsonl"
    export(filled.store, file)
    assert list(json.loads(file.read_text("utf-8").splitlines()[0])["imports"]) == ["ana", "ben"]
    target = open_store("ram:")
    import_(target, file, scopes=[filled.scope.key])
    assert imports_in(target, None) == imports_in(filled.store, [filled.scope.key])
    (kept,) = target.imports(filled.scope.key)
    assert (kept.episodes_added, kept.problems, kept.problem_groups[0].count) == (1, 1, 1)


def test_a_copy_carries_them_and_again_changes_nothing(filled: Memory, tmp_path: Path) -> None:
    target = open_store("ram:")
    for _ in range(2):
        copy(filled.store, target)
    assert imports_in(target, None) == imports_in(filled.store, None)


def test_an_export_of_a_memory_without_imports_is_what_it_always_was(tmp_path: Path) -> None:
    with Memory.open("ram:", scope="ana") as memory:
        memory.add("Tea at noon.")
        export(memory.store, tmp_path / "moved.jsonl")
    head = json.loads((tmp_path / "moved.jsonl").read_text("utf-8").splitlines()[0])
    assert "imports" not in head


def test_only_the_scopes_that_are_named_are_kept(filled: Memory) -> None:
    target = open_store("ram:")
    keep_imports(target, imports_in(filled.store, None), [filled.of("ben").scope.key])
    assert target.imports(filled.scope.key) == ()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ([], "an object of lists"),
        ({"ana": {}}, "an object of lists"),
        ({"ana": [{"run_id": 3}]}, "no field"),
        ({"": []}, "no scope"),
        ({"ana": [{"run_id": "r", "at": "yesterday"}]}, "at is a time"),
        (
            {
                "ana": [
                    {
                        "run_id": "r",
                        "at": "2026-05-01T00:00:00+00:00",
                        "problem_groups": [{"message": 1}],
                    }
                ]
            },
            "no field",
        ),
    ],
)
def test_what_a_file_says_of_imports_is_checked(line: object, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_imports(line)
