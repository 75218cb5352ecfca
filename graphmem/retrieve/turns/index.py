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

from graphmem.retrieve.turns.kernels import (
    DENSE,
    GAP,
    Column,
    Lending,
    decaying,
    fill_by_room,
    n_places,
    spaced_places,
    sums,
)
from graphmem.retrieve.turns.loops import TurnLoops
from graphmem.retrieve.turns.reference import Reference, References
from graphmem.retrieve.turns.saturation import norms
from graphmem.retrieve.turns.windows import Windows
from graphmem.retrieve.words.counts import Counts
from graphmem.retrieve.words.ordered import of_sorts
from graphmem.retrieve.words.spliced import Spliced
from graphmem.types import NoteId

WIDE = decaying(0.6, 0.5, 5)
LENT = 20
"""Content words that a turn lends to each neighbour at most: what a turn of talk has. Of a longer
one every count is lent in proportion, so that an assistant's page of advice does not make the
words of the question before it few among many."""
LENDING = Lending(WIDE, LENT)

Reached = NDArray[np.int32] | slice
"""Some turns, ascending, or all."""


@dataclass(frozen=True)
class TurnIndex:
    """What is derived once a snapshot about its t turns in s sessions."""

    notes: NDArray[np.int64]
    """(t,) the turns among the snapshot's notes."""
    session: NDArray[np.int32]
    """(t,) from 0, non-decreasing: stretches of a session without a SILENCE in them, each
    memo by itself."""
    given: NDArray[np.int32]
    """(t,) the sessions as the source gave them, non-decreasing."""
    first: NDArray[np.int32]
    """(s,) the first turn of each session."""
    last: NDArray[np.int32]
    """(s,)"""
    speaker: NDArray[np.int32]
    """(t,) index into the snapshot's speakers, -1 for none."""
    said_at: Column
    """(t,) seconds, NaN when unknown."""
    counts: Counts
    """Of the snapshot's notes."""
    place: NDArray[np.int64]
    """(n,) the turn that a note is, -1 for a passage."""
    mixed_lengths: Column
    """(t,) lengths mixed over neighbours, see `mixed`."""
    session_lengths: Column
    """(s,)"""
    of_length: NDArray[np.int64]
    """How many turns have no word, one, two and so on up to the longest."""
    ids: Sequence[NoteId]
    """(n,) of the snapshot's notes."""
    traits: Spliced
    """(t, traits) what the text of each turn holds, see `TRAITS`."""
    sort: NDArray[np.int32]
    """(t,) which of the u sorts of turns it is: those of one sort have the same features."""
    features: dict[str, Column]
    """(u,) what a turn of each sort is in its session, whatever is asked. Those of ASKED_SORTS, and
    `asked_before`, are what the turn before it asks."""
    of_sort: NDArray[np.int64]
    """(u,) how many turns are of each sort."""
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
        """(t,) what a count of `mixed` words is saturated by. This and the next three are for where
        there are no compiled loops."""
        return norms(self.mixed_lengths, self.mean_length)

    @cached_property
    def lent(self) -> Column:
        """(t,) the share of a turn's counts that its neighbours get, in (0, 1]."""
        return LENDING.shares(self.lengths)

    @cached_property
    def fill(self) -> Column:
        """(t,) see `filling`, of WIDE."""
        return self.filled(np.arange(len(self.session)))

    @cached_property
    def spaced(self) -> NDArray[np.int64]:
        """(t,) see `spaced_places`."""
        return spaced_places(self.session)

    def filled(self, turns: NDArray[np.int64]) -> Column:
        """Return `fill` of some turns."""
        session = self.session[turns]
        before, behind = turns - self.first[session], self.last[session] - turns
        fill: Column = fill_by_room(WIDE)[np.minimum(before, GAP), np.minimum(behind, GAP)]
        return fill

    @cached_property
    def asked_before(self) -> NDArray[np.int32]:
        """The turns before which, in their session, somebody asks, ascending."""
        return of_sorts(self.sort, self.features["asked_before"] > 0)

    @cached_property
    def loops(self) -> TurnLoops | None:
        """None where nobody compiled them."""
        sessions, lengths = (
            (self.session, self.first, self.last),
            (self.lengths, self.mixed_lengths),
        )
        return TurnLoops.of(sessions, lengths, LENDING, self.mean_length)

    @cached_property
    def turn_at(self) -> NDArray[np.int32]:
        """The turn at each of the `spaced` places, -1 between sessions."""
        turns = np.full(n_places(self.spaced), -1, np.int32)
        turns[self.spaced] = np.arange(len(self.spaced))
        return turns

    @cached_property
    def runs(self) -> NDArray[np.int32]:
        """(n,) the session of each of the snapshot's notes, -1 of a passage."""
        if len(self.notes) == len(self.place):
            return self.session
        runs = np.full(len(self.place), -1, np.int32)
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
    lent = LENDING.shares(index.lengths[turns])
    own: Column = lent * index.filled(turns) + 1 - lent
    return own


def session_of(index: TurnIndex, turn: int) -> tuple[int, int]:
    """Return the first and the last turn of a turn's session."""
    session = index.session[turn]
    return int(index.first[session]), int(index.last[session])
