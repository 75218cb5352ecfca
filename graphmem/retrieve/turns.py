"""The words of turns: counts mixed over neighbours before they saturate, and what turns are.

A turn says little by itself: the question is answered by "Yes, last May!" and the words stand in
the turn before. Everything here is over the t turns of a snapshot, in its order; passages of the
same snapshot are left out and change nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.counts import Counts, inverse_frequency
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
_K1, _B, _B_SESSION = 1.2, 0.75, 0.4
_RELATIVE_TIME = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow|last|next|ago|this (?:week|month|year|morning|weekend)|"
    r"weekend|monday|tuesday|wednesday|thursday|friday|saturday|sunday|recently|january|february|"
    r"march|april|june|july|august|september|october|november|december|(?:19|20)\d\d|"
    r"(?:few|two|three|couple) (?:days|weeks|months|years))\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|once|twice|both|couple|several|"
    r"first|second|third|hundred|every|each|times?)\b",
    re.IGNORECASE,
)
_NAME_INSIDE = re.compile(r"(?<=[a-z,;:] )[A-Z][\w'’-]+|[\"“][^\"”]+[\"”]")
_FIRST_PERSON = re.compile(
    r"\b(?:i|my|me|we|our|us|mine|i'm|i've|i'd|we're|we've)\b", re.IGNORECASE
)
_PLACE = re.compile(
    r"\b(?:in|at|to|from|near|around|visit(?:ed|ing)?|explor\w+) (?:the |my |a |an )?[A-Z][a-z]+"
)
_PERSON = re.compile(
    r"\b(?:my|our|his|her) (?:\w+ )?(?:mom|dad|mother|father|sister|brother|grand\w+|aunt\w*|uncle|"
    r"cousin|friends?|family|husband|wife|son|daughter|kids?|boss|colleagues?|coworkers?|"
    r"teammates?|neighbou?rs?|teacher|coach)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|'?cause|since|so that|reason|wanted to|that's why|to help|inspired?|love|"
    r"passion\w*)\b",
    re.IGNORECASE,
)
_TRAITS = {
    "asks": (re.compile(r"\?\s*\Z"), 1),
    "has_question": (re.compile(r"\?"), 1),
    "names_inside": (_NAME_INSIDE, 3),
    "first_person": (_FIRST_PERSON, 4),
    "tells_time": (_RELATIVE_TIME, 1),
    "tells_number": (_NUMBER, 1),
    "tells_place": (_PLACE, 1),
    "tells_person": (_PERSON, 1),
    "tells_reason": (_REASON, 1),
}
"""What is counted in a text, and up to how many."""


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
    speaker: NDArray[np.int32]
    """(t,) index into the snapshot's speakers, -1 for none."""
    said_at: Column
    """(t,) seconds, NaN when unknown."""
    counts: Counts
    """Of the snapshot's notes."""
    place: NDArray[np.int64]
    """(n,) the turn that a note is, -1 for a passage."""
    mixed_lengths: Column
    """(t,) lengths mixed over neighbours by WIDE."""
    session_lengths: Column
    """(s,)"""
    ids: tuple[NoteId, ...]
    """(t,)"""
    traits: NDArray[np.int8]
    """(t, traits) what the text of each turn holds, see `_TRAITS`."""
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
    lengths = counts.lengths[notes].astype(np.float64)
    rows = np.arange(len(notes))
    return TurnIndex(
        notes=notes,
        session=session,
        first=first,
        last=last,
        speaker=snapshot.speaker[notes],
        said_at=snapshot.said_at[notes],
        counts=counts,
        place=place,
        mixed_lengths=spread(rows, lengths, WIDE, (session, first, last)),
        session_lengths=np.bincount(session, lengths, minlength=len(first)).astype(np.float64),
        ids=(ids := tuple(snapshot.note_ids[i] for i in notes)),
        traits=(traits := _traits([snapshot.texts[i] for i in notes], ids, before)),
        features=_features(traits, session, first),
    )


def spread(
    rows: NDArray[np.int64],
    values: Column,
    kernel: Kernel,
    sessions: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]],
) -> Column:
    """Return (t,) the kernel's weighted sums of values that stand at some rows, inside sessions.

    `sessions` is (t,) the session of each turn and (s,) the first and the last turn of each.
    """
    session, first, last = sessions
    total = np.zeros(len(session))
    low, high = first[session[rows]], last[session[rows]]
    for away, weight in kernel:
        target = rows - away
        inside = (target >= low) & (target <= high)
        # Rows are distinct, so their targets are too, and each may be added to by index.
        total[target[inside]] += weight * values[inside]
    return total


def kernel_bm25(index: TurnIndex, terms: Sequence[int]) -> Column:
    """Score the turns by BM25 of term counts and lengths mixed over neighbours of the session.

    Parameters
    ----------
    terms : numbers of the question's distinct terms.

    Returns
    -------
    (t,) float64. Document frequencies are those of the turns, unmixed.
    """
    score = np.zeros(len(index.notes))
    mean = float(index.mixed_lengths.mean()) if len(index.notes) else 1.0
    norm = _K1 * (1 - _B + _B * index.mixed_lengths / (mean or 1.0))
    for term in terms:
        rows, counted = _turn_postings(index, term)
        idf = inverse_frequency(np.array([len(rows)]), len(index.notes))[0]
        tf = spread(rows, counted, WIDE, (index.session, index.first, index.last))
        hit = np.flatnonzero(tf)
        score[hit] += idf * tf[hit] * (_K1 + 1) / (tf[hit] + norm[hit])
    return score


def session_bm25(index: TurnIndex, terms: Sequence[int]) -> Column:
    """Return (t,) BM25 of each turn's whole session."""
    n_sessions = len(index.first)
    score = np.zeros(n_sessions)
    mean = float(index.session_lengths.mean()) if n_sessions else 1.0
    norm = _K1 * (1 - _B_SESSION + _B_SESSION * index.session_lengths / (mean or 1.0))
    for term in terms:
        rows, counted = _turn_postings(index, term)
        tf = np.bincount(index.session[rows], counted, minlength=n_sessions)
        idf = inverse_frequency(np.array([np.count_nonzero(tf)]), n_sessions)[0]
        score += idf * tf * (_K1 + 1) / (tf + norm)
    return score[index.session]


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
    """Return (t, traits) how often each pattern stands in each text, up to its limit."""
    known = {note: row for row, note in enumerate(before.ids)} if before else {}
    rows = [known.get(note, -1) for note in ids]
    traits = np.zeros((len(texts), len(_TRAITS)), np.int8)
    for i, (text, row) in enumerate(zip(texts, rows, strict=True)):
        if row >= 0 and before is not None:
            traits[i] = before.traits[row]
        else:
            traits[i] = [min(len(p.findall(text)), most) for p, most in _TRAITS.values()]
    return traits


def _features(
    traits: NDArray[np.int8], session: NDArray[np.int64], first: NDArray[np.int64]
) -> dict[str, Column]:
    values = dict(zip(_TRAITS, traits.T.astype(np.float64), strict=True))
    has_question = values.pop("has_question")
    starts = np.zeros(len(session), np.bool_)
    starts[first] = True
    return values | {
        "asked_before": np.where(starts, 0.0, np.roll(has_question, 1)),
        "opens": (np.arange(len(session)) - first[session] < 2).astype(np.float64),
    }
