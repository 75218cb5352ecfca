"""Derived notes become records: stamped, extracted once a transaction, encoded only where new."""

from dataclasses import replace

from graphmem.ingest.derive import Derived
from graphmem.ingest.pipeline import Pipeline
from graphmem.testing import standing_clock
from graphmem.types import EpisodeId, Note, NoteId
from tests.said import said
from tests.spelled import SpelledEncoder
from tests.unit.ingest.pipelines import Listing, pipeline


def note(name: str, text: str) -> Note:
    return replace(said(text), id=NoteId(f"t-{name}"), origins=(EpisodeId(f"e-{name}"),))


def derived(*notes: Note, composed: tuple[Note, ...] = (), fresh: str = "") -> Derived:
    return Derived(
        atomic=notes,
        composed=composed,
        dropped=(),
        fresh=frozenset(EpisodeId(f"e-{name}") for name in fresh),
    )


def asked(made: Pipeline) -> list[str]:
    assert isinstance(made.extractor, Listing)
    return made.extractor.asked


A, B = note("a", "Ana lives in Faro."), note("b", "Ben left Porto.")


def test_every_record_says_its_run_and_when_it_was_written() -> None:
    whole = replace(A, id=NoteId("g1"), kind="segment")
    records = pipeline(run_id="night").records(derived(A, composed=(whole,), fresh="a"))
    assert [record.note.id for record in records] == ["t-a", "g1"]
    assert {record.note.run_id for record in records} == {"night"}
    assert {record.note.written_at for record in records} == {standing_clock()}


def test_only_atomic_notes_are_extracted() -> None:
    made = pipeline()
    whole = replace(B, id=NoteId("g1"), kind="segment")
    record, composed = made.records(derived(A, composed=(whole,), fresh="a"))
    assert asked(made) == [A.text]
    assert [mention.name for mention in record.extraction.mentions if mention.kind == "name"]
    assert composed.extraction.mentions == ()


def test_vectors_are_made_for_fresh_notes_alone_which_come_first() -> None:
    encoder = SpelledEncoder()
    records = pipeline(encoder=encoder).records(derived(A, B, fresh="b"))
    assert [(record.note.id, record.vectors is not None) for record in records] == [
        ("t-b", True),
        ("t-a", False),
    ]
    assert encoder.asked == [B.text]


def test_no_vectors_are_made_for_an_encoder_that_keeps_none() -> None:
    (record,) = pipeline().records(derived(A, fresh="a"))
    assert record.vectors is None
    assert record.tokens is None


def test_signs_of_tokens_are_left_out_when_they_are_not_wanted() -> None:
    with_signs = pipeline(encoder=SpelledEncoder())
    (record,) = with_signs.records(derived(A, fresh="a"))
    (bare,) = replace(with_signs, token_signs=False, _made={}).records(derived(A, fresh="a"))
    assert record.tokens is not None
    assert bare.tokens is None


def test_a_note_that_is_derived_twice_in_a_transaction_is_read_once() -> None:
    encoder = SpelledEncoder()
    made = pipeline(encoder=encoder)
    made.records(derived(A, fresh="a"))
    again = made.records(derived(A, B, fresh="ab"))
    assert asked(made) == [A.text, B.text]
    assert encoder.asked == [A.text, B.text]
    assert all(record.vectors is not None for record in again)


def test_what_was_made_is_forgotten_with_the_transaction() -> None:
    made = pipeline()
    made.records(derived(A, fresh="a"))
    made.forget_records()
    made.records(derived(A, fresh="a"))
    assert asked(made) == [A.text, A.text]
