"""What a search found -> hits: each note with its episodes, neighbours and facts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

from graphmem.answers import Hit, Hits
from graphmem.batches import Claim, Mention
from graphmem.contracts import GraphStore
from graphmem.errors import MissingRecordError
from graphmem.named import entity_of, fact_of
from graphmem.retrieve.columns import read_present
from graphmem.retrieve.found import Found
from graphmem.types import Episode, EpisodeId, Fact, Note, NoteId, ScopeKey, Session, SessionId


def hits_across(found: Sequence[Found], store: GraphStore, scopes: Sequence[ScopeKey]) -> Hits:
    """Read what was found in several scopes, in the order in which it was found."""
    if len(scopes) == 1:
        return hits_of(found, store, scopes[0])
    place = {one.note: rank for rank, one in enumerate(found)}
    hits = Hits()
    for scope in scopes:
        own = read_present(store, "note", scope, list(place))
        hits += hits_of([one for one in found if one.note in own], store, scope)
    hits.sort(key=lambda hit: place[hit.note.id])
    return Hits(replace(hit, rank=rank) for rank, hit in enumerate(hits, 1))


def hits_of(found: Sequence[Found], store: GraphStore, scope: ScopeKey) -> Hits:
    """Read what was found in five statements, however much it is; ranks count from 1.

    What was deleted since the search read its snapshot is left out.
    """
    try:
        return _read(found, store, scope)
    except MissingRecordError:
        return _read_what_is_left(found, store, scope)


def _read_what_is_left(found: Sequence[Found], store: GraphStore, scope: ScopeKey) -> Hits:
    """Read again without what is gone, as often as another deletion comes in between.

    A record that is missing from a scope that nobody wrote meanwhile is an error: no deletion
    leaves such a gap.
    """
    while True:
        state = store.version_token(scope)
        try:
            return _read(_left_of(found, store, scope), store, scope)
        except MissingRecordError:
            if store.version_token(scope) == state:
                raise


def _left_of(found: Sequence[Found], store: GraphStore, scope: ScopeKey) -> list[Found]:
    """Return what was found without the notes, neighbours and repeats that are gone."""
    notes = read_present(store, "note", scope, [one.note for one in found])
    there = {None, *read_present(store, "episode", scope, _beside(found))}
    return [
        replace(
            one,
            before=one.before if one.before in there else None,
            after=one.after if one.after in there else None,
            repeats=tuple(episode for episode in one.repeats if episode in there),
        )
        for one in found
        if one.note in notes
    ]


def _beside(found: Sequence[Found]) -> list[EpisodeId]:
    """Return what was said beside the notes found, and what says the same, each once."""
    beside = (said for one in found for said in (one.before, one.after, *one.repeats))
    return list(dict.fromkeys(said for said in beside if said is not None))


@dataclass(frozen=True, slots=True)
class _Records:
    """What was read of the notes found and of those beside them, by id."""

    notes: dict[NoteId, Note]
    episodes: dict[EpisodeId, Episode]
    sessions: dict[SessionId, Session]

    def beside(self, said: EpisodeId | None) -> Episode | None:
        return None if said is None else self.episodes[said]

    def oldest_first(self, said: Sequence[EpisodeId]) -> tuple[Episode, ...]:
        """Return some episodes in order of time; what has none comes first."""
        episodes = (self.episodes[id_] for id_ in said)
        return tuple(sorted(episodes, key=lambda e: e.said_at.timestamp() if e.said_at else -inf))


def _read(found: Sequence[Found], store: GraphStore, scope: ScopeKey) -> Hits:
    ids = [one.note for one in found]
    notes = dict(zip(ids, store.read("note", scope, ids), strict=True))
    origins = [origin for note in notes.values() for origin in note.origins]
    wanted = list(dict.fromkeys([*origins, *_beside(found)]))
    episodes = dict(zip(wanted, store.read("episode", scope, wanted), strict=True))
    names = list(dict.fromkeys(episodes[origin].session_id for origin in origins))
    sessions = dict(zip(names, store.read("session", scope, names), strict=True))
    records = _Records(notes, episodes, sessions)
    mentions = store.read("mention", scope, ids)
    claims = store.read("claim", scope, ids)
    parts = enumerate(zip(found, mentions, claims, strict=True), 1)
    return Hits(_hit(rank, one, records, named, said) for rank, (one, named, said) in parts)


def _hit(
    rank: int,
    one: Found,
    records: _Records,
    mentions: Sequence[Mention],
    claims: Sequence[Claim],
) -> Hit:
    note = records.notes[one.note]
    episodes = tuple(records.episodes[origin] for origin in note.origins)
    return Hit(
        rank=rank,
        score=one.score,
        note=note,
        episodes=episodes,
        sessions=tuple(records.sessions[episode.session_id] for episode in episodes),
        why=one.why,
        paths=one.paths,
        before=records.beside(one.before),
        after=records.beside(one.after),
        part=one.part,
        repeats=records.oldest_first(one.repeats),
        words=one.words,
        marks=_marks(note) or one.marks,
        mentions=tuple(mentions),
        facts=tuple(_fact(claim, note) for claim in claims),
    )


def _marks(note: Note) -> tuple[str, ...]:
    """Return what became of a note later: it is found as of a moment before that."""
    return (f"earlier; newer: {note.superseded_by}",) if note.superseded_by is not None else ()


def _fact(claim: Claim, note: Note) -> Fact:
    """Return the fact that a note claims, as this note alone claims it."""
    return Fact(
        id=fact_of(note.scope, claim),
        scope=note.scope,
        subject=claim.subject,
        relation=claim.relation,
        object=claim.object,
        subject_id=entity_of(note.scope, claim.subject),
        object_id=entity_of(note.scope, claim.object),
        origins=note.origins,
        notes=(note.id,),
        valid_from=claim.valid_from,
        valid_until=claim.valid_until,
        negated=claim.negated,
        created_by=note.created_by,
    )
