"""The arrays of a snapshot."""

from graphmem.arrays import MENTION_KINDS
from graphmem.types import MentionKind
from tests.unit.retrieve.passage_data import BAND, snapshot_of_passages


def test_a_snapshot_without_vectors_keeps_all_else_and_who_made_them() -> None:
    whole = snapshot_of_passages(BAND)
    light = whole.without_vectors()
    assert light.vectors.encoder == whole.vectors.encoder
    assert (light.vectors.notes, light.vectors.sentences, light.vectors.tokens) == (None,) * 3
    assert light.note_ids is whole.note_ids
    assert light.graph.mention_span is whole.graph.mention_span


def test_every_kind_of_mention_has_a_number() -> None:
    assert set(MENTION_KINDS) == set(MentionKind.__args__)
    assert len(MENTION_KINDS) == len(set(MENTION_KINDS))
