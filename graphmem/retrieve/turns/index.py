"""The words of turns: counts mixed over neighbours before they saturate, and what turns are.

A turn says little by itself: the question is answered by "Yes, last May!" and the words stand in
the turn before. Everything here is over the t turns of a snapshot, in its order; passages of the
same snapshot are left out and change nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.turns.traits import TRAITS, traits_of
from graphmem.retrieve.words.counts import Counts, inverse_frequency
from graphmem.types import NoteId

Column = NDArray[np.float64]
"""(t,) one value a turn."""
Kernel = tuple[tuple[int, float], ...]
"""Weights of the turns at these places from a turn, itself included."""


def decaying(before: float, after: float, reach: int) -> Kernel:
    """Return the weights before^d and after^d of the turns d places away, d <= reach."""
    places = range(-reach, reach + 1)
    return tuple((d, before**-d if d < 0 else after**d) for d in places)


WIDE = decaying(0.6, 0.5, 5)
LENT = 20
"""Content words that a turn lends to each neighbour at most: what a turn of talk has. Of a longer
one every count is lent in proportion, so that an assistant's page of advice does not make the
words of the question before it few among many."""
GAP = 5
"""The farthest place that a kernel reaches."""
DENSE = 12
"""Rows are few if less than one turn of so many is among them."""
_K1, _B, _B_SESSION = 1.2, 0.75, 0.4


@dataclass(frozen=True, slots=True)
class TurnIndex:
    """What is derived once a snapshot about its t turns in s sessions."""

    notes: NDArray[np.int64]
    """(t,) the turns among the snapshot's notes."""
    session: NDArray[np.int64]
    """(t,) from 0, non-decreasing."""
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
    mixed_lengths: Column
    """(t,) lengths mixed over neighbours, see `mixed`."""
    session_lengths: Column
    """(s,)"""
    ids: tuple[NoteId, ...]
    """(t,)"""
    traits: NDArray[np.int8]
    """(t, traits) what the text of each turn holds, see `TRAITS`."""
    features: dict[str, Column]
    """What the turn is in its session, whatever is asked."""


def turn_index(
    snapshot: GraphSnapshot, counts: Counts, *, before: "TurnIndex | None" = None
) -> TurnIndex:
    """Derive what scoring the turns of a snapshot needs; `counts` are those of its notes.

    An earlier index spares the reading of texts that it read. The result is the same either way.
    """
    notes = np.flatnonzero(snapshot.is_turn)
    place = np.full(len(snapshot.is_turn), -1, np.int64)
    place[notes] = np.arange(len(notes))
    _, first, session = np.unique(snapshot.session[notes], return_index=True, return_inverse=True)
    session = session.astype(np.int64).ravel()
    last = np.append(first[1:], len(notes)) - 1 if len(notes) else first
    spaced = spaced_places(session)
    lengths = counts.lengths[notes].astype(np.float64)
    lent = LENT / np.maximum(lengths, LENT)
    return TurnIndex(
        notes=notes,
        session=session,
        first=first,
        last=last,
        spaced=spaced,
        speaker=snapshot.speaker[notes],
        said_at=snapshot.said_at[notes],
        counts=counts,
        place=place,
        lent=lent,
        mixed_lengths=mixed(np.arange(len(notes)), lengths, lent, spaced),
        session_lengths=np.bincount(session, lengths, minlength=len(first)).astype(np.float64),
        ids=(ids := tuple(snapshot.note_ids[i] for i in notes)),
        traits=(traits := _traits([snapshot.texts[i] for i in notes], ids, before)),
        features=_features(traits, session, first),
    )


