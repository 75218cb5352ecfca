"""Records become columns: every row by hand, for a turn with two sentences and one without."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from graphmem.batches import Claim, Extraction, Mention, NoteRecord
from graphmem.graph.snapshot.block import (
    block_of,
    in_span_order,
    read_tokens,
    stored_vectors,
    whole,
)
from graphmem.named import entity_of
from graphmem.testing.records import ANA, BEN
from graphmem.types import EpisodeId, Note, NoteId, ScopeKey, SessionId

SAID = datetime(1970, 1, 2, tzinfo=UTC)


def mention(name: str, start: int, kind: str = "name", *, initial: bool = False) -> Mention:
    return Mention(name=name, start=start, end=start + len(name), kind=kind, initial=initial)


def record(text: str, *, scope: ScopeKey = ANA, **fields: object) -> NoteRecord:
    note = Note(
        id=NoteId(f"t-{text}"),
        scope=scope,
        session_id=SessionId("s"),
        kind="turn",
        text=text,
        origins=(EpisodeId("e"),),
    )
    return NoteRecord(note=replace(note, **fields))


FIRST = replace(
    record("Eva met Bo. Good.", sentences=((0, 11), (12, 17)), speaker="Eva", said_at=SAID),
    extraction=Extraction(
        mentions=(mention("Bo", 8, "title"), mention("Eva", 0, initial=True)),
        claims=(Claim(subject="Eva", relation="met", object="Bo", start=0, end=11),),
    ),
    tokens=np.array([[1], [2]], np.uint8),
)
SECOND = replace(
    record("Bo left.", title="A map", kind="passage"),
    extraction=Extraction(mentions=(mention("Bo", 0, initial=True),)),
)


def test_notes_become_rows_in_the_order_given() -> None:
    block = block_of([FIRST, SECOND], [None, None], [5, 9])
    assert (block.number.tolist(), block.session.tolist()) == ([0, 1], [5, 9])
    assert block.ids == (FIRST.note.id, SECOND.note.id)
    assert (block.titles, block.speakers) == ((None, "A map"), ("Eva", None))
    assert block.is_turn.tolist() == [True, False]
    assert block.said_at[0] == 86_400.0
    assert np.isnan(block.said_at[1])


def test_a_note_without_sentences_is_one_sentence() -> None:
    block = block_of([FIRST, SECOND], [None, None], [0, 0])
    assert block.sentence_indptr.tolist() == [0, 2, 3]
    assert block.sentence_spans.tolist() == [[0, 11], [12, 17], [0, 8]]


def test_mentions_stand_by_their_start_and_equal_names_share_a_number() -> None:
    block = block_of([FIRST, SECOND], [None, None], [0, 0])
    assert block.mention_indptr.tolist() == [0, 2, 3]
    assert block.mentions.tolist() == [[0, 0, 3, 0, 1], [1, 8, 10, 1, 0], [1, 0, 2, 0, 1]]
    assert (block.claim_indptr.tolist(), block.claims.tolist()) == ([0, 1, 1], [[0, 1]])
    assert block.relations == ("met",)


def test_mentions_that_start_together_keep_the_extractors_order() -> None:
    long, short, first = mention("Bo Li", 4), mention("Bo", 4), mention("Eva", 0)
    assert in_span_order([long, short, first]) == [first, long, short]


def test_one_name_in_two_scopes_is_two_entities() -> None:
    other = replace(SECOND, note=replace(SECOND.note, scope=BEN))
    names = block_of([SECOND, other], [None, None], [0, 0]).names
    assert names.surfaces == ["Bo", "Bo"]
    assert sorted(names.entities.astype("U")) == sorted(
        [entity_of(ANA, "Bo"), entity_of(BEN, "Bo")]
    )


def test_a_sentence_without_a_vector_of_its_own_has_its_notes() -> None:
    given = stored_vectors(np.array([[1, 0], [0, 1], [0, -1]], np.float32))
    block = block_of(
        [FIRST, SECOND, SECOND],
        [given, stored_vectors(np.array([[3, 4]], np.float32)), None],
        [0, 0, 0],
    )
    assert block.has_vectors.tolist() == [2, 1, 0]
    assert block.vectors is not None
    assert block.vectors.tolist() == [[1, 0], [3, 4], [0, 0]]
    assert block.sentence_vectors is not None
    assert block.sentence_vectors.tolist() == [[0, 1], [0, -1], [3, 4], [0, 0]]
    assert block.sentence_vectors.dtype == np.float16


def test_without_vectors_there_are_no_rows_at_all() -> None:
    block = block_of([FIRST], [None], [0])
    assert (block.vectors, block.sentence_vectors, block.is_whole) == (None, None, True)


def test_no_tokens_and_none_kept_are_told_apart() -> None:
    silent = replace(SECOND, tokens=np.empty((0, 1), np.uint8))
    block = block_of([FIRST, SECOND, silent], [None, None, None], [0, 0, 0])
    assert block.has_tokens.tolist() == [True, False, True]
    assert block.token_indptr.tolist() == [0, 2, 2, 2]
    assert block.tokens.tolist() == [[1], [2]]


def test_stored_vectors_come_back_sentences_in_half_precision() -> None:
    rows = np.array([[0.1, 0.2], [0.1, 0.2]], np.float32)
    back = whole(stored_vectors(rows))
    assert back.dtype == np.float32
    assert back[0].tolist() == rows[0].tolist()
    assert back[1].tolist() == rows[1].astype(np.float16).astype(np.float32).tolist()
    assert whole(stored_vectors(rows[:1])).tolist() == rows[:1].tolist()


def test_signs_have_one_row_a_token() -> None:
    assert read_tokens(bytes([1, 2, 3, 4]), 9).tolist() == [[1, 2], [3, 4]]
