"""A person's page: what they said of themselves and others said of them, line by line.

Extractive: a line is a sentence as it was said, with its turn and day. Nothing is written for it
and nothing stored, so what is deleted is on no page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from graphmem.arrays import GraphSnapshot
from graphmem.asking.graph import entity_called
from graphmem.asking.identities import Identities
from graphmem.asking.plain import says_something
from graphmem.batches import Claim
from graphmem.contracts import GraphStore
from graphmem.evolve.insights import ONE_AT_A_TIME
from graphmem.named import entity_of
from graphmem.overview import Profile, ProfileLine
from graphmem.retrieve.columns import read_present
from graphmem.text import normalise
from graphmem.types import EntityId, Note, NoteId, ScopeKey

_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence that may become a line, and the claim that it makes."""

    note: Note
    said: str
    claim: Claim

    @property
    def at(self) -> datetime:
        return self.note.said_at or _EVER

    @property
    def slot(self) -> str:
        """What it is the value of; two of one slot are two values of it."""
        return ONE_AT_A_TIME.get(self.claim.relation.casefold(), "")


def profile_of(
    store: GraphStore, scope: ScopeKey, snapshot: GraphSnapshot, same: Identities, person: str
) -> Profile:
    """Return the page of a person, by name or id.

    First the values of which there is one at a time, then all else that holds, newest first, then
    the earlier values. Raises ConfigError, with near names, if nothing has the name.
    """
    speakers = {entity_of(scope, speaker): speaker for speaker in snapshot.speakers}
    id_: EntityId = same.root(entity_of(scope, person))
    name = speakers.get(id_)
    if name is None:  # whoever never speaks is known by being named
        entity = entity_called(store, scope, same, person)
        id_, name = same.root(entity.id), entity.name
    wanted = set(same.one_with(id_))
    known = _newest_of_each(_lines(store, scope, _notes_about(snapshot, wanted), wanted))
    newest = {line.slot: line for line in sorted(known, key=lambda line: line.at) if line.slot}
    over = [line for line in known if line.slot and newest[line.slot] is not line]
    current = [line for line in known if line.slot and newest[line.slot] is line]
    others = [line for line in known if not line.slot]
    lines = [
        *(_told(store, scope, line, "current") for line in current),
        *(_told(store, scope, line) for line in others),
        *(
            _told(store, scope, line, f"earlier; newer: {newest[line.slot].note.id}")
            for line in over
        ),
    ]
    return Profile(name=name, lines=tuple(lines))


def _notes_about(snapshot: GraphSnapshot, wanted: set[EntityId]) -> list[NoteId]:
    """Return the notes that make a claim about one of some entities."""
    numbers = [i for i, entity in enumerate(snapshot.graph.entity_ids) if entity in wanted]
    rows = np.unique(snapshot.graph.claim_note[np.isin(snapshot.graph.claim_subject, numbers)])
    return [snapshot.note_ids[row] for row in rows.tolist() if snapshot.is_turn[row]]


def _lines(
    store: GraphStore, scope: ScopeKey, ids: list[NoteId], wanted: set[EntityId]
) -> Iterator[_Line]:
    """Yield the sentences of some notes that say something of a person, each once."""
    notes = read_present(store, "note", scope, ids)
    claims = store.read("claim", scope, list(notes))
    for note, made in zip(notes.values(), claims, strict=True):
        is_own = note.speaker is not None and entity_of(scope, note.speaker) in wanted
        for start, end in note.sentences:
            said = note.text[start:end]
            inside = (
                one
                for one in made
                if start <= one.start < end and entity_of(scope, one.subject) in wanted
            )
            telling = (one for one in inside if says_something(said, one, is_own=is_own))
            best = min(telling, key=lambda one: (not _is_slot(one), one.start), default=None)
            if best is not None:
                yield _Line(note, said, best)


def _is_slot(claim: Claim) -> bool:
    return claim.relation.casefold() in ONE_AT_A_TIME and not claim.negated


def _newest_of_each(lines: Iterable[_Line]) -> list[_Line]:
    """Return one line of those that say the same, the newest; newest first, equal times by id."""
    found: dict[tuple[str, str, bool], _Line] = {}
    for line in sorted(lines, key=lambda line: (line.at, line.note.id)):
        claim = line.claim
        found[line.slot or claim.relation, normalise(claim.object), claim.negated] = line
    return sorted(found.values(), key=lambda line: line.at, reverse=True)


def _told(store: GraphStore, scope: ScopeKey, line: _Line, mark: str = "") -> ProfileLine:
    (episode,) = store.read("episode", scope, line.note.origins)
    marks = (mark,) if mark else ()
    return ProfileLine(said=line.said, note=line.note, episode=episode, slot=line.slot, marks=marks)
