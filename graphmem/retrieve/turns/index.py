"""The words of turns: counts mixed over neighbours before they saturate, and what turns are.

A turn says little by itself: the question is answered by "Yes, last May!" and the words stand in
the turn before. Everything here is over the t turns of a snapshot, in its order; passages of the
same snapshot are left out and change nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.turns.kernels import (
    DENSE,
    Column,
    decaying,
    filling,
    n_places,
    spaced_places,
    spread,
    sums,
)
from graphmem.retrieve.turns.loops import TurnLoops
from graphmem.retrieve.turns.reference import Reference, References
from graphmem.retrieve.turns.saturation import norms
from graphmem.retrieve.turns.sorts import Sorts, codes_of, read_traits, sorts_of, sorts_with
from graphmem.retrieve.turns.stretches import changed_turns, stretches
from graphmem.retrieve.turns.windows import Windows
from graphmem.retrieve.words.counts import Counts
from graphmem.retrieve.words.known import Before, rows_before
from graphmem.types import NoteId
from graphmem.vectors import first_of_runs

WIDE = decaying(0.6, 0.5, 5)
LENT = 20
"""Content words that a turn lends to each neighbour at most: what a turn of talk has. Of a longer
one every count is lent in proportion, so that an assistant's page of advice does not make the
words of the question before it few among many."""

Reached = NDArray[np.int32] | slice
"""Some turns, ascending, or all."""


@dataclass(frozen=True)
class TurnIndex:
    """What is derived once a snapshot about its t turns in s sessions."""

    notes: NDArray[np.int64]
    """(t,) the turns among the snapshot's notes."""
    session: NDArray[np.int64]
    """(t,) from 0, non-decreasing: stretches of a session without a SILENCE in them, each
    memo by itself."""
    given: NDArray[np.int32]
    """(t,) the sessions as the source gave them, non-decreasing."""
    first: NDArray[np.int64]
    """(s,) the first turn of each session."""
    last: NDArray[np.int64]
    """(s,)"""
    spaced: NDArray[np.int64]
    """(t,) see `spaced_places`."""
    speaker: NDArray[np.int32]
    """(t,) index into the snapshot's speakers, -1 for none."""
    said_at: Column
    """(t,) seconds, NaN when unknown."""
    counts: Counts
    """Of the snapshot's notes."""
    place: NDArray[np.int64]
    """(n,) the turn that a note is, -1 for a passage."""
    lent: Column
    """(t,) the share of a turn's counts that its neighbours get, in (0, 1]."""
    fill: Column
    """(t,) see `filling`, of WIDE."""
    mixed_lengths: Column
    """(t,) lengths mixed over neighbours, see `mixed`."""
    session_lengths: Column
    """(s,)"""
    ids: Sequence[NoteId]
    """(t,)"""
    traits: NDArray[np.int8]
    """(t, traits) what the text of each turn holds, see `TRAITS`."""
    sort: NDArray[np.int32]
    """(t,) which of the u sorts of turns it is: those of one sort have the same features."""
    features: dict[str, Column]
    """(u,) what a turn of each sort is in its session, whatever is asked. Those of ASKED_SORTS, and
    `asked_before`, are what the turn before it asks."""
    holds: NDArray[np.bool_]
    """(v,) the terms that some turn has."""
    windows: Windows | None = None
    """Of its very long turns."""

    @property
    def lengths(self) -> NDArray[np.float32]:
        """(t,) words of each turn."""
        whole = len(self.notes) == len(self.counts.lengths)
        return self.counts.lengths if whole else self.counts.lengths[self.notes]

    @cached_property
    def mean_length(self) -> float:
        """Of `mixed_lengths`; 1 where it would divide by nothing."""
        return (float(self.mixed_lengths.mean()) or 1.0) if len(self.notes) else 1.0

    @cached_property
    def norm(self) -> Column:
        """(t,) what a count of `mixed` words is saturated by."""
        return norms(self.mixed_lengths, self.mean_length)

    @cached_property
    def loops(self) -> TurnLoops | None:
        """None where nobody compiled them."""
        sessions, columns = (self.session, self.first, self.last), (self.lent, self.fill, self.norm)
        return TurnLoops.of(sessions, columns, WIDE)

    @cached_property
    def turn_at(self) -> NDArray[np.int32]:
        """The turn at each of the `spaced` places, -1 between sessions."""
        turns = np.full(n_places(self.spaced), -1, np.int32)
        turns[self.spaced] = np.arange(len(self.spaced))
        return turns

    @cached_property
    def runs(self) -> NDArray[np.int64]:
        """(n,) the session of each of the snapshot's notes, -1 of a passage."""
        runs = np.full(len(self.place), -1, np.int64)
        runs[self.notes] = self.session
        return runs

    def reached(self, values: Column) -> tuple[NDArray[np.int32], Column]:
        """Return the turns whose place has a value that is not 0, ascending, and those values."""
        places = np.flatnonzero((values != 0) & self._is_turn)  # of booleans ten times as fast
        return self.turn_at[places], values[places]

    @cached_property
    def _is_turn(self) -> NDArray[np.bool_]:
        return self.turn_at >= 0

    @cached_property
    def _references(self) -> References:
        return References(self.given, self.speaker, self.sort, self.features)

    def reference(self, speakers: tuple[int, ...]) -> Reference:
        """Return the turns that channels are standardised over where some speakers are named."""
        return self._references.of(speakers)


