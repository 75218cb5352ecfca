"""A batch that no store could hold is refused before any store sees it, with what is wrong."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import numpy as np
import pytest

from graphmem.batches import Batch, Claim, Extraction, NoteRecord, Tombstone
from graphmem.errors import EncoderMismatchError, MissingRecordError, ScopeError, StoreError
from graphmem.graph.validate import (
    buried_message,
    check_batch,
    check_references,
    origins_outside,
    refuse_live,
    refuse_other_encoder,
)
from graphmem.testing.records import ANA, BEN, ENCODER, START, batch_of, turn
from graphmem.types import EncoderIdentity, EpisodeId, Link, NoteId

ONE = turn(0)
ELSEWHERE = START.astimezone(timezone(timedelta(hours=2)))


def with_note(**fields: object) -> Batch:
    return batch_of(ONE, notes=(replace(ONE.record, note=replace(ONE.note, **fields)),))


def with_record(**fields: object) -> Batch:
    return Batch(scope=ANA, notes=(replace(ONE.record, **fields),))


def with_episode(**fields: object) -> Batch:
    return Batch(scope=ANA, episodes=(replace(ONE.episode, **fields),))


def refusal(batch: Batch, encoder: EncoderIdentity | None = ENCODER) -> str:
    with pytest.raises(StoreError) as caught:
        check_batch(batch, encoder)
    return str(caught.value)


def test_a_whole_batch_is_taken() -> None:
    check_batch(batch_of(*map(turn, range(8))), ENCODER)


@pytest.mark.parametrize(
    "part",
    [
        {"sessions": (turn(0, scope=BEN).session,)},
        {"episodes": (turn(0, scope=BEN).episode,)},
        {"notes": (turn(0, scope=BEN).record,)},
        {"buried": (Tombstone(episode=EpisodeId("e"), scope=BEN, deleted_at=START),)},
    ],
    ids=str,
)
def test_a_record_of_another_scope_is_refused(part: dict[str, tuple[object, ...]]) -> None:
    with pytest.raises(ScopeError, match="of scope ben/helper, its batch of ana"):
        check_batch(Batch(scope=ANA, **part), ENCODER)


@pytest.mark.parametrize("moment", [ELSEWHERE, datetime(2024, 5, 1)], ids=["zone", "naive"])
def test_a_time_that_is_not_utc_is_refused_wherever_it_stands(moment: datetime) -> None:
    claim = Claim(subject="a", relation="b", object="c", start=0, end=1, valid_until=moment)
    stone = Tombstone(episode=EpisodeId("e"), scope=ANA, deleted_at=moment)
    for batch in (
        with_episode(said_at=moment),
        with_note(valid_from=moment),
        with_note(written_at=moment),
        with_record(extraction=Extraction(claims=(claim,))),
        Batch(scope=ANA, buried=(stone,)),
    ):
        assert "give aware UTC times" in refusal(batch)


@pytest.mark.parametrize(
    "batch",
    [
        with_episode(text="half \ud83d"),
        with_episode(metadata={"mood": "\ud83d"}),
        with_note(keywords=("\ud83d",)),
        with_note(context="\ud83d"),
        Batch(scope=ANA, sessions=(replace(ONE.session, name="\ud83d"),)),
    ],
    ids=["text", "metadata", "keyword", "context", "session"],
)
def test_half_a_surrogate_pair_is_refused(batch: Batch) -> None:
    assert "half a surrogate pair" in refusal(batch)


def test_metadata_that_is_no_json_is_refused() -> None:
    assert "is not JSON" in refusal(with_episode(metadata={"mood": {1, 2}}))


def test_a_note_without_origin_is_refused() -> None:
    assert "has no origin" in refusal(with_note(origins=()))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (0, 1_000)])
def test_a_span_outside_the_text_is_refused(start: int, end: int) -> None:
    claim = Claim(subject="a", relation="b", object="c", start=start, end=end)
    assert "leaves its text" in refusal(with_record(extraction=Extraction(claims=(claim,))))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (np.zeros((3, 9), np.float32), "not float32 (rows, 8)"),
        (np.zeros((3, 8), np.float64), "not float32 (rows, 8)"),
        (np.zeros(8, np.float32), "not float32 (rows, 8)"),
        (np.zeros((2, 8), np.float32), "has 2 vectors for 2 sentences"),
        (np.zeros((4, 8), np.float32), "has 4 vectors for 2 sentences"),
    ],
)
def test_vectors_that_do_not_fit_are_refused(rows: np.ndarray, said: str) -> None:
    assert len(ONE.note.sentences) == 2
    assert said in refusal(with_record(vectors=rows))


def test_one_vector_or_one_and_one_a_sentence_are_taken() -> None:
    for count in (1, 3):
        check_batch(with_record(vectors=np.zeros((count, 8), np.float32)), ENCODER)


def test_vectors_are_refused_before_the_encoder_is_known() -> None:
    assert "no encoder yet" in refusal(with_record(tokens=None), encoder=None)


def test_signs_of_tokens_are_a_turns_with_vectors_and_as_wide_as_they() -> None:
    signs = np.zeros((2, 1), np.uint8)
    assert "only a turn with vectors" in refusal(with_record(tokens=signs, vectors=None))
    passage = replace(ONE.note, kind="passage")
    assert "only a turn" in refusal(with_record(tokens=signs, note=passage))
    for wrong in (np.zeros((2, 2), np.uint8), np.zeros((2, 1), np.int8), np.zeros(2, np.uint8)):
        assert "not uint8 (tokens, 1)" in refusal(with_record(tokens=wrong))


def references(
    batch: Batch,
    *,
    sessions: tuple[str, ...] = (),
    episodes: dict[EpisodeId, str] | None = None,
    notes: tuple[str, ...] = (),
) -> None:
    check_references(
        batch,
        sessions=lambda ids: set(ids) & set(sessions),
        episodes=episodes or {},
        notes=lambda ids: set(ids) & set(notes),
    )


def test_an_episode_needs_its_session_in_the_batch_or_the_store() -> None:
    alone = Batch(scope=ANA, episodes=(ONE.episode,))
    references(batch_of(ONE))
    references(alone, sessions=(ONE.session.id,))
    with pytest.raises(MissingRecordError, match=ONE.session.id):
        references(alone)


def test_a_notes_origin_has_to_be_there_and_of_its_session() -> None:
    alone = Batch(scope=ANA, notes=(ONE.record,))
    references(alone, episodes={ONE.episode.id: ONE.session.id})
    with pytest.raises(MissingRecordError, match=ONE.episode.id):
        references(alone)
    with pytest.raises(StoreError, match="an origin outside its session"):
        references(alone, episodes={ONE.episode.id: "another"})


def link(source: str, target: str) -> Link:
    return Link(source=NoteId(source), target=NoteId(target), kind="about", origin="user")


def test_both_ends_of_a_link_have_to_be_there() -> None:
    batch = replace(batch_of(ONE), links=(link(ONE.note.id, "far"),))
    references(batch, notes=("far",))
    for links in ((link(ONE.note.id, "far"),), (link("far", ONE.note.id),)):
        with pytest.raises(MissingRecordError, match="far"):
            references(replace(batch, links=links))


def test_origins_outside_are_those_of_no_episode_in_the_batch() -> None:
    other = turn(1)
    batch = Batch(scope=ANA, episodes=(ONE.episode,), notes=(ONE.record, other.record))
    assert origins_outside(batch) == {other.episode.id}


def test_an_encoder_is_refused_by_name_or_by_its_dimension() -> None:
    refuse_other_encoder(None, ENCODER)
    refuse_other_encoder(ENCODER, ENCODER)
    with pytest.raises(EncoderMismatchError, match=r"test@1 \(8\)"):
        refuse_other_encoder(ENCODER, EncoderIdentity("test@1", 9))
    with pytest.raises(EncoderMismatchError, match="test@2") as caught:
        refuse_other_encoder(ENCODER, EncoderIdentity("test@2", 8))
    assert "(8)" not in str(caught.value)


def test_at_most_five_ids_are_named() -> None:
    named = [f"e{i}" for i in range(9)]
    assert "e0, e1, e2, e3, e4;" in buried_message(named)
    refuse_live([])
    with pytest.raises(StoreError, match="e0, e1, e2, e3, e4 is live here"):
        refuse_live(named)


def test_a_note_of_a_batch_needs_nothing_but_itself() -> None:
    bare = NoteRecord(note=ONE.note)
    check_batch(Batch(scope=ANA, notes=(bare,)), None)
