"""What is derived of the turns of a snapshot; an earlier index spares what it says of most."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.turns.index import LENDING, WIDE, TurnIndex
from graphmem.retrieve.turns.kernels import Column, filling, spaced_places, spread
from graphmem.retrieve.turns.sorts import Sorts, codes_of, read_traits, sorts_of, sorts_with
from graphmem.retrieve.turns.stretches import changed_turns, stretches
from graphmem.retrieve.words.counts import Counts
from graphmem.retrieve.words.known import Before, rows_before
from graphmem.types import NoteId
from graphmem.vectors import first_of_runs


def turn_index(
    snapshot: GraphSnapshot, counts: Counts, *, before: TurnIndex | None = None
) -> TurnIndex:
    """Derive what scoring the turns of a snapshot needs; `counts` are those of its notes.

    An earlier index spares what it says of stretches that are as they were. The result is the same.
    """
    notes = np.flatnonzero(snapshot.is_turn)
    those = slice(None) if len(notes) == len(snapshot.is_turn) else notes
    said_at, given = snapshot.said_at[those], snapshot.session[those]
    is_memo = None if snapshot.is_memo is None else snapshot.is_memo[those]
    place = notes
    if len(notes) < len(snapshot.is_turn):
        place = np.full(len(snapshot.is_turn), -1, np.int64)
        place[notes] = np.arange(len(notes))
    session = stretches(given, said_at, is_memo)
    first = first_of_runs(session).astype(np.int32)
    last = (np.append(first[1:], len(notes)) - 1).astype(np.int32) if len(notes) else first
    lengths = counts.lengths[those].astype(np.float64)
    ids = _ids_of(snapshot, notes)
    known = before if before and len(before.notes) else None
    of_turns = _of_turns(_Said(snapshot.texts, notes, ids, session, lengths), known)
    return TurnIndex(
        notes=notes,
        session=session,
        given=given,
        first=first,
        last=last,
        speaker=snapshot.speaker[those],
        said_at=said_at,
        counts=counts,
        place=place,
        mixed_lengths=of_turns.mixed_lengths,
        session_lengths=np.bincount(session, lengths, minlength=len(first)).astype(np.float64),
        ids=ids,
        traits=of_turns.traits,
        sort=of_turns.sorts.sort,
        features=dict(of_turns.sorts.features),
        holds=_held_terms(counts, notes),
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """t turns in their order."""

    texts: Sequence[str]
    """Of the snapshot's notes."""
    notes: NDArray[np.int64]
    ids: Sequence[NoteId]
    session: NDArray[np.int32]
    lengths: Column


@dataclass(frozen=True, slots=True)
class _OfTurns:
    """What depends on a turn's stretch alone; the fields are those of `TurnIndex`."""

    mixed_lengths: Column
    traits: NDArray[np.int8]
    sorts: Sorts


def _of_turns(said: _Said, was: TurnIndex | None) -> _OfTurns:
    stood = Before.of(rows_before(was.ids if was else (), said.ids))
    new, changed = np.flatnonzero(stood.rows < 0), np.arange(len(stood.rows))
    if was is not None:
        changed = changed_turns(said.session, said.lengths, stood, was.session, was.lengths)
    traits = read_traits([said.texts[note] for note in said.notes[new].tolist()])
    if was is not None:
        traits = stood.put_over(was.traits, new, traits)
    begins = np.diff(said.session[changed], prepend=-1) != 0
    spaced, lengths = spaced_places(np.cumsum(begins) - 1), said.lengths[changed]
    fill, lent = filling(spaced, WIDE), LENDING.shares(lengths)
    around = spread(np.arange(len(changed)), lengths * lent, WIDE, spaced)
    mixed_lengths = around * fill + lengths * (1 - lent)
    codes = codes_of(traits[changed], begins)
    if was is None:
        return _OfTurns(mixed_lengths, traits, sorts_of(codes))
    return _OfTurns(
        mixed_lengths=stood.put_over(was.mixed_lengths, changed, mixed_lengths),
        traits=traits,
        sorts=sorts_with(Sorts(was.sort, was.features), stood, changed, codes),
    )


def _held_terms(counts: Counts, notes: NDArray[np.int64]) -> NDArray[np.bool_]:
    if len(notes) == len(counts.lengths):
        return counts.df > 0
    return counts.of_part(notes).df > 0


def _ids_of(snapshot: GraphSnapshot, notes: NDArray[np.int64]) -> Sequence[NoteId]:
    if len(notes) == len(snapshot.note_ids):
        return snapshot.note_ids
    return tuple(map(snapshot.note_ids.__getitem__, notes.tolist()))
