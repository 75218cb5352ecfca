"""Small snapshots made by hand: no store, no extraction, turns and passages as given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot, Matrix, SnapshotVectors
from graphmem.sentences import sentences
from graphmem.types import EntityId, EpisodeId, NoteId, ScopeKey


@dataclass(frozen=True, slots=True)
class Turn:
    """One note: a turn of a session, or a passage when it has a title."""

    text: str
    session: str = "s1"
    speaker: str | None = None
    said_at: datetime | None = None
    title: str | None = None


@dataclass(frozen=True)
class Graph:
    """What the notes name and claim, as given."""

    entity_ids: Sequence[EntityId]
    entity_names: Sequence[str]
    mention_note: NDArray[np.int32]
    mention_entity: NDArray[np.int32]
    mention_kind: NDArray[np.int8]
    mention_initial: NDArray[np.bool_]
    mention_span: NDArray[np.int32]
    claim_note: NDArray[np.int32]
    claim_subject: NDArray[np.int32]
    claim_object: NDArray[np.int32]
    claim_relation: Sequence[str]
    entity_aliases: tuple[tuple[str, int], ...]


NONE = np.zeros(0, np.int32)
NOTHING_NAMED = Graph(
    entity_ids=(),
    entity_names=(),
    mention_note=NONE,
    mention_entity=NONE,
    mention_kind=NONE.astype(np.int8),
    mention_initial=NONE.astype(np.bool_),
    mention_span=NONE.reshape(0, 2),
    claim_note=NONE,
    claim_subject=NONE,
    claim_object=NONE,
    claim_relation=(),
    entity_aliases=(),
)


def snapshot_of(turns: Sequence[Turn], *, vectors: Matrix | None = None) -> GraphSnapshot:
    """Return the snapshot of the turns; those of a session must stand together."""
    sessions = list(dict.fromkeys(turn.session for turn in turns))
    speakers = tuple(sorted({turn.speaker for turn in turns if turn.speaker}))
    spans = [sentences(turn.text) for turn in turns]
    return GraphSnapshot(
        scopes=(ScopeKey("ana"),),
        as_of=None,
        version=1,
        note_ids=tuple(NoteId(f"n{i:06d}") for i in range(len(turns))),
        episode_ids=tuple(EpisodeId(f"e{i:06d}") for i in range(len(turns))),
        texts=tuple(turn.text for turn in turns),
        titles=tuple(turn.title for turn in turns),
        is_turn=np.array([turn.title is None for turn in turns], np.bool_),
        session=np.array([sessions.index(turn.session) for turn in turns], np.int32),
        speaker=np.array([speakers.index(t.speaker) if t.speaker else -1 for t in turns], np.int32),
        speakers=speakers,
        said_at=np.array([t.said_at.timestamp() if t.said_at else np.nan for t in turns]),
        sentence_indptr=np.cumsum([0, *map(len, spans)]).astype(np.int64),
        sentence_spans=np.array([s for each in spans for s in each], np.int32).reshape(-1, 2),
        graph=NOTHING_NAMED,
        vectors=SnapshotVectors(encoder="rules" if vectors is None else "test", notes=vectors),
    )