def turn_index(
    snapshot: GraphSnapshot, counts: Counts, *, before: "TurnIndex | None" = None
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
    first = first_of_runs(session)
    last = np.append(first[1:], len(notes)) - 1 if len(notes) else first
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
        spaced=spaced_places(session),
        speaker=snapshot.speaker[those],
        said_at=said_at,
        counts=counts,
        place=place,
        lent=of_turns.lent,
        fill=of_turns.fill,
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
    session: NDArray[np.int64]
    lengths: Column


@dataclass(frozen=True, slots=True)
class _OfTurns:
    """What depends on a turn's stretch alone; the fields are those of `TurnIndex`."""

    lent: Column
    fill: Column
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
    fill, lent = filling(spaced, WIDE), LENT / np.maximum(lengths, LENT)
    around = spread(np.arange(len(changed)), lengths * lent, WIDE, spaced)
    mixed_lengths = around * fill + lengths * (1 - lent)
    codes = codes_of(traits[changed], begins)
    if was is None:
        return _OfTurns(lent, fill, mixed_lengths, traits, sorts_of(codes))
    return _OfTurns(
        lent=stood.put_over(was.lent, changed, lent),
        fill=stood.put_over(was.fill, changed, fill),
        mixed_lengths=stood.put_over(was.mixed_lengths, changed, mixed_lengths),
        traits=traits,
        sorts=sorts_with(Sorts(was.sort, was.features), stood, changed, codes),
    )


def _held_terms(counts: Counts, notes: NDArray[np.int64]) -> NDArray[np.bool_]:
    if len(notes) == len(counts.lengths):
        return counts.df > 0
    return counts.of_part(notes).df > 0


def mixed(rows: NDArray[np.integer], values: Column, index: TurnIndex) -> tuple[Reached, Column]:
    """Return the turns to which some rows lend, ascending, with their values, mixed by WIDE.

    `values` are above 0. A turn's own value counts whole, `lent` of it with its neighbours. What a
    turn near the end of its session lacks in neighbours is made up for by those it has and by
    itself: equal turns among equal ones have equal values wherever they stand. Many rows reach so
    many turns that all are returned, those that get nothing with 0.
    """
    shares = index.lent[rows]
    lent = sums(rows, values * shares, WIDE, index.spaced)
    reached: Reached = slice(None)
    if len(rows) * DENSE < len(index.notes):
        reached, total = index.reached(lent)
    else:
        total = lent[index.spaced]
    total *= index.fill[reached]
    long = np.flatnonzero(shares < 1)
    at = rows[long] if isinstance(reached, slice) else np.searchsorted(reached, rows[long])
    total[at] += values[long] * (1 - shares[long])
    return reached, total


def own_share(index: TurnIndex, turns: NDArray[np.int64]) -> Column:
    """Return what of each turn's own counts is in its mixed ones."""
    lent = index.lent[turns]
    own: Column = lent * index.fill[turns] + 1 - lent
    return own


def session_of(index: TurnIndex, turn: int) -> tuple[int, int]:
    """Return the first and the last turn of a turn's session."""
    session = index.session[turn]
    return int(index.first[session]), int(index.last[session])


def _ids_of(snapshot: GraphSnapshot, notes: NDArray[np.int64]) -> Sequence[NoteId]:
    if len(notes) == len(snapshot.note_ids):
        return snapshot.note_ids
    return tuple(map(snapshot.note_ids.__getitem__, notes.tolist()))
