"""Search on the server answers as one over all vectors would, under scope and time, by an index."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from graphmem.graph.neo4j import queries, snapshot, statements
from graphmem.graph.neo4j.block import block_of
from graphmem.graph.neo4j.driver import Run
from graphmem.graph.neo4j.store import Neo4jStore
from graphmem.graph.snapshot.columns import Columns
from graphmem.testing import standing_clock
from graphmem.testing.records import ANA, BEN, ENCODER, START, SampleTurn, batch_of, change, turn
from graphmem.types import NoteId
from tests.neo4j.servers import empty_store

pytestmark = pytest.mark.neo4j
TURNS = [turn(i, name=f"s{i % 3}") for i in range(40)]
OTHERS = [turn(i, name=f"s{i % 3}", scope=BEN) for i in range(40)]
SCANS = ("AllNodesScan", "NodeByLabelScan", "RelationshipTypeScan", "AllRelationshipsScan")
FEW = {"SCOPES"}
"""The statements that list all of something there are few of."""


@pytest.fixture(scope="module")
def store() -> Iterator[Neo4jStore]:
    with closing(empty_store(clock=standing_clock)) as opened:
        opened.set_encoder(ENCODER)
        opened.write(batch_of(*TURNS))
        opened.write(batch_of(*OTHERS, scope=BEN))
        opened.apply([change(TURNS[0].note, "valid_until", START + timedelta(days=9))])
        yield opened


def row_of(one: SampleTurn) -> np.ndarray:
    assert one.record.vectors is not None
    return one.record.vectors[0]


def nearest_of_all(row: np.ndarray, turns: list[SampleTurn], k: int) -> list[tuple[NoteId, float]]:
    scored = sorted((-float(row_of(one) @ row), one.note.id) for one in turns)
    return [(id_, -score) for score, id_ in scored[:k]]


@pytest.mark.parametrize("k", [1, 7, 39])
def test_the_nearest_are_those_of_the_scope_that_are_true(store: Neo4jStore, k: int) -> None:
    for place in (3, 11):
        row = row_of(TURNS[place])
        found = store.nearest(ANA, row, k=k)
        expected = nearest_of_all(row, TURNS[1:], k)
        assert [score for _, score in found] == pytest.approx([s for _, s in expected], abs=1e-5)
        assert {id_ for id_, _ in found} <= {one.note.id for one in TURNS[1:]}


def test_what_was_true_is_found_at_its_time(store: Neo4jStore) -> None:
    row, old = row_of(TURNS[0]), TURNS[0].note.id
    assert store.nearest(ANA, row, k=1, as_of=START + timedelta(days=8))[0][0] == old
    assert store.nearest(ANA, row, k=1, as_of=START + timedelta(days=10))[0][0] != old
    assert store.nearest(ANA, row, k=40, as_of=START - timedelta(days=1))[0][0] != old
    words = TURNS[0].note.text
    assert old in {id_ for id_, _ in store.matching(ANA, words, k=40, as_of=START)}
    assert old not in {id_ for id_, _ in store.matching(ANA, words, k=40)}


def test_words_are_found_as_soon_as_they_are_written(store: Neo4jStore) -> None:
    made = turn(41, text="A periwinkle teapot.", name="s9")
    store.write(batch_of(made))
    assert [id_ for id_, _ in store.matching(ANA, "teapot?", k=5)] == [made.note.id]
    assert store.matching(BEN, "teapot", k=5) == []
    assert store.matching(ANA, "?!", k=5) == []


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        (name, statement)
        for module in (statements, queries)
        for name, statement in vars(module).items()
        if name.isupper() and not name.startswith("_") and isinstance(statement, str)
        if not statement.startswith(("CREATE CONSTRAINT", "CREATE VECTOR", "DROP", "SHOW"))
    ],
)
def test_every_statement_starts_from_an_index(store: Neo4jStore, name: str, statement: str) -> None:
    operators = plan_of(store, statement)
    assert operators
    assert name in FEW or not [o for o in operators if o.startswith(SCANS)]


@pytest.mark.parametrize(
    ("statement", "kind", "index"),
    [
        (queries.NEAREST, "vector", "note_vector"),
        (queries.MATCHING, "fulltext", "note_text"),
    ],
)
def test_search_on_the_server_asks_its_index_and_looks_at_no_other_note(
    store: Neo4jStore, statement: str, kind: str, index: str
) -> None:
    nodes = plan_nodes(store, statement)
    calls = [node for node in nodes if node["operatorType"].startswith("ProcedureCall")]
    (asked,) = (str(call["args"]["Details"]) for call in calls)
    assert f"db.index.{kind}.queryNodes(" in asked
    assert f"'{index}'" in statement
    assert not [n for n in nodes if n["operatorType"].startswith((*SCANS, "NodeIndex", "NodeUni"))]


def test_a_later_snapshot_reads_the_written_notes_alone(
    store: Neo4jStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = store.snapshot((ANA,), None)
    store.write(batch_of(turn(42, name="s2")))
    asked: list[int] = []

    def watched(run: Run, at: Sequence[str], *more: Any) -> Columns:
        asked.append(len(at))
        return block_of(run, at, *more)

    monkeypatch.setattr(snapshot, "block_of", watched)
    after = store.snapshot((ANA,), None, before)
    assert asked == [1]
    assert len(after.note_ids) == len(before.note_ids) + 1
    assert store.snapshot((ANA,), None, after) is after
    assert asked == [1]


def plan_of(store: Neo4jStore, statement: str) -> list[str]:
    """Return the operators that the server would run."""
    return [node["operatorType"] for node in plan_nodes(store, statement)]


def plan_nodes(store: Neo4jStore, statement: str) -> list[dict[str, Any]]:
    with store._database._session() as session:
        plan = session.run(f"EXPLAIN {statement}").consume().plan
    assert plan is not None
    found: list[dict[str, Any]] = []
    todo = [plan]
    while todo:
        node = todo.pop()
        found.append(node)
        todo += node.get("children", [])
    return found
