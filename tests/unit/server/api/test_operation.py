"""The table of operations says what the verbs of `Memory` take."""

import inspect

import pytest

from graphmem.memory import Memory
from graphmem.server.api import OPERATIONS
from tests.server import CALLS

PAGED = {"after", "limit"}


@pytest.mark.parametrize("one", OPERATIONS, ids=lambda one: one.name)
def test_an_operation_takes_what_its_verb_takes_by_the_same_names(one) -> None:
    verb = inspect.signature(getattr(Memory, one.name))
    known = {name.rstrip("_") for name in verb.parameters} - {"self"}
    renamed = {"note_id": "id", "old": "id", "ids": "id"}
    known = {renamed.get(name, name) for name in known}
    assert {argument.name for argument in one.takes} - PAGED <= known
    for name, parameter in verb.parameters.items():
        if name != "self" and parameter.default is parameter.empty:
            given = renamed.get(name.rstrip("_"), name.rstrip("_"))
            assert any(a.name == given and a.needed for a in one.takes)


def test_what_leaves_the_scope_or_runs_code_is_no_argument() -> None:
    for one in OPERATIONS:
        names = {argument.name for argument in one.takes}
        assert names.isdisjoint({"scope", "scopes", "count", "proposer", "limits", "progress"})


def test_names_and_paths_are_each_one_operation_and_what_reads_changes_nothing() -> None:
    assert len({one.name for one in OPERATIONS}) == len(OPERATIONS)
    assert len({(one.method, one.path) for one in OPERATIONS}) == len(OPERATIONS)
    assert {one.name for one in OPERATIONS} == set(CALLS)
    writing = {one.name for one in OPERATIONS if one.right == "write"}
    assert writing == {
        *("add", "update", "correct", "replace", "expire", "pin", "delete", "undo", "evolve"),
        *("accept", "reject", "keep_both", "useful", "keep_shown"),
    }
    assert all(one.method != "GET" for one in OPERATIONS if one.right == "write")