def spaced_places(session: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return (t,) places for turns that leave GAP empty ones around each session.

    `session` numbers the sessions of the turns from 0, non-decreasing.
    """
    return np.arange(len(session)) + GAP * (session + 1)


def spread(
    rows: NDArray[np.int64], values: Column, kernel: Kernel, spaced: NDArray[np.int64]
) -> Column:
    """Return (t,) the kernel's weighted sums of values that stand at some rows, inside sessions.

    `spaced` is (t,) `spaced_places`, no kernel reaches farther than their GAP: what would fall into
    another session falls between. Many rows are summed as whole columns, few one by one, to the
    same bits.
    """
    total = np.zeros(int(spaced.max(initial=GAP)) + 1 + GAP)
    at = spaced[rows]
    if len(rows) * DENSE < len(spaced):
        for away, weight in kernel:
            # Rows are distinct, so their targets are too, and each may be added to by index.
            total[at - away] += weight * values
        return total[spaced]
    column = np.zeros(len(total))
    column[at] = values
    inner = slice(GAP, len(total) - GAP)
    for away, weight in kernel:
        total[inner] += weight * column[GAP + away : len(total) - GAP + away]
    return total[spaced]


def mixed(
    rows: NDArray[np.int64], values: Column, lent: Column, spaced: NDArray[np.int64]
) -> Column:
    """Return (t,) values that stand at some rows, each with what its neighbours lend, by WIDE.

    A turn's own value counts whole, `lent` (t,) of it with its neighbours.
    """
    shares = lent[rows]
    total = spread(rows, values * shares, WIDE, spaced)
    total[rows] += values * (1 - shares)
    return total


def kernel_bm25(index: TurnIndex, terms: Mapping[int, float]) -> Column:
    """Score the turns by BM25 of term counts and lengths mixed over neighbours of the session.

    Parameters
    ----------
    terms : number of each of the question's terms -> how much it counts, 1 for a whole word.

    Returns
    -------
    (t,) float64. Document frequencies are those of the turns, unmixed.
    """
    score = np.zeros(len(index.notes))
    mean = float(index.mixed_lengths.mean()) if len(index.notes) else 1.0
    norm = _K1 * (1 - _B + _B * index.mixed_lengths / (mean or 1.0))
    for term, share in sorted(terms.items()):
        rows, counted = _turn_postings(index, term)
        idf = share * inverse_frequency(np.array([len(rows)]), len(index.notes))[0]
        tf = mixed(rows, counted, index.lent, index.spaced)
        hit = np.flatnonzero(tf)
        score[hit] += idf * tf[hit] * (_K1 + 1) / (tf[hit] + norm[hit])
    return score


def session_bm25(index: TurnIndex, terms: Mapping[int, float]) -> Column:
    """Return (t,) BM25 of each turn's whole session; `terms` as in `kernel_bm25`."""
    n_sessions = len(index.first)
    score = np.zeros(n_sessions)
    mean = float(index.session_lengths.mean()) if n_sessions else 1.0
    norm = _K1 * (1 - _B_SESSION + _B_SESSION * index.session_lengths / (mean or 1.0))
    for term, share in sorted(terms.items()):
        rows, counted = _turn_postings(index, term)
        tf = np.bincount(index.session[rows], counted, minlength=n_sessions)
        idf = share * inverse_frequency(np.array([np.count_nonzero(tf)]), n_sessions)[0]
        score += idf * tf * (_K1 + 1) / (tf + norm)
    return score[index.session]


def session_of(index: TurnIndex, turn: int) -> tuple[int, int]:
    """Return the first and the last turn of a turn's session."""
    session = index.session[turn]
    return int(index.first[session]), int(index.last[session])


def turns_with(index: TurnIndex, term: int) -> int:
    """Return how many turns hold a term."""
    return len(_turn_postings(index, term)[0])


def _turn_postings(index: TurnIndex, term: int) -> tuple[NDArray[np.int64], Column]:
    notes, counted = index.counts.postings(term)
    rows = index.place[notes]
    return rows[rows >= 0], counted[rows >= 0].astype(np.float64)


def rank_channel(score: Column) -> Column:
    """Return -ln(1 + rank), rank from 0, best first; ties keep the snapshot's order."""
    rank = np.empty(len(score))
    rank[np.argsort(-score, kind="stable")] = np.arange(len(score))
    return -np.log1p(rank)


def _traits(
    texts: Sequence[str], ids: Sequence[NoteId], before: TurnIndex | None
) -> NDArray[np.int8]:
    """Return (t, traits) what each text holds, read only where `before` did not."""
    known = {note: row for row, note in enumerate(before.ids)} if before else {}
    traits = np.zeros((len(texts), len(TRAITS)), np.int8)
    for i, (text, note) in enumerate(zip(texts, ids, strict=True)):
        row = known.get(note, -1)
        traits[i] = traits_of(text) if before is None or row < 0 else before.traits[row]
    return traits


def _features(
    traits: NDArray[np.int8], session: NDArray[np.int64], first: NDArray[np.int64]
) -> dict[str, Column]:
    values = dict(zip(TRAITS, traits.T.astype(np.float64), strict=True))
    has_question = values.pop("has_question")
    starts = np.zeros(len(session), np.bool_)
    starts[first] = True
    return values | {
        "asked_before": np.where(starts, 0.0, np.roll(has_question, 1)),
        "opens": (np.arange(len(session)) - first[session] < 2).astype(np.float64),
    }
