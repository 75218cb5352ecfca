"""What of the proposals fits is done in one transaction; the rest is counted and does no harm."""

import pytest

from graphmem.changes import NoteField, Proposal
from graphmem.contracts import GraphStore
from graphmem.evolve.apply import apply
from graphmem.graph import dump
from graphmem.registry import open_store
from graphmem.testing.records import ANA, ENCODER, START, batch_of, note_now, turn

ONE = turn(0).note


@pytest.fixture
def store() -> GraphStore:
    made = open_store("ram:")
    made.set_encoder(ENCODER)
    made.write(batch_of(turn(0), turn(1)))
    return made


def proposal(field: str, after: object) -> Proposal:
    return Proposal(
        target=NoteField(ONE.id, field), after=after, reason="because", author="rule:test@1"
    )


PROPOSALS = [proposal("context", "new"), proposal("text", "new"), proposal("tags", ("new",))]


def test_what_fits_is_done_and_what_does_not_is_told(store: GraphStore) -> None:
    edit = apply(store, ANA, PROPOSALS, run_id="r1", at=START)
    assert list(edit.changes) == store.changes(ANA, ONE.id)
    assert {(c.run_id, c.at) for c in edit.changes} == {("r1", START)}
    assert [rejection.proposal for rejection in edit.rejected] == [PROPOSALS[1]]
    assert (note_now(store, ONE).context, note_now(store, ONE).tags) == ("new", ("new",))


def test_done_twice_is_done_once(store: GraphStore) -> None:
    apply(store, ANA, PROPOSALS, run_id="r1", at=START)
    before = list(dump(store))
    assert apply(store, ANA, PROPOSALS, run_id="r2", at=START).changes == ()
    assert list(dump(store)) == before


def test_a_dry_run_tells_the_same_and_writes_nothing(store: GraphStore) -> None:
    before, token = list(dump(store)), store.version_token(ANA)
    told = apply(store, ANA, PROPOSALS, run_id="r1", at=START, dry_run=True)
    assert (list(dump(store)), store.version_token(ANA)) == (before, token)
    done = apply(store, ANA, PROPOSALS, run_id="r1", at=START)
    assert told.is_dry_run
    assert (told.changes, told.rejected) == (done.changes, done.rejected)
