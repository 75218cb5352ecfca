"""Which turns a sweep puts away: by what they say and whether they were shown, or by their age.

By age is there to be compared with, and for who must: it loses as much as forgetting at random
(docs/forgetting.md has the figures). What a sweep puts away is out of search, never out of the
record: each note is a change, and the sweep a run that `undo` takes back.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.changes import NoteField, Proposal
from graphmem.errors import ConfigError, did_you_mean
from graphmem.evolve.check import USER
from graphmem.evolve.importance import CUT, NAME, SHOWN, importance, is_protected
from graphmem.types import Note, NoteId

POLICIES = ("content", "exponential", "power_law")
HALF_LIFE_DAYS = 30.0
"""Of a note that has none of its own, where a policy goes by age."""
LEAST = 0.05
"""Retention below which a policy that goes by age puts a turn away."""
_DAY = 86_400.0

Values = NDArray[np.float64]


def retention(
    policy: str,
    snapshot: GraphSnapshot,
    notes: Mapping[NoteId, Note],
    *,
    shown: Collection[NoteId],
    now: datetime,
) -> Values:
    """Return (n,) how much each note is kept by a policy, more is kept longer.

    Raises ConfigError for a policy that is not of POLICIES.
    """
    if policy not in POLICIES:
        raise ConfigError(f"no policy {policy!r}; {did_you_mean(policy, POLICIES)}")
    was_shown = np.array([id_ in shown for id_ in snapshot.note_ids], np.bool_)
    if policy == "content":
        return importance(snapshot) + SHOWN * was_shown
    age = np.maximum(now.timestamp() - snapshot.said_at, 0.0) / _DAY
    own = [notes[id_].half_life_days if id_ in notes else None for id_ in snapshot.note_ids]
    halves = np.array([days or HALF_LIFE_DAYS for days in own]) * np.where(was_shown, 2.0, 1.0)
    strengths = [notes[id_].strength if id_ in notes else 1.0 for id_ in snapshot.note_ids]
    left = 0.5 ** (age / halves) if policy == "exponential" else 1.0 / (1.0 + age / halves)
    weakened: Values = np.where(np.isnan(age), 1.0, left) * np.array(strengths)
    return weakened


def swept(
    policy: str,
    kept: Values,
    snapshot: GraphSnapshot,
    safe: Collection[NoteId],
    share: float | None,
) -> list[int]:
    """Return the rows that a sweep puts away, the weakest first, equal ones by id.

    Those below the policy's absolute cut; with a `share` to keep, the weakest of all until so many
    of the turns are left. Of neither kind is what denies or tells a value, what is `safe`, and what
    is archived already.
    """
    ids = snapshot.note_ids
    can_go = ~is_protected(snapshot) & ~np.array([id_ in safe for id_ in ids], np.bool_)
    n_gone = 0
    if snapshot.is_archived is not None:
        can_go &= ~snapshot.is_archived
        n_gone = int(snapshot.is_archived.sum())
    ordered = sorted(np.flatnonzero(can_go).tolist(), key=lambda row: (kept[row], ids[row]))
    if share is None:
        cut = CUT if policy == "content" else LEAST
        return [row for row in ordered if kept[row] < cut]
    most = round((1 - share) * int(snapshot.is_turn.sum())) - n_gone
    return ordered[: max(most, 0)]


def archived(policy: str, kept: Values, snapshot: GraphSnapshot, rows: list[int]) -> list[Proposal]:
    """Propose that the notes of some rows are put away, each with what it was weighed at."""
    weighed = "importance" if policy == "content" else f"retention ({policy})"
    return [
        Proposal(
            target=NoteField(snapshot.note_ids[row], "archived"),
            after=True,
            reason=f"{weighed} {kept[row]:.2f}",
            author=NAME if policy == "content" else f"rule:{policy}@1",
        )
        for row in rows
    ]


def put_away(notes: Collection[NoteId], *, reason: str) -> list[Proposal]:
    """Propose that some notes are put away by a person's word."""
    return [
        Proposal(target=NoteField(note, "archived"), after=True, reason=reason, author=USER)
        for note in notes
    ]


def seen(notes: Iterable[Note]) -> list[Proposal]:
    """Propose to say of notes that a search has shown them."""
    return [
        Proposal(
            target=NoteField(note.id, "shown"), after=True, reason="a search showed it", author=USER
        )
        for note in notes
        if not note.shown
    ]
