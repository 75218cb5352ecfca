"""What a search found -> hits: each note with its episodes and sessions, as the store has them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from graphmem.answers import Hit
from graphmem.contracts import GraphStore
from graphmem.errors import MissingRecordError
from graphmem.retrieve.columns import read_present
from graphmem.retrieve.found import Found
from graphmem.types import ScopeKey


def hits_across(found: Sequence[Found], store: GraphStore, scopes: Sequence[ScopeKey]) -> list[Hit]:
    """Read what was found in several scopes, in the order in which it was found."""
    if len(scopes) == 1:
        return hits_of(found, store, scopes[0])
    place = {one.note: rank for rank, one in enumerate(found)}
    hits: list[Hit] = []
    for scope in scopes:
        own = read_present(store, "note", scope, list(place))
        hits += hits_of([one for one in found if one.note in own], store, scope)
    hits.sort(key=lambda hit: place[hit.note.id])
    return [replace(hit, rank=rank) for rank, hit in enumerate(hits, 1)]


def hits_of(found: Sequence[Found], store: GraphStore, scope: ScopeKey) -> list[Hit]:
    """Read what was found in three statements, however much it is; ranks count from 1.

    What was deleted since the search read its snapshot is left out.
    """
    try:
        return _read(found, store, scope)
    except MissingRecordError:
        left = [hit for one in found for hit in _read_if_there(one, store, scope)]
        return [replace(hit, rank=rank) for rank, hit in enumerate(left, 1)]


def _read_if_there(one: Found, store: GraphStore, scope: ScopeKey) -> Iterator[Hit]:
    """Yield the hit of a note that is still there; a gap that no deletion made is an error."""
    try:
        yield from _read([one], store, scope)
    except MissingRecordError:
        if not _is_gone(one, store, scope):
            raise


def _is_gone(one: Found, store: GraphStore, scope: ScopeKey) -> bool:
    try:
        store.read("note", scope, [one.note])
    except MissingRecordError:
        return True
    return False


def _read(found: Sequence[Found], store: GraphStore, scope: ScopeKey) -> list[Hit]:
    notes = store.read("note", scope, [one.note for one in found])
    origins = [origin for note in notes for origin in note.origins]
    episodes = store.read("episode", scope, origins)
    sessions = store.read("session", scope, [e.session_id for e in episodes])
    hits: list[Hit] = []
    begin = 0
    for rank, (one, note) in enumerate(zip(found, notes, strict=True), 1):
        own = slice(begin, begin + len(note.origins))
        hits.append(
            Hit(
                rank=rank,
                score=one.score,
                note=note,
                episodes=tuple(episodes[own]),
                sessions=tuple(sessions[own]),
                why=one.why,
                paths=one.paths,
            )
        )
        begin = own.stop
    return hits
