"""What is derived of the turns of a snapshot; an earlier index spares what it says of most."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.turns.index import LENDING, WIDE, TurnIndex
from graphmem.retrieve.turns.kernels import Column, filling, spaced_places, spread
from graphmem.retrieve.turns.sorts import Sorts, codes_of, read_traits, sorts_of, sorts_with
from graphmem.retrieve.turns.stretches import Breaks, Stretches, brought_forward
from graphmem.retrieve.words.counts import Counts
from graphmem.retrieve.words.known import MANY, Before
from graphmem.retrieve.words.spliced import Spliced
from graphmem.vectors import numbers_to


def turn_index(
    snapshot: GraphSnapshot, counts: Counts, *, before: TurnIndex | None = None
) -> TurnIndex:
    """Derive what scoring the turns of a snapshot needs; `counts` are those of its notes.

    An earlier index spares what it says of stretches that are as they were. The result is the same.
    """
    n_notes, is_all = len(snapshot.is_turn), bool(snapshot.is_turn.all())
    notes = numbers_to(n_notes) if is_all else np.flatnonzero(snapshot.is_turn)
    those = slice(None) if is_all else notes
    said_at, given = snapshot.said_at[those], snapshot.session[those]
    is_memo = None if snapshot.is_memo is None else snapshot.is_memo[those]
    place = notes
    if not is_all:
        place = np.full(n_notes, -1, np.int64)
        place[notes] = np.arange(len(notes))
    said = _Said(snapshot.texts, notes, counts.lengths[those], Breaks(given, said_at, is_memo))
    was = before if before is not None and len(before.notes) else None
    stood = Before(len(notes), ())
    if was is not None:
        stood = Before.between(was.ids, snapshot.note_ids).among(notes, was.notes)
    of_turns = _of_turns(said, stood, was)
    talk, sorts = of_turns.stretches, of_turns.sorts
    return TurnIndex(
        notes=notes,
        session=talk.of_turn,
        given=given,
        first=talk.first,
        last=talk.last,
        speaker=snapshot.speaker[those],
        said_at=said_at,
        counts=counts,
        place=place,
        mixed_lengths=of_turns.mixed_lengths,
        session_lengths=of_turns.session_lengths,
        of_length=of_turns.of_length,
        ids=snapshot.note_ids,
        traits=of_turns.traits,
        sort=sorts.sort,
        features=dict(sorts.features),
        of_sort=sorts.numbers,
        holds=_held_terms(counts, notes),
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """t turns in their order."""

    texts: Sequence[str]
    """Of the snapshot's notes."""
    notes: NDArray[np.int64]
    lengths: NDArray[np.float32]
    breaks: Breaks


@dataclass(frozen=True, slots=True)
class _OfTurns:
    """What follows from the texts of turns and from what stands around them; see `TurnIndex`."""

    stretches: Stretches
    mixed_lengths: Column
    session_lengths: Column
    of_length: NDArray[np.int64]
    traits: Spliced
    sorts: Sorts


@dataclass(frozen=True, slots=True)
class _OfStretches:
    """What depends on the turns of some stretches alone; m turns."""

    mixed_lengths: Column
    """(m,)"""
    codes: NDArray[np.int64]
    """(m,) of their sorts."""
    lengths: Column
    """Of the stretches."""


def _of_turns(said: _Said, stood: Before, was: TurnIndex | None) -> _OfTurns:
    new = stood.new
    own = read_traits([said.texts[note] for note in said.notes[new].tolist()])
    if was is None:
        return _anew(said, Spliced(own))
    traits = was.traits.brought_forward(stood, own)
    if max(len(stood.runs), len(stood.again)) > MANY:
        return _anew(said, traits)
    renewed = brought_forward(Stretches(was.session, was.first), stood, said.breaks)
    talk = renewed.stretches
    changed = talk.turns(renewed.changed)
    of_changed = _of_stretches(talk.of_turn[changed], said.lengths[changed], traits.take(changed))
    session_lengths = was.session_lengths[renewed.before]
    session_lengths[renewed.changed] = of_changed.lengths
    gone, came = (
        np.append(one, two)
        for one, two in (
            (stood.gone(len(was.notes)), stood.places(stood.again)),
            (new, stood.again),
        )
    )
    sorts = Sorts(was.sort, was.features, was.of_sort)
    return _OfTurns(
        stretches=talk,
        mixed_lengths=stood.put_over(was.mixed_lengths, changed, of_changed.mixed_lengths),
        session_lengths=session_lengths,
        of_length=_recounted(was.of_length, was.lengths[gone], said.lengths[came]),
        traits=traits,
        sorts=sorts_with(sorts, stood, changed, of_changed.codes),
    )


def _anew(said: _Said, traits: Spliced) -> _OfTurns:
    talk = Stretches.of(said.breaks)
    found = _of_stretches(talk.of_turn, said.lengths, traits.array)
    return _OfTurns(
        stretches=talk,
        mixed_lengths=found.mixed_lengths,
        session_lengths=found.lengths,
        of_length=np.bincount(said.lengths.astype(np.int64)),
        traits=traits,
        sorts=sorts_of(found.codes),
    )


def _of_stretches(
    session: NDArray[np.int32], lengths: NDArray[np.float32], traits: NDArray[np.int8]
) -> _OfStretches:
    """Derive it of m turns of whole stretches; `session` (m,) numbers these, ascending."""
    begins = np.diff(session, prepend=-1) != 0
    number, words = np.cumsum(begins) - 1, lengths.astype(np.float64)
    spaced, lent = spaced_places(number), LENDING.shares(words)
    around = spread(np.arange(len(words)), words * lent, WIDE, spaced)
    mixed_lengths = around * filling(spaced, WIDE) + words * (1 - lent)
    of_session = np.bincount(number, words).astype(np.float64)
    return _OfStretches(mixed_lengths, codes_of(traits, begins), of_session)


def _recounted(
    numbers: NDArray[np.int64], gone: NDArray[np.float32], came: NDArray[np.float32]
) -> NDArray[np.int64]:
    """Return how many turns have each length, from 0 to the greatest."""
    size = max(len(numbers), int(came.max(initial=0)) + 1)
    counted = np.bincount(came.astype(np.int64), minlength=size)
    counted -= np.bincount(gone.astype(np.int64), minlength=size)
    counted[: len(numbers)] += numbers
    return counted[: int(np.flatnonzero(counted).max(initial=-1)) + 1]


def _held_terms(counts: Counts, notes: NDArray[np.int64]) -> NDArray[np.bool_]:
    if len(notes) == len(counts.lengths):
        return counts.df > 0
    return counts.of_part(notes).df > 0
